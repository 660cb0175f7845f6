/** The least that a page of the extension can do: open, read one entry of the cache, draw it. */
import * as v from 'valibot';
import type { Chromium } from './chromium.ts';
import { AFTER_PAINT } from './probe.ts';

/** Files by their names in the extension. */
export const BLANK = {
  'blank.html': '<!doctype html><title>Blank</title><body><script src="blank.js"></script></body>',
  'blank.js': `
    ${AFTER_PAINT}
    globalThis.painted = new Promise((resolve) => {
      const opening = indexedDB.open('sidetrail');
      opening.onsuccess = () => {
        const getting = opening.result.transaction('copy').objectStore('copy').get('copy');
        getting.onsuccess = () => {
          document.body.textContent = getting.result.me.member.name;
          afterPaint((at) => resolve(at - performance.timeOrigin));
          opening.result.close();
        };
      };
    });`,
};

/** Milliseconds from the start of the navigation to the first paint with what was read. */
export async function measureBlank(chromium: Chromium, id: string, times: number): Promise<number[]> {
  const tab = await chromium.open('about:blank');
  await tab.send('Page.bringToFront');
  const values: number[] = [];
  for (let i = 0; i < times; i += 1) {
    await tab.go(`chrome-extension://${id}/blank.html?${i}`);
    values.push(v.parse(v.number(), await tab.evaluate('painted')));
  }
  await tab.send('Page.close');
  return values;
}
