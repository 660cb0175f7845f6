/** What came in from where: the coverage of every answer. */
import type { Source } from '../../shared/event/event.ts';
import { int, rows, run, text, type Row, type Store } from './meter.ts';

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

/** Adds the tallies and keeps the dead letters, each once. */
export async function countArrivals(
  store: Store,
  arrivals: { source: Source; now: number; tallies: Tally[]; deadLetters: DeadLetter[] },
): Promise<void> {
  const { source, now, tallies, deadLetters } = arrivals;
  await run(store, [
    store.db.prepare(COUNT).bind(JSON.stringify(tallies), source, now),
    store.db.prepare(KEEP).bind(JSON.stringify(deadLetters), source, now, MAX_DEAD_LETTERS),
  ]);
}

/** More are counted and not kept: what cannot be read must not fill the database. */
const MAX_DEAD_LETTERS = 10_000;

const COUNT = `
  INSERT INTO arrival (account, source, last_received, duplicate, refused)
  SELECT value ->> 'account', ?2, ?3, value ->> 'duplicate', value ->> 'refused' FROM json_each(?1) WHERE true
  ON CONFLICT (account, source) DO UPDATE SET last_received = max(last_received, excluded.last_received),
    duplicate = duplicate + excluded.duplicate, refused = refused + excluded.refused`;

const KEEP = `
  INSERT INTO dead_letter (digest, source, account, received, reason, record)
  SELECT unhex(value ->> 'digest'), ?2, value ->> 'account', ?3, value ->> 'reason', value ->> 'record'
  FROM json_each(?1) WHERE (SELECT count(*) FROM dead_letter) < ?4
  ON CONFLICT (digest) DO NOTHING`;

/** Coverage of one source of one account. A source that is not read has no marks. */
export interface Coverage {
  source: string;
  account: string;
  /** RFC 3339 UTC. */
  lastReceived: string;
  /** RFC 3339 UTC of the newest event; null where there is none yet. */
  newest: string | null;
  gaps: never[];
  late: number;
  refused: number;
}

/** What is stored of a source, counted. */
export interface Arrival extends Coverage {
  accepted: number;
  duplicate: number;
  conflict: number;
}

/** The statement whose rows `readArrival` reads: the arrivals of these accounts, or of all. */
export function arrivalsOf(store: Store, accounts: '*' | readonly string[]): D1PreparedStatement {
  return store.db
    .prepare(
      `SELECT * FROM arrival WHERE ?1 = '*' OR account IN (SELECT value FROM json_each(?1)) ORDER BY account, source`,
    )
    .bind(accounts === '*' ? '*' : JSON.stringify(accounts));
}

export function readArrival(row: Row): Arrival {
  const newest = int(row, 'newest');
  return {
    source: text(row, 'source'),
    account: text(row, 'account'),
    lastReceived: new Date(int(row, 'last_received') * 1000).toISOString(),
    newest: newest === 0 ? null : new Date(newest * 1000).toISOString(),
    gaps: [],
    late: 0,
    refused: int(row, 'refused'),
    accepted: int(row, 'accepted'),
    duplicate: int(row, 'duplicate'),
    conflict: int(row, 'conflict'),
  };
}

export function coverageOf({ accepted: _a, duplicate: _d, conflict: _c, ...coverage }: Arrival): Coverage {
  return coverage;
}

/** The statement whose one row holds their number as `n`. */
export function countDeadLetters(store: Store): D1PreparedStatement {
  return store.db.prepare(`SELECT count(*) AS n FROM dead_letter`);
}

/** Dead letters, newest first, `limit` from below `before`. */
export async function listDeadLetters(
  store: Store,
  { before, limit }: { before: number; limit: number },
): Promise<
  { id: number; source: string; account: string; received: string; reason: string; record: string }[]
> {
  const [found] = await run(store, [
    store.db
      .prepare(
        `SELECT id, source, account, received, reason, record FROM dead_letter
         WHERE id < CAST(?1 AS INTEGER) ORDER BY id DESC LIMIT ?2`,
      )
      .bind(before, limit),
  ]);
  return rows(found, (row) => ({
    id: int(row, 'id'),
    source: text(row, 'source'),
    account: text(row, 'account'),
    received: new Date(int(row, 'received') * 1000).toISOString(),
    reason: text(row, 'reason'),
    record: text(row, 'record'),
  }));
}
