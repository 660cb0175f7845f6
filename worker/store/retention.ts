/** Removing events: by age, in bounded steps, and all of an account at once. */
import { int, rows, run, type Store } from './meter.ts';
import { firstRowId } from './rowid.ts';
import { FACT_KINDS, numberToken } from './index-tokens.ts';

/** Events that one step removes: a transaction of some tens of milliseconds. */
const STEP = 500;

/** Removes one step of an account's events before `before` (unix seconds); `done` when none is left. */
export async function removeBefore(
  store: Store,
  account: string,
  before: number,
): Promise<{ removed: number; done: boolean }> {
  const removed = await removeStep(store, account, firstRowId(before));
  return { removed, done: removed < STEP };
}

/** Says that nothing of an account before `before` (unix seconds) is left: only once that is so. */
export async function raiseFloor(store: Store, account: string, before: number): Promise<void> {
  await run(store, [
    store.db.prepare(`UPDATE account SET floor = ?2 WHERE id = ?1 AND floor < ?2`).bind(account, before),
  ]);
}

/**
 * Removes one step of everything that an account holds. When the last is gone its coverage goes too and its
 * epoch rises, which makes every follower start anew.
 */
export async function removeAll(store: Store, account: string): Promise<{ removed: number; done: boolean }> {
  const removed = await removeStep(store, account, firstRowId(2 ** 33));
  if (removed === STEP) return { removed, done: false };
  await run(store, [
    store.db.prepare(`DELETE FROM arrival WHERE account = ?1`).bind(account),
    store.db
      .prepare(`UPDATE account SET epoch = epoch + 1, floor = 0, removed = 0 WHERE id = ?1`)
      .bind(account),
  ]);
  return { removed, done: true };
}

async function removeStep(store: Store, account: string, below: number): Promise<number> {
  const expression = `"${numberToken(FACT_KINDS.account, account)}"`;
  const [doomed] = await run(store, [store.db.prepare(OLDEST).bind(expression, below, STEP)]);
  const ids = rows(doomed, (row) => int(row, 'id'));
  if (ids.length === 0) return 0;
  await run(store, [
    store.db
      .prepare(`DELETE FROM event WHERE id IN (SELECT value FROM json_each(?1))`)
      .bind(JSON.stringify(ids)),
    store.db.prepare(`UPDATE account SET removed = removed + ?2 WHERE id = ?1`).bind(account, ids.length),
  ]);
  return ids.length;
}

const OLDEST = `
  SELECT rowid AS id FROM event_fts WHERE event_fts MATCH ?1 AND rowid < CAST(?2 AS INTEGER)
  ORDER BY rowid LIMIT ?3`;

/** Followers that are further behind than this start anew. */
const LOG_DAYS = 30;

/** Forgets old changes, but never the last one: it holds the number that the next change goes on from. */
export async function trimLog(store: Store, now: number): Promise<void> {
  await run(store, [
    store.db
      .prepare(`DELETE FROM change WHERE at < ?1 AND last < (SELECT max(last) FROM change)`)
      .bind(now - LOG_DAYS * 86_400),
  ]);
}
