/** What the tick does about age: events past their account's retention go, in bounded steps. */
import { accountsOf, readAccount } from '../store/accounts.ts';
import { rows, run, type Store } from '../store/meter.ts';
import { removeRecords } from '../store/records.ts';
import { raiseFloor, removeBefore, trim } from '../store/retention.ts';

const DAY = 86_400;

/** Steps of one tick over all accounts: what is left waits for the next. */
const STEPS = 20;

/**
 * Removes what is past its retention. `now` is unix ms. The bound is a whole day (UTC), so that the floor moves
 * once a day and not with every tick.
 */
export async function retain(store: Store, objects: R2Bucket, now: number): Promise<void> {
  const seconds = Math.floor(now / 1000);
  const [found] = await run(store, [accountsOf(store)]);
  let steps = 0;
  for (const { id, retention, floor } of rows(found, readAccount)) {
    const before = Math.floor(seconds / DAY - retention) * DAY;
    if (before <= floor) continue;
    let done = false;
    for (; !done && steps < STEPS; steps += 1) ({ done } = await removeBefore(store, id, before));
    if (!done || (await removeRecords(objects, id, dayOf(before)))) continue;
    await raiseFloor(store, id, before);
  }
  await trim(store, seconds);
}

/** YYYY-MM-DD of unix seconds, UTC. */
function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
