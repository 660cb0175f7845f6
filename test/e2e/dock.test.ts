import { statSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBrowser, type ExtensionBrowser } from '../support/browser.ts';
import { CONSOLE, CONSOLE_ABROAD, openConsole, serveConsole } from '../support/console.ts';
import {
  inDockWorld,
  listenersOf,
  listenInPanels,
  panelOf,
  panelsIn,
  told,
  toldPage,
} from '../support/dock.ts';
import { EXTENSION } from '../support/extension-build.ts';
import { until } from '../support/installation.ts';

const INSTANCE = `${CONSOLE}/cvm/instance/detail?rid=1&id=ins-7k2m9xqd`;
const SIZE = { width: 1280, height: 800 };

let browser: ExtensionBrowser;

beforeEach(async () => {
  browser = await startBrowser();
  await serveConsole(browser.context);
  await listenInPanels(browser.context);
  // It takes the tab that is in front; tests begin when that is over.
  await until(optionsPage);
  await optionsPage()?.close();
});

function optionsPage(): Page | undefined {
  return browser.context
    .pages()
    .find((page) => page.url() === `chrome-extension://${browser.id}/options.html`);
}

afterEach(() => browser?.close());

async function visit(url = INSTANCE): Promise<Page> {
  const page = await openConsole(browser.context, url);
  await page.setViewportSize(SIZE);
  return page;
}

const clickHandle = (page: Page): Promise<void> => page.mouse.click(SIZE.width - 14, SIZE.height / 2);

async function open(page: Page): Promise<Frame> {
  await clickHandle(page);
  return panelOf(page);
}

/** Where the grip is of a panel so wide. */
const grip = (width: number): [number, number] => [SIZE.width - width, SIZE.height / 2];

const widthOf = (panel: Frame): Promise<number> => panel.evaluate<number>('innerWidth');

const isError = (frame: Frame): boolean => frame.url().startsWith('chrome-error:');

const isClosed = (page: Page): Promise<void> => until(() => panelsIn(page).length === 0);

/** What the toolbar button and the manifest's keys do, in the tab that is in front. */
async function pressButton(page: Page): Promise<void> {
  await page.bringToFront();
  await (
    await browser.background()
  ).evaluate(`chrome.tabs.query({ active: true, lastFocusedWindow: true })
    .then(([tab]) => chrome.action.onClicked.dispatch(tab))`);
}

/** Where the page's bar ends, and where the page's own right margin begins. */
function edges(page: Page): Promise<{ bar: number; margin: string }> {
  return page.evaluate<{ bar: number; margin: string }>(`({
    bar: document.querySelector('.bar').getBoundingClientRect().right,
    margin: getComputedStyle(document.documentElement).marginRight,
  })`);
}

