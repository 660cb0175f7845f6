import { effect } from '@preact/signals';
import { render } from 'preact';
import { localeOf } from '../panel/locale.ts';
import type { Backend } from './backend.ts';
import { createAlerts } from './model/page.ts';
import { alertsTextsOf } from './scope.ts';
import { App } from './views/app.tsx';

/** What a document gives the page that it is to become. */
export interface Place {
  document: Document;
  root: Element;
  /** The browser's own language, such as `en-GB`. */
  browserLanguage: string;
}

/** Draws the page, and keeps its language, colours and title as the reader prefers them. */
export function mountAlerts(backend: Backend, { document, root, browserLanguage }: Place): void {
  const model = createAlerts(backend);
  effect(() => {
    const { language, theme } = model.reading.value;
    document.documentElement.lang = localeOf(language, browserLanguage).tag;
    document.title = `Sidetrail · ${alertsTextsOf(language, browserLanguage).heading}`;
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  });
  render(<App model={model} browserLanguage={browserLanguage} />, root);
}
