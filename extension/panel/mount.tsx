import { effect } from '@preact/signals';
import { render } from 'preact';
import type { Backend } from './backend.ts';
import { localeOf } from './locale.ts';
import { createDesk } from './model/desk.ts';
import { createPanel } from './model/panel.ts';
import { App } from './views/app.tsx';

/** What a page gives the panel that it is to become. */
export interface Place {
  document: Document;
  /** Where the panel is drawn. */
  root: Element;
  /** The browser's own language, such as `en-GB`. */
  browserLanguage: string;
  /** What the URL had behind `#`: which view, and what it asks. */
  state: string;
}

/** Draws the panel, and keeps the page's language, colours and title as the user prefers them. */
export function mountPanel(backend: Backend, { document, root, browserLanguage, state }: Place): void {
  const panel = createPanel(backend, state);
  effect(() => {
    const { language, theme } = panel.reading.value;
    const { tag, texts } = localeOf(language, browserLanguage);
    document.documentElement.lang = tag;
    document.title = `Sidetrail · ${texts.panel.view[panel.view.value]}`;
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  });
  render(<App panel={panel} desk={createDesk(panel)} browserLanguage={browserLanguage} />, root);
}