const shoot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/dock-${name}.png` });
};

test('the content script is at most 12 KB', () => {
  expect(statSync(`${EXTENSION}/dock.js`).size).toBeLessThanOrEqual(12 * 1024);
});

test('at load there is a handle, and nothing else', async () => {
  const page = await visit();
  expect(
    await page.evaluate(`({
      root: [...document.documentElement.children].map(({ localName }) => localName),
      host: document.querySelector('[data-sidetrail]').outerHTML,
      attributes: document.documentElement.getAttributeNames(),
      frames: document.querySelectorAll('iframe').length + length,
      noticed,
    })`),
  ).toEqual({
    root: ['head', 'body', 'div'],
    host: '<div data-sidetrail=""></div>',
    attributes: ['lang'],
    frames: 0,
    noticed: [],
  });
  expect(page.frames()).toHaveLength(1);
  expect(await edges(page)).toEqual({ bar: SIZE.width, margin: '0px' });
  await shoot(page, 'closed');
});

test('the handle opens the panel beside the page, and the panel is told the page', async () => {
  const page = await visit();
  const panel = await open(page);
  expect(await toldPage(panel)).toMatchObject({ isDetail: true, resources: [{ id: 'ins-7k2m9xqd' }] });
  expect(await widthOf(panel)).toBe(400);
  expect(await edges(page)).toEqual({ bar: SIZE.width - 400, margin: '400px' });
  await until(() => panel.evaluate('document.hasFocus()'));
  await shoot(page, 'open');
  expect(await page.evaluate('noticed')).toEqual([]);
});

test('the panel is loaded as the pointer comes to the handle, unseen, and it is the one that opens', async () => {
  const page = await visit();
  await page.mouse.move(SIZE.width - 14, SIZE.height / 2);
  const panel = await panelOf(page);
  expect(await edges(page)).toEqual({ bar: SIZE.width, margin: '0px' });
  expect(await panel.evaluate('document.hasFocus()')).toBe(false);
  expect(await page.evaluate('noticed')).toEqual([]);
  await clickHandle(page);
  await until(() => panel.evaluate('document.hasFocus()'));
  expect(panelsIn(page)).toEqual([panel]);
  expect(await edges(page)).toEqual({ bar: SIZE.width - 400, margin: '400px' });
});

test('a panel that nobody opened goes with the document that the page throws away, and its nonce too', async () => {
  const page = await visit();
  await page.mouse.move(SIZE.width - 14, SIZE.height / 2);
  const panel = await panelOf(page);
  const nonce = new URL(await panel.evaluate<string>('address')).hash.slice(1);
  await page.evaluate(`document.querySelector('[data-sidetrail]').remove()`);
  await isClosed(page);
  const opened = await open(page);
  expect(new URL(await opened.evaluate<string>('address')).hash.slice(1)).not.toBe(nonce);
  expect((await told(opened)).filter(({ standing }) => standing?.kind === 'refused')).toEqual([]);
});

test('the button opens and closes it, and so does the panel; the page gets its focus back', async () => {
  const page = await visit();
  await page.locator('#search').focus();
  await pressButton(page);
  const panel = await panelOf(page);
  await until(() => panel.evaluate('document.hasFocus()'));
  await panel.evaluate(`ports[0].postMessage({ kind: 'close' })`);
  await isClosed(page);
  expect(await page.evaluate('document.activeElement.id')).toBe('search');
  expect(await edges(page)).toEqual({ bar: SIZE.width, margin: '0px' });
  await pressButton(page);
  await panelOf(page);
  await pressButton(page);
  await isClosed(page);
});

test('elsewhere the button opens the panel in a tab of its own, or the options while nothing is connected', async () => {
  const page = await browser.context.newPage();
  const panelTab = (): Page | undefined =>
    browser.context.pages().find((other) => other.url() === `chrome-extension://${browser.id}/panel.html`);
  await pressButton(page);
  await until(optionsPage);
  await (
    await browser.background()
  ).evaluate(`chrome.storage.local.set({ connection: { origin: 'http://127.0.0.1:9', token: 'none' } })`);
  await pressButton(page);
  await until(panelTab);
  const tab = panelTab();
  if (!tab) throw new Error('the tab was closed');
  // A tab that the extension opens may run before what listens is in it.
  await tab.reload();
  await until(async () => (await toldPage(tab.mainFrame())) !== undefined);
  expect(await toldPage(tab.mainFrame())).toBeNull();
});

test('events that the page makes up do nothing', async () => {
  const page = await visit();
  const { session } = await inDockWorld(page);
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const { nodes } = await session.send('DOM.getFlattenedDocument', { depth: -1, pierce: true });
  const handle = nodes.find(({ attributes = [] }) => attributes.includes('handle'));
  expect(root.nodeName).toBe('#document');
  if (!handle) throw new Error('there is no handle');
  const { object } = await session.send('DOM.resolveNode', { nodeId: handle.nodeId });
  await session.send('Runtime.callFunctionOn', {
    objectId: object.objectId ?? '',
    functionDeclaration: `function () {
      this.click();
      for (const type of ['click', 'pointermove', 'pointerdown', 'focus']) this.dispatchEvent(new Event(type));
    }`,
  });
  await page.evaluate(`
    document.querySelector('[data-sidetrail]').click();
    for (const type of ['fullscreenchange', 'visibilitychange', 'scroll']) document.dispatchEvent(new Event(type));`);
  await page.locator('#search').press('Alt+Shift+A');
  expect((await edges(page)).margin).toBe('0px');
  expect(panelsIn(page)).toEqual([]);
  await open(page);
});

test('its width follows mouse and keys, and is remembered for the host, as is that it is open', async () => {
  const page = await visit();
  const panel = await open(page);
  await page.mouse.move(...grip(400));
  await page.mouse.down();
  await page.mouse.move(...grip(450), { steps: 3 });
  await until(async () => (await widthOf(panel)) === 450);
  expect((await edges(page)).margin).toBe('400px');
  await page.mouse.up();
  await until(async () => (await edges(page)).margin === '450px');
  for (const [key, width] of [
    ['ArrowLeft', 466],
    ['ArrowRight', 450],
    ['End', 720],
    ['ArrowLeft', 720],
    ['Home', 320],
    ['ArrowRight', 320],
    ['ArrowLeft', 336],
  ] as const) {
    await page.keyboard.press(key);
    await until(async () => (await widthOf(panel)) === width);
  }
  await page.reload();
  expect(await widthOf(await panelOf(page))).toBe(336);
  expect((await edges(page)).margin).toBe('336px');
  const abroad = await visit(`${CONSOLE_ABROAD}/cvm/overview`);
  expect(panelsIn(abroad)).toEqual([]);
  expect(await widthOf(await open(abroad))).toBe(400);
});

