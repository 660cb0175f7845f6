/** From a key press in the filter to the painted result. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Docked } from './docked.ts';

/** What is typed; each character of it makes another question, and so does each that is taken away again. */
const TYPED = ['terminate', 'security', 'event:Run*', 'product:cbs', '10.0'];
/** Between two keys (ms): a quick typist's. */
const PACE = 120;
/** Until the end of a background is known everywhere (ms). */
const HEARD = 300;

/** Milliseconds of each key, in an open panel. */
export async function measureTyping({ tab, type }: Docked): Promise<number[]> {
  await tab.press('/');
  await pause(PACE);
  const values: number[] = [];
  for (const text of TYPED) {
    for (const key of [...Array.from(text), ...Array.from(text, () => 'Backspace')]) {
      values.push(await type(key));
      await pause(PACE);
    }
  }
  return values;
}

/**
 * Milliseconds of the first key after the background was stopped, in the filter. A panel that is seen wakes it at
 * once; the worst is one that was hidden, so it is kept from noticing that it is seen.
 */
export async function measureFirstKeys(
  { ask, type, stopBackground }: Docked,
  times: number,
): Promise<number[]> {
  await ask('hide', true);
  const values: number[] = [];
  for (let i = 0; i < times; i += 1) {
    await stopBackground();
    // The panel hears of it a moment later; what it says before then is lost, and hidden it would not say it again.
    await pause(HEARD);
    values.push(await type(i % 2 === 0 ? 'e' : 'Backspace'));
    await pause(PACE);
  }
  await ask('hide', false);
  return values;
}
