/** The measured extension on a page of the console, driven from outside. */
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { SLIDE } from '../../../extension/console/dock/look.ts';
import { CONSOLE } from '../../support/console.ts';
import { until } from '../../support/installation.ts';
import type { Attached } from './attached.ts';
import type { Chromium } from './chromium.ts';
import { IN_CONSOLE } from './probe.ts';

export interface Docked {
  /** The tab with the console. */
  tab: Attached;
  /**
   * Clicks on the handle; gives the milliseconds until rows were painted. A mouse comes to the handle some time before
   * it clicks; a finger does not come, it is there and gone at once.
   */
  open: (by?: Pointer) => Promise<number>;
  close: () => Promise<void>;
  /** Asks the probe in the panel. */
  ask: (what: string, ...args: readonly unknown[]) => Promise<unknown>;
  /** Presses a key in the panel; gives the milliseconds until its answer was painted. */
  type: (key: string) => Promise<number>;
  /** Stops the background as the browser does when it idles. Resolves when it is gone. */
  stopBackground: () => Promise<void>;
}

export type Pointer = 'mouse' | 'finger';

/** How long a mouse is on the handle before it clicks (ms): somebody quick. */
const AIM = 150;
/** A page whose product has many events. */
const ON_CONSOLE = `${CONSOLE}/cvm/instance/index?rid=1`;
/** The handle's distance from the window's right edge (px). */
const HANDLE = 14;
/** Longer than anything may take that is waited for (ms). */
const PATIENCE = 20_000;

/** Opens the console in a browser with the extension `id`. */
export async function openConsole(chromium: Chromium, id: string): Promise<Docked> {
  const own = await chromium.open(`chrome-extension://${id}/manifest.json`);
  const stopBackground = await stopperIn(own);
  const tab = await chromium.open('about:blank');
  await tab.send('Page.addScriptToEvaluateOnNewDocument', { source: IN_CONSOLE });
  await tab.go(ON_CONSOLE);
  await tab.send('Page.bringToFront');
  await until(() => tab.evaluate(`document.querySelector(':root > [data-sidetrail]') !== null`), PATIENCE);
  const [width, height] = v.parse(
    v.tuple([v.number(), v.number()]),
    await tab.evaluate('[innerWidth, innerHeight]'),
  );
  const ask: Docked['ask'] = (what, ...args) =>
    tab.evaluate(`probe.ask(${[what, ...args].map((each) => JSON.stringify(each)).join()})`);
  return {
    tab,
    ask,
    stopBackground,
    async open(by = 'mouse') {
      const [x, y] = [width - HANDLE, height / 2];
      if (by === 'mouse') {
        await tab.move(x, y);
        await pause(AIM);
      }
      await tab.click(x, y);
      return v.parse(v.number(), await within('rows', tab.evaluate('probe.first()')));
    },
    async close() {
      // The dock slides in and out.
      await pause(2 * SLIDE);
      await tab.press('Escape');
      await until(() => tab.evaluate('probe.isGone()'), PATIENCE);
      await tab.move(0, 0);
    },
    async type(key) {
      await tab.press(key);
      return v.parse(v.number(), await within(`an answer to ${key}`, ask('painted')));
    },
  };
}

const VERSIONS = v.object({ versions: v.array(v.object({ runningStatus: v.string() })) });

/** What stops the background, from a tab of the extension. */
async function stopperIn(own: Attached): Promise<() => Promise<void>> {
  await own.send('ServiceWorker.enable');
  return async () => {
    const gone = new Promise<void>((resolve) => {
      const end = own.on('ServiceWorker.workerVersionUpdated', (params) => {
        if (v.parse(VERSIONS, params).versions.every(({ runningStatus }) => runningStatus !== 'stopped'))
          return;
        end();
        resolve();
      });
    });
    await own.send('ServiceWorker.stopAllWorkers');
    await within('the end of the background', gone);
  };
}

/** Throws where something does not come. */
function within<T>(what: string, coming: Promise<T>): Promise<T> {
  const late = pause(PATIENCE, undefined, { ref: false }).then(() => {
    throw new Error(`waited too long for ${what}`);
  });
  return Promise.race([coming, late]);
}

/** Shows all events of the cache in the open panel: everybody's, reads too, the last 30 days. */
export async function showAll({ tab, ask }: Docked, events: number): Promise<void> {
  for (const key of ['g', 't', '5', 'w']) await tab.press(key);
  await until(async () => (await ask('count')) === events, PATIENCE);
}
