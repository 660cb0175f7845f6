/** The extension as a person has it: connected to a Worker, with the console to open it in. */
import type { Frame, Page } from 'playwright-core';
import { startBrowser, type BrowserOptions, type ExtensionBrowser } from './browser.ts';
import { openConsole, serveConsole, type Site } from './console.ts';
import { panelsIn } from './dock.ts';
import { until } from './installation.ts';

const SIZE = { width: 1280, height: 800 };

/** Starts a browser that can open the console, or a `site` in its place. */
export async function startInstalled(options: BrowserOptions = {}, site?: Site): Promise<ExtensionBrowser> {
  const browser = await startBrowser(options);
  await serveConsole(browser.context, site);
  return browser;
}

/** The page that the extension opens once it is installed. */
export async function optionsPageOf({ context, id }: ExtensionBrowser): Promise<Page> {
  const opened = (): Page | undefined =>
    context.pages().find((page) => page.url() === `chrome-extension://${id}/options.html`);
  await until(opened, 30_000);
  const page = opened();
  if (!page) throw new Error('the options page was closed');
  return page;
}

/** Connects on the options page, in any language; resolves when the Worker has said who the token is. */
export async function connectOn(
  page: Page,
  browser: ExtensionBrowser,
  { url, token }: { url: string; token: string },
): Promise<void> {
  await browser.allow(`${new URL(url).protocol}//${new URL(url).hostname}/*`);
  await page.locator('#address').fill(url);
  await page.locator('#token').fill(token);
  await page.locator('button[type=submit]').click();
  await page.locator('#access').waitFor();
}

/** A page of the console, as large as the dock's own tests have it. */
export async function visit({ context }: ExtensionBrowser, url: string): Promise<Page> {
  const page = await openConsole(context, url);
  await page.setViewportSize(SIZE);
  return page;
}

/** Clicks the handle at the page's edge and gives the panel that opens. */
export async function openPanel(page: Page): Promise<Frame> {
  const { width, height } = await page.evaluate<typeof SIZE>('({ width: innerWidth, height: innerHeight })');
  await page.mouse.click(width - 14, height / 2);
  return await panelIn(page);
}

/** The panel in the dock of a page, once its document is there. */
export async function panelIn(page: Page): Promise<Frame> {
  await until(() => panelsIn(page).length === 1);
  const [panel] = panelsIn(page);
  if (!panel) throw new Error('the panel went away');
  await panel.locator('.panel').waitFor();
  return panel;
}

/** How many records each store of the cache has, seen from a page of the extension. */
export function keptIn(page: Page): Promise<Record<string, number>> {
  return page.evaluate<Record<string, number>>(`new Promise((resolve, reject) => {
  const opening = indexedDB.open('sidetrail');
  opening.onerror = reject;
  opening.onsuccess = () => {
    const names = [...opening.result.objectStoreNames];
    const transaction = opening.result.transaction(names);
    const counts = names.map((name) => [name, transaction.objectStore(name).count()]);
    transaction.oncomplete = () => {
      opening.result.close();
      resolve(Object.fromEntries(counts.map(([name, { result }]) => [name, result])));
    };
  };
})`);
}
