/** One pace per account, for everything that asks its interface: requests get slots, one after another. */
import { int, rows, run, type Store } from './meter.ts';

/** The vendor allows 20 requests a second; half of it is left to others with the same account. */
export const SLOT_MS = 100;

/** So many requests may come at once after a rest: a tick that asks for little waits for nothing. */
const BURST = 5;

/** Takes the next slot, wherever it is; gives the unix ms at which it begins. */
export async function takeSlot(store: Store, account: string, now: number): Promise<number> {
  const [taken] = await run(store, [store.db.prepare(TAKE).bind(...bound(account, now), null)]);
  const [slot] = rows(taken, (row) => int(row, 'slot'));
  if (slot === undefined) throw new Error('a slot was not given');
  return slot - (BURST - 1) * SLOT_MS;
}

/**
 * Takes the next slot only if nobody is before it, and leaves what may come at once to others, so that whoever is to
 * come first need not wait; gives the unix ms at which it begins, or undefined.
 */
export async function takeFreeSlot(store: Store, account: string, now: number): Promise<number | undefined> {
  const [taken] = await run(store, [store.db.prepare(TAKE).bind(...bound(account, now), now + SLOT_MS)]);
  return rows(taken, (row) => int(row, 'slot'))[0];
}

function bound(account: string, now: number): [string, number, number, number] {
  return [account, now, SLOT_MS, now + IMPOSSIBLE_MS];
}

/** No queue is that long: the clock that made it was wrong. */
const IMPOSSIBLE_MS = 10_000;

const TAKE = `
  INSERT INTO pace (account, next) VALUES (?1, ?2 + ?3)
  ON CONFLICT (account) DO UPDATE SET next = CASE WHEN next > ?4 THEN ?2 ELSE max(next, ?2) END + ?3
    WHERE ?5 IS NULL OR next <= ?5 OR next > ?4
  RETURNING next - ?3 AS slot`;
