/** A profile of a browser with the measured extension, connected, its cache full. */
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { Server } from '../../../worker/cli/lib/server.ts';
import { bar, count, type Progress } from '../../../worker/cli/lib/terminal.ts';
import { connectOn, optionsPageOf, startInstalled } from '../../support/installed.ts';
import type { Installed } from './chromium.ts';

/** Events that the first load brought so far; null once it is done. */
const DONE = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('sidetrail');
  opening.onerror = reject;
  opening.onsuccess = () => {
    const getting = opening.result.transaction('copy').objectStore('copy').get('copy');
    getting.onsuccess = () => {
      opening.result.close();
      const { filling } = getting.result ?? { filling: { done: 0 } };
      resolve(filling && filling.done);
    };
  };
})`;
const CACHED = `chrome.runtime.sendMessage({ name: 'cache', request: null }).then(({ value }) => value.events)`;

export interface Connected {
  /** The extension's id. */
  id: string;
  /** Events in the cache. */
  cached: number;
}

/** Connects the extension and waits for its first load. `about` is how many events that will be. */
export async function fillCache(
  installed: Installed,
  server: Server,
  { about, progress, signal }: { about: number; progress: Progress; signal: AbortSignal },
): Promise<Connected> {
  const browser = await startInstalled({ ...installed, isSignalled: false });
  try {
    const options = await optionsPageOf(browser);
    await connectOn(options, browser, server);
    for (;;) {
      signal.throwIfAborted();
      const done = await options.evaluate<number | null>(DONE);
      if (done === null) break;
      progress.show(() => `Syncing ${bar(done, about)}  ${count(done)} events`);
      await pause(500);
    }
    progress.clear();
    return { id: browser.id, cached: v.parse(v.number(), await options.evaluate(CACHED)) };
  } finally {
    await browser.close();
  }
}
