/** Chromium with the built extension in a fresh profile, and what a test needs to do to it from outside. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Worker } from 'playwright-core';
import { EXTENSION } from './extension-build.ts';
import { until } from './installation.ts';

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

/** Nothing is done that nobody asked for. */
export const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  '--no-pings',
];

export interface BrowserOptions {
  /** What the browser says of itself: `en-GB`. */
  language?: string;
  /** A window that a person can see and use; a test has none. */
  isVisible?: boolean;
  /** Whether a signal to this process closes the browser and ends the process; else the caller does both. */
  isSignalled?: boolean;
  /** The folder of the built extension, where it is not that of the tests. */
  extension?: string;
  /** A folder for the profile, which stays; else it is a fresh one, and goes with the browser. */
  profile?: string;
}

/** Starts Chromium with the extension. */
export async function startBrowser({
  language = 'en-GB',
  isVisible = false,
  isSignalled = true,
  extension = EXTENSION,
  profile: kept,
}: BrowserOptions = {}): Promise<ExtensionBrowser> {
  const profile = kept ?? mkdtempSync(join(tmpdir(), 'sidetrail-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    // The new headless mode is asked for below; Playwright's own would be the old one, without extensions.
    headless: false,
    // A person's is as their machine is.
    ...(isVisible ? { viewport: null } : { locale: language, timezoneId: 'Asia/Shanghai' }),
    handleSIGINT: isSignalled,
    handleSIGTERM: isSignalled,
    handleSIGHUP: isSignalled,
    chromiumSandbox: isVisible && process.getuid?.() !== 0,
    args: [
      // The locale above comes too late for a service worker that has begun.
      ...(isVisible ? [] : ['--headless=new', '--hide-scrollbars', `--accept-lang=${language}`]),
      `--load-extension=${extension}`,
      `--disable-extensions-except=${extension}`,
      ...QUIET,
    ],
  });
  const background = async (): Promise<Worker> =>
    context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const closed = new Promise<void>((resolve) => {
    context.on('close', () => resolve());
  });
  const close = async (): Promise<void> => {
    // It fails where a person is closing the browser just now.
    await context.close().catch(() => closed);
    if (kept === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const started = async (): Promise<URL> => {
    const url = new URL((await background()).url());
    // What it opens once installed takes a blank tab if there is one: it shall be none that a test opens.
    const options = new URL('/options.html', url).href;
    if (kept === undefined) {
      await until(() => context.pages().some((page) => page.url() === options), 30_000);
    }
    return url;
  };
  const { host: id } = await started().catch(async (error: unknown) => {
    await close();
    throw error;
  });

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
    close,

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
  };
}
