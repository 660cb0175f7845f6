/** What came in besides new events, counted, and what could not be read. */
import type { DeadLetter as StoredDeadLetter } from '../../shared/api/status.ts';
import type { Source } from '../../shared/event/event.ts';
import { boundParts } from './bound-parts.ts';
import { int, rows, run, text, type Store } from './meter.ts';
import { readSource } from './source.ts';
import type { Accounts } from './scope.ts';

/** What arrived besides new events; those are counted as they are stored. */
export interface Tally {
  account: string;
  duplicate: number;
  refused: number;
}

/** A record that could not be taken: redacted, bounded. */
export interface DeadLetter {
  /** Hex of the SHA-256 of source and content. */
  digest: string;
  account: string;
  reason: string;
  record: string;
}

/** Adds the tallies. `now` is unix seconds. */
export async function countArrivals(
  store: Store,
  { source, now, tallies }: { source: Source; now: number; tallies: readonly Tally[] },
): Promise<void> {
  await run(store, [store.db.prepare(COUNT).bind(JSON.stringify(tallies), source, now)]);
}

/**
 * Keeps the dead letters, each once. With `counted` those that are new count as refused: for a reader who gets the same
 * records again and again. `now` is unix seconds.
 */
export async function keepDeadLetters(
  store: Store,
  letters: { source: Source; now: number; deadLetters: readonly DeadLetter[]; counted: boolean },
): Promise<void> {
  const { source, now, deadLetters, counted } = letters;
  const { db } = store;
  for (const part of boundParts(deadLetters)) {
    const bound = JSON.stringify(part);
    await run(store, [
      ...(counted ? [db.prepare(COUNT_NEW).bind(bound, source, now)] : []),
      db.prepare(KEEP).bind(bound, source, now),
      db.prepare(FORGET).bind(MAX_DEAD_LETTERS),
    ]);
  }
}

/** The oldest give way: what cannot be read must not fill the database, nor keep out what comes later. */
const MAX_DEAD_LETTERS = 10_000;

const COUNT = `
  INSERT INTO arrival (account, source, last_received, duplicate, refused)
  SELECT value ->> 'account', ?2, ?3, value ->> 'duplicate', value ->> 'refused' FROM json_each(?1) WHERE true
  ON CONFLICT (account, source) DO UPDATE SET last_received = max(last_received, excluded.last_received),
    duplicate = duplicate + excluded.duplicate, refused = refused + excluded.refused`;

const COUNT_NEW = `
  INSERT INTO arrival (account, source, last_received, refused)
  SELECT value ->> 'account', ?2, ?3, count(DISTINCT value ->> 'digest') FROM json_each(?1)
  WHERE NOT EXISTS (SELECT 1 FROM dead_letter WHERE digest = unhex(value ->> 'digest')) GROUP BY 1
  ON CONFLICT (account, source) DO UPDATE SET refused = refused + excluded.refused`;

const KEEP = `
  INSERT INTO dead_letter (digest, source, account, received, reason, record)
  SELECT unhex(value ->> 'digest'), ?2, value ->> 'account', ?3, value ->> 'reason', value ->> 'record'
  FROM json_each(?1) WHERE true ON CONFLICT (digest) DO NOTHING`;

const FORGET = `DELETE FROM dead_letter WHERE id <= (SELECT max(id) FROM dead_letter) - ?1`;

/** The statement whose one row holds the number of dead letters of these accounts as `n`. */
export function countDeadLetters(store: Store, accounts: Accounts): D1PreparedStatement {
  return store.db
    .prepare(
      `SELECT count(*) AS n FROM dead_letter WHERE ?1 = '*' OR account IN (SELECT value FROM json_each(?1))`,
    )
    .bind(boundAccounts(accounts));
}

/** Dead letters of these accounts, newest first, `limit` from below `before`. */
export async function listDeadLetters(
  store: Store,
  { accounts, before, limit }: { accounts: Accounts; before: number; limit: number },
): Promise<StoredDeadLetter[]> {
  const [found] = await run(store, [
    store.db
      .prepare(
        `SELECT id, source, account, received, reason, record FROM dead_letter
         WHERE id < CAST(?1 AS INTEGER) AND (?3 = '*' OR account IN (SELECT value FROM json_each(?3)))
         ORDER BY id DESC LIMIT ?2`,
      )
      .bind(before, limit, boundAccounts(accounts)),
  ]);
  return rows(found, (row) => ({
    id: int(row, 'id'),
    source: readSource(row),
    account: text(row, 'account'),
    received: new Date(int(row, 'received') * 1000).toISOString(),
    reason: text(row, 'reason'),
    record: text(row, 'record'),
  }));
}

function boundAccounts(accounts: Accounts): string {
  return accounts === '*' ? '*' : JSON.stringify(accounts);
}
