/** What WXT would generate at each build: which files of the package there are. */
export type { WxtI18n, WxtRuntime } from 'wxt/browser';

declare module 'wxt/browser' {
  interface WxtRuntime {
    getURL(path: '/panel.html'): string;
  }
  interface WxtI18n {
    getMessage(name: 'open'): string;
  }
}
