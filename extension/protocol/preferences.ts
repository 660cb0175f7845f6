/** How the extension's pages look and read. */

export const LANGUAGES = ['auto', 'en', 'zh-CN'] as const;
export const THEMES = ['auto', 'light', 'dark'] as const;

/** `auto` is as the browser has it. */
export interface Preferences {
  language: (typeof LANGUAGES)[number];
  theme: (typeof THEMES)[number];
}

export const DEFAULT_PREFERENCES: Preferences = { language: 'auto', theme: 'auto' };