test('where the page cannot make room it lies beneath, and is asked', async () => {
  const page = await visit(`${CONSOLE}/cvm/overview?long=1`);
  await open(page);
  // The bar is fixed to the window, of a document that scrolls: it stays where it is.
  expect(await edges(page)).toEqual({ bar: SIZE.width, margin: '400px' });
  await shoot(page, 'offer');
  await page.mouse.click(SIZE.width - 416, SIZE.height - 28);
  await until(async () => (await edges(page)).margin === '0px');
  await page.reload();
  await panelOf(page);
  expect((await edges(page)).margin).toBe('0px');
  // Framed pages that grow are let go before their bar scrolls away.
  const other = await visit(`${CONSOLE_ABROAD}/cvm/overview`);
  await open(other);
  expect((await edges(other)).bar).toBe(SIZE.width - 400);
  await other.evaluate(`document.body.classList.add('long')`);
  await other.mouse.move(300, 400);
  await other.mouse.wheel(0, 500);
  await until(() =>
    other.evaluate(`scrollY > 0 && document.querySelector('.bar').getBoundingClientRect().top === 0`),
  );
  await other.setViewportSize({ width: 800, height: 800 });
  expect((await edges(other)).margin).toBe('0px');
});

test('it stays while the page rebuilds its document, and gives way to one that throws it out', async () => {
  const page = await visit();
  const panel = await open(page);
  await panel.evaluate('globalThis.same = true');
  await page.evaluate('app.rebuildBody()');
  expect(await panel.evaluate('same')).toBe(true);
  for (const rebuild of ['rebuildRoot', 'replaceRoot']) {
    await page.evaluate(`app.${rebuild}()`);
    expect(await toldPage(await panelOf(page))).toMatchObject({ resources: [{ id: 'ins-7k2m9xqd' }] });
    expect(await page.locator('[data-sidetrail]').count()).toBe(1);
    expect((await edges(page)).margin).toBe('400px');
  }
  await page.evaluate('app.evict()');
  await isClosed(page);
  expect(await page.locator('[data-sidetrail]').count()).toBe(0);
  expect(await edges(page)).toEqual({ bar: SIZE.width, margin: '0px' });
  expect(await page.evaluate('noticed')).toEqual([]);
});

test('it is not there in full screen or in print', async () => {
  const page = await visit();
  const panel = await open(page);
  await panel.evaluate('globalThis.same = true');
  const isShown = (): Promise<boolean> =>
    page.evaluate<boolean>(`getComputedStyle(document.querySelector('[data-sidetrail]')).display !== 'none'`);
  await page.locator('#whole').click();
  await until(async () => !(await isShown()));
  expect((await edges(page)).margin).toBe('0px');
  await page.evaluate('document.exitFullscreen()');
  await until(isShown);
  expect((await edges(page)).margin).toBe('400px');
  expect(await panel.evaluate('same')).toBe(true);
  await page.emulateMedia({ media: 'print' });
  expect(await isShown()).toBe(false);
  expect((await edges(page)).margin).toBe('0px');
});

test('after 50 navigations there is still one listener, and the panel knows where the page is', async () => {
  const page = await visit();
  expect(await listenersOf(page, 'navigation', 'currententrychange')).toBe(0);
  const panel = await open(page);
  await page.evaluate(
    `for (let n = 1; n <= 50; n++) app.go('/cvm/cbs/detail?rid=1&id=disk-' + String(n).padStart(8, '0'))`,
  );
  await until(async () => (await toldPage(panel))?.resources[0]?.id === 'disk-00000050');
  await page.goBack();
  await until(async () => (await toldPage(panel))?.resources[0]?.id === 'disk-00000049');
  expect(await listenersOf(page, 'navigation', 'currententrychange')).toBe(1);
  expect((await told(panel)).filter(({ kind }) => kind === 'page').length).toBeLessThanOrEqual(52);
  await pressButton(page);
  await isClosed(page);
  expect(await listenersOf(page, 'navigation', 'currententrychange')).toBe(0);
});

