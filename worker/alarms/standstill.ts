/** Noticing that the tick stands still, which it cannot say itself: whoever comes by looks. */
import { run, type Store } from '../store/meter.ts';
import { lastTickOf, readLastTick } from '../store/ticks.ts';
import { isSilent } from './faults.ts';

/** How often one isolate looks, ms. */
const LOOK_MS = 60_000;

/** When this isolate looked last, unix ms. */
let looked = -Infinity;

/** Whether the tick stands still, at unix ms `now`: looked up once a minute by each isolate, false in between. */
export async function standsStill(store: Store, now: number): Promise<boolean> {
  if (Math.abs(now - looked) < LOOK_MS) return false;
  looked = now;
  const [found] = await run(store, [lastTickOf(store)]);
  const tick = readLastTick(found);
  return isSilent(tick && Math.floor(tick.at / 1000), Math.floor(now / 1000));
}
