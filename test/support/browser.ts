/** Chromium with the built extension in a fresh profile, and what a test needs to do to it from outside. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Worker } from 'playwright-core';
import { EXTENSION } from './extension-build.ts';

export interface ExtensionBrowser {
  context: BrowserContext;
  /** The extension's id. */
  id: string;
  /** Opens a page of the extension: `options.html`. */
  open(path: string): Promise<Page>;
  /**
   * Says "Allow" for the user, ahead of being asked: the question itself is a window of the browser that
   * nothing can click here. The extension still has to ask, and gets no permission before it does.
   */
  allow(pattern: string): Promise<void>;
  /** Stops the extension's service worker, as the browser does when it idles. Resolves when it is gone. */
  stopBackground(): Promise<void>;
  /** The extension's service worker, as it runs now or when it runs next. */
  background(): Promise<Worker>;
  close(): Promise<void>;
}

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  '--hide-scrollbars',
  '--no-pings',
];

/** Starts Chromium; `language` is what the browser says of itself. */
export async function startBrowser({ language = 'en-GB' } = {}): Promise<ExtensionBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'sidetrail-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    // The new headless mode is asked for below; Playwright's own would be the old one, without extensions.
    headless: false,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    args: [
      '--headless=new',
      '--no-sandbox',
      `--load-extension=${EXTENSION}`,
      `--disable-extensions-except=${EXTENSION}`,
      ...QUIET,
    ],
  });
  const background = async (): Promise<Worker> =>
    context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const { host: id } = new URL((await background()).url());

  const open = async (path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${id}/${path}`);
    return page;
  };

  return {
    context,
    id,
    open,
    background,

    async allow(pattern) {
      const page = await context.newPage();
      await page.goto('chrome://extensions');
      await page.evaluate(`chrome.developerPrivate.addHostPermission('${id}', '${pattern}')`);
      await page.close();
    },

    async stopBackground() {
      const page = await open('manifest.json');
      const session = await context.newCDPSession(page);
      const gone = new Promise<void>((resolve) => {
        session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
          if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve();
        });
      });
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await gone;
      await page.close();
    },

    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
