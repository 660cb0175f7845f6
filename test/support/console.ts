/**
 * A page that behaves as the console does, at the console's own address, without a network: one document whose URL
 * and content change, a fixed bar, panes that scroll, full screen, and a policy that lets nothing foreign in.
 */
import type { BrowserContext, Page } from 'playwright-core';

export const CONSOLE = 'https://console.cloud.tencent.com';
export const CONSOLE_ABROAD = 'https://console.tencentcloud.com';

const POLICY = "default-src 'self'; object-src 'none'; require-trusted-types-for 'script'";

/** The console's files, as far as there are any. */
export interface Site {
  page: string;
  style: string;
  script: string;
}

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Console</title><link rel="stylesheet" href="/app.css"></head>
<body><script src="/app.js"></script></body>
</html>`;

const STYLE = `
html, body { margin: 0; height: 100%; font: 14px/20px sans-serif }
iframe, button { outline: 3px solid red !important }
div { opacity: .99; transform: none; width: 100% !important }
.bar { position: fixed; z-index: 9999; top: 0; left: 0; right: 0; height: 50px; background: #eef }
.bar button { float: right }
.pane { position: fixed; top: 50px; left: 0; right: 0; bottom: 0; overflow: auto }
.long .pane { position: static; padding-top: 50px }
.rows { height: 4000px }
`;

/** What tests call in the page is on \`app\`; what the page noticed is in \`noticed\`. */
const SCRIPT = `
globalThis.noticed = [];
addEventListener('error', ({ message }) => noticed.push('error ' + message));
addEventListener('unhandledrejection', ({ reason }) => noticed.push('rejection ' + reason));
addEventListener('message', ({ data }) => noticed.push('message ' + JSON.stringify(data)));
addEventListener('securitypolicyviolation', ({ blockedURI }) => noticed.push('policy ' + blockedURI));
const make = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const fill = (body) => {
  const search = make('input', { id: 'search' });
  const whole = make('button', { id: 'whole', onclick: () => pane.requestFullscreen() }, 'Full screen');
  const pane = make('main', { className: 'pane' }, make('h1', { textContent: location.pathname }), make('section', { className: 'rows' }));
  body.className = location.search.includes('long') ? 'long' : '';
  body.replaceChildren(make('header', { className: 'bar' }, search, whole), pane);
  return body;
};
globalThis.app = {
  go(path) { history.pushState({}, '', path); fill(document.body); },
  rebuildBody() { document.body.replaceWith(fill(document.createElement('body'))); },
  rebuildRoot() { document.documentElement.replaceChildren(document.head, fill(document.createElement('body'))); },
  replaceRoot() {
    const root = document.createElement('html');
    root.append(document.head, document.body);
    document.documentElement.replaceWith(root);
  },
  evict() {
    new MutationObserver(() => document.querySelector('[data-sidetrail]')?.remove())
      .observe(document.documentElement, { childList: true });
    document.querySelector('[data-sidetrail]').remove();
  },
  frame(src) { document.body.append(make('iframe', { src })); },
};
fill(document.body);
`;

const BUSY: Site = { page: PAGE, style: STYLE, script: SCRIPT };

export interface ConsoleAnswer {
  body: string;
  headers: { 'content-type': string; 'content-security-policy': string };
}

/** What a look-alike answers at an address; without another, the one above. */
export function consoleAt(url: string, site = BUSY): ConsoleAnswer {
  const { pathname } = new URL(url);
  const [type, body] =
    pathname === '/app.js'
      ? ['text/javascript', site.script]
      : pathname === '/app.css'
        ? ['text/css', site.style]
        : ['text/html', site.page];
  return { body, headers: { 'content-type': type, 'content-security-policy': POLICY } };
}

/** Serves a look-alike at the console's hosts to all pages of a browser. */
export async function serveConsole(context: BrowserContext, site = BUSY): Promise<void> {
  for (const origin of [CONSOLE, CONSOLE_ABROAD]) {
    await context.route(`${origin}/**`, (route) =>
      route.fulfill({ ...consoleAt(route.request().url(), site) }),
    );
  }
}

/** Opens a page of the console; resolves when the dock's handle is there. */
export async function openConsole(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.locator(':root > [data-sidetrail]').waitFor({ state: 'attached' });
  return page;
}
