/** Removing deliveries that nobody needs any more. */
import { run, type Store } from './meter.ts';

/** Deliveries that are looked at, or removed, at once. */
const STEP = 1_000;

/**
 * Removes, a part at a time, deliveries of sets that are gone, and those whose events are all older than what is stored:
 * as long as an event may come in again changed, its delivery says that the set has it.
 */
export async function removeOldDeliveries(store: Store): Promise<void> {
  await run(
    store,
    [REMOVED, FORGOTTEN, OLD].map((statement) => store.db.prepare(statement)),
  );
}

const REMOVED = `
  DELETE FROM delivery WHERE number IN (
    SELECT number FROM delivery WHERE track = (SELECT min(number) FROM removed_track) LIMIT ${STEP}
  )`;

const FORGOTTEN = `
  DELETE FROM removed_track WHERE number = (SELECT min(number) FROM removed_track)
    AND NOT EXISTS (SELECT 1 FROM delivery WHERE track = removed_track.number)`;

const OLD = `
  DELETE FROM delivery WHERE number IN (SELECT number FROM delivery ORDER BY number LIMIT ${STEP})
    AND state <> 'pending' AND top < (SELECT id FROM event ORDER BY id LIMIT 1)`;
