/**
 * Chromium with as little automation in it as can be. Playwright stops each frame and each worker at its beginning to
 * put itself in, and keeps the background alive, which is a large part of what is measured here. So only two tabs are
 * attached to: the console's, for clicks and keys, and one of the extension; the panel's frame and the background
 * know nothing of it.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { consoleAt } from '../../support/console.ts';
import { QUIET } from '../../support/browser.ts';
import { until } from '../../support/installation.ts';
import { attach, type Attached } from './attached.ts';

export interface Chromium extends AsyncDisposable {
  version: string;
  /** Opens a tab and attaches to it. */
  open: (url: string) => Promise<Attached>;
}

export interface Installed {
  /** The folder of the extension. */
  extension: string;
  profile: string;
}

const VERSION = v.object({ Browser: v.string() });
const TARGET = v.object({ webSocketDebuggerUrl: v.string() });
const SIZE = '1280,900';

/** Starts it on a profile. */
export async function startChromium({ extension, profile }: Installed): Promise<Chromium> {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const child = spawn(
    process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    [
      '--headless=new',
      '--no-sandbox',
      `--user-data-dir=${profile}`,
      `--load-extension=${extension}`,
      `--disable-extensions-except=${extension}`,
      '--remote-debugging-port=0',
      `--window-size=${SIZE}`,
      '--lang=en-GB',
      ...QUIET,
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  try {
    await until(() => existsSync(portFile) && readFileSync(portFile, 'utf8').includes('\n'), 30_000);
    const [port] = readFileSync(portFile, 'utf8').split('\n');
    const ask = async (path: string): Promise<unknown> =>
      (await fetch(`http://127.0.0.1:${port}/json/${path}`, { method: 'PUT' })).json();
    return {
      version: v.parse(VERSION, await ask('version')).Browser,
      async open(url) {
        const target = v.parse(TARGET, await ask('new?about:blank'));
        const tab = await attach(target.webSocketDebuggerUrl);
        await serveConsole(tab);
        await tab.go(url);
        return tab;
      },
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const PAUSED = v.object({ requestId: v.string(), request: v.object({ url: v.string() }) });

/** Answers a tab's requests to the console. */
async function serveConsole(tab: Attached): Promise<void> {
  tab.on('Fetch.requestPaused', (paused) => {
    const { requestId, request } = v.parse(PAUSED, paused);
    const { body, headers } = consoleAt(request.url);
    void tab.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: 200,
      responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
      body: Buffer.from(body).toString('base64'),
    });
  });
  await tab.send('Fetch.enable', { patterns: [{ urlPattern: 'https://*' }] });
}
