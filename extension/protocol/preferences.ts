/** How the extension's pages look and read. */

export const LANGUAGES = ['auto', 'en', 'zh-CN'] as const;
export const THEMES = ['auto', 'light', 'dark'] as const;

/** `auto` is as the browser has it. */
export interface Preferences {
  language: (typeof LANGUAGES)[number];
  theme: (typeof THEMES)[number];
}

export const DEFAULT_PREFERENCES: Preferences = { language: 'auto', theme: 'auto' };

/** The language that the extension speaks; `browser` is the browser's own, such as `en-GB`. */
export function languageOf(chosen: Preferences['language'], browser: string): 'en' | 'zh-CN' {
  if (chosen !== 'auto') return chosen;
  return /^zh\b/i.test(browser) ? 'zh-CN' : 'en';
}
