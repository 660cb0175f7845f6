/** What the dock says. */

const EN = {
  name: 'Sidetrail',
  open: 'Open Sidetrail',
  width: 'Panel width',
  push: 'Make room for the panel beside the page',
  overlay: 'Lay the panel over the page',
};

export type Texts = typeof EN;

const ZH: Texts = {
  name: 'Sidetrail',
  open: '打开 Sidetrail',
  width: '面板宽度',
  push: '让页面为面板让出空间',
  overlay: '让面板覆盖在页面上',
};

/**
 * In Chinese where the browser's language is, else in English. The browser's own table of texts would do too, but
 * makes every page wait for it.
 */
export function textsIn(language: string): Texts {
  return /^zh\b/i.test(language) ? ZH : EN;
}