test('the page finds nothing of what the panel shows, of its address or of its nonce', async () => {
  const page = await visit();
  const panel = await open(page);
  await panel.evaluate(`document.body.append(Object.assign(document.createElement('p'),
    { textContent: 'seeded-7f3a91', title: 'seeded-7f3a91' })); document.title = 'seeded-7f3a91'`);
  const nonce = new URL(await panel.evaluate<string>('address')).hash.slice(1);
  expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  const seen = await page.evaluate<string>(`JSON.stringify([
    document.documentElement.outerHTML, document.title, length, document.activeElement.outerHTML,
    performance.getEntries(), { ...localStorage }, { ...sessionStorage }, document.cookie, Object.keys(globalThis),
  ])`);
  expect(await page.evaluate(`document.querySelector('[data-sidetrail]').shadowRoot`)).toBeNull();
  for (const secret of ['seeded', nonce, 'chrome-extension', browser.id]) expect(seen).not.toContain(secret);
});

test('only the frame of the dock gets anything, whoever else frames the panel', async () => {
  const page = await visit();
  const panel = await open(page);
  const used = new URL(await panel.evaluate<string>('address')).hash;
  const dock = await inDockWorld(page);
  const address = String((await dock.evaluate(`chrome.runtime.getURL('panel.html')`)).value);

  const other = await visit(`${CONSOLE}/cvm/overview`);
  const { evaluate } = await inDockWorld(other);
  const ask = `chrome.runtime.sendMessage({ kind: 'dock-open', visit: { url: location.href } })`;
  const foreign = String((await evaluate(ask)).value);
  expect(foreign).toMatch(/^[0-9a-f]{32}$/);

  for (const hash of ['', '#', used, `#${foreign}`, '#00000000000000000000000000000000']) {
    await page.evaluate(`app.frame(${JSON.stringify(`${address}${hash}`)})`);
    await until(() => panelsIn(page).length === 2);
    const framed = panelsIn(page).find((frame) => frame !== panel);
    if (!framed) throw new Error('the frame went away');
    await until(async () => (await told(framed)).some(({ kind }) => kind === 'disconnected'));
    expect(new Set((await told(framed)).map(({ kind }) => kind))).toEqual(
      new Set(['standing', 'disconnected']),
    );
    expect(await framed.evaluate('document.body.innerText')).not.toContain('ins-7k2m9xqd');
    await page.evaluate(`document.querySelector('iframe').remove()`);
    await until(() => panelsIn(page).length === 1);
  }
  expect((await told(panel)).map(({ kind }) => kind)).not.toContain('disconnected');
  // By its lasting address it cannot even be loaded, and the options by none.
  const lasting = `chrome-extension://${browser.id}`;
  const options = address.replace('panel', 'options');
  for (const src of [`${lasting}/panel.html`, `${lasting}/options.html`, options]) {
    await page.evaluate(`app.frame('${src}')`);
    await until(() => page.frames().some(isError));
    await page.evaluate(`document.querySelector('iframe').remove()`);
    await until(() => !page.frames().some(isError));
  }
});

test('the frame that first said a nonce may say it again after the background was stopped', async () => {
  const page = await visit();
  const panel = await open(page);
  const nonce = new URL(await panel.evaluate<string>('address')).hash.slice(1);
  await browser.stopBackground();
  await page.evaluate(`app.go('/cvm/cbs/detail?rid=1&id=disk-3bq0lw1k')`);
  await panel.evaluate(`told.length = 0; chrome.runtime.connect({ name: 'panel' })
    .postMessage({ kind: 'hello', nonce: '${nonce}' })`);
  await until(async () => (await toldPage(panel))?.resources[0]?.id === 'disk-3bq0lw1k');
  expect((await told(panel)).filter(({ standing }) => standing?.kind === 'refused')).toEqual([]);
});

test('a dock whose extension is gone goes too, without a word', async () => {
  const page = await visit();
  await (await browser.background()).evaluate('setTimeout(() => chrome.runtime.reload())');
  const { evaluate } = await inDockWorld(page);
  await until(async () => (await evaluate('chrome.runtime?.id === undefined')).value);
  await page.mouse.move(SIZE.width - 14, SIZE.height / 2);
  await until(async () => (await page.locator('[data-sidetrail]').count()) === 0);
  expect(await page.evaluate('noticed')).toEqual([]);
});
