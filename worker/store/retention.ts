/** Removing events: by age, in bounded steps, and all of an account at once. */
import { removeDays } from './fold.ts';
import { run, type Store } from './meter.ts';
import { removeOperators } from './operators.ts';
import { ABOVE_ALL, firstRowId } from './rowid.ts';
import { dayOfRow } from './day-columns.ts';
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
  const removed = await removeStep(store, account, ABOVE_ALL);
  if (removed === STEP) return { removed, done: false };
  await run(store, [
    store.db
      .prepare(
        `UPDATE account SET epoch = epoch + 1, floor = 0, removed = 0
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM arrival WHERE account = ?1)`,
      )
      .bind(account),
    store.db.prepare(`DELETE FROM arrival WHERE account = ?1`).bind(account),
    removeOperators(store, account),
  ]);
  return { removed, done: true };
}

/**
 * Chooses, counts and removes in one transaction: steps may overlap. Days go before the first of their events does,
 * and with every step, since a fold may have put back what it found left of one.
 */
async function removeStep(store: Store, account: string, below: number): Promise<number> {
  const expression = `"${numberToken(FACT_KINDS.account, account)}"`;
  const results = await run(store, [
    ...removeDays(store, account, dayOfRow(below).day),
    store.db.prepare(COUNT).bind(expression, below, STEP, account),
    store.db.prepare(REMOVE).bind(expression, below, STEP),
  ]);
  return results.at(-1)?.results.length ?? 0;
}

const OLDEST = `
  SELECT rowid FROM event_fts WHERE event_fts MATCH ?1 AND rowid < CAST(?2 AS INTEGER) ORDER BY rowid LIMIT ?3`;

const COUNT = `UPDATE account SET removed = removed + (SELECT count(*) FROM (${OLDEST})) WHERE id = ?4`;

const REMOVE = `DELETE FROM event WHERE id IN (${OLDEST}) RETURNING id`;

/** Followers that are further behind than this start anew. */
const LOG_DAYS = 30;

/** Dead letters are kept this long. */
const LETTER_DAYS = 90;

/**
 * Forgets old changes, and old dead letters. Of the changes the last one stays, which holds the number that the next
 * goes on from, and what tracking sets have not looked at yet. A time of which no account keeps anything has no gaps.
 * `now` is unix seconds.
 */
export async function trim(store: Store, now: number): Promise<void> {
  await run(store, [
    store.db.prepare(TRIM).bind(now - LOG_DAYS * 86_400),
    store.db.prepare(`DELETE FROM dead_letter WHERE received < ?1`).bind(now - LETTER_DAYS * 86_400),
    store.db.prepare(TRIM_GAPS).bind(now),
  ]);
}

// The oldest stand first; a bounded number of them is looked at.
const TRIM = `
  DELETE FROM change WHERE first IN (SELECT first FROM change ORDER BY first LIMIT 500)
    AND at < ?1 AND first < (SELECT first FROM change ORDER BY first DESC LIMIT 1)
    AND (last <= (SELECT seq FROM track_plan) OR NOT EXISTS (SELECT 1 FROM track WHERE since < last))`;

const TRIM_GAPS = `DELETE FROM gap WHERE ends < ?1 - 86400 * (SELECT max(retention) FROM account)`;
