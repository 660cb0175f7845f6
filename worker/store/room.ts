/** Making room: since when reads are kept, removing the oldest of them, and what was left out for want of room. */
import { partsOf, readParts, writeParts, type BoundPart, type Span, type StoredPart } from './day-columns.ts';
import { boundParts } from './bound-parts.ts';
import { readState, stateOf } from './fold.ts';
import { FACT_KINDS, numberToken, shortToken } from './index-tokens.ts';
import { int, rows, run, text, type Row, type Store } from './meter.ts';

/** Unix seconds. */
export interface Room {
  /** Reads before it are not kept; 0: they are as long as other events. */
  since: number;
  /** Followers know that those before it are gone. */
  told: number;
}

/** The statement whose result `readRoom` reads. */
export function roomOf(store: Store): D1PreparedStatement {
  return store.db.prepare(`SELECT since, told FROM room WHERE only = 1`);
}

/** Since when reads are kept. */
export async function loadRoom(store: Store): Promise<Room> {
  const [found] = await run(store, [roomOf(store)]);
  return readRoom(found);
}

export function readRoom(found: D1Result | undefined): Room {
  const [room] = rows(found, (row) => ({ since: int(row, 'since'), told: int(row, 'told') }));
  return room ?? { since: 0, told: 0 };
}

/** Says since when reads are kept: before any of them goes. 0 where that is over. */
export async function keepReadsSince(store: Store, since: number): Promise<void> {
  await run(store, [
    since === 0 ? store.db.prepare(`DELETE FROM room`) : store.db.prepare(KEEP_SINCE).bind(since),
  ]);
}

const KEEP_SINCE = `
  INSERT INTO room (only, since, told) VALUES (1, ?1, 0) ON CONFLICT (only) DO UPDATE SET since = excluded.since`;

/** Makes every follower begin anew, since reads before `since` went and followers only hear of what goes by age. */
export async function tellFollowers(store: Store, since: number): Promise<void> {
  await run(store, [
    store.db.prepare(`UPDATE account SET epoch = epoch + 1 WHERE (SELECT told FROM room) < ?1`).bind(since),
    store.db.prepare(`UPDATE room SET told = ?1 WHERE told < ?1`).bind(since),
  ]);
}

/** Reads of an account by row id, oldest first. */
export interface OldestReads {
  account: string;
  rowIds: number[];
}

/** The oldest reads of each account below a row id, `limit` at most; accounts without any are left out. */
export async function oldestReads(
  store: Store,
  accounts: readonly string[],
  { below, limit }: { below: number; limit: number },
): Promise<OldestReads[]> {
  if (accounts.length === 0) return [];
  const found = await run(
    store,
    accounts.map((account) => store.db.prepare(OLDEST).bind(readsOf(account), below, limit)),
  );
  return accounts
    .map((account, i) => ({ account, rowIds: rows(found[i], (row) => int(row, 'id')) }))
    .filter(({ rowIds }) => rowIds.length > 0);
}

function readsOf(account: string): string {
  return `"${numberToken(FACT_KINDS.account, account)}" AND "${shortToken(FACT_KINDS.action, 'read')}"`;
}

const OLDEST = `
  SELECT rowid AS id FROM event_fts WHERE event_fts MATCH ?1 AND rowid < CAST(?2 AS INTEGER) ORDER BY rowid LIMIT ?3`;

/** A stretch of a day as it is kept. */
export interface KeptSpan {
  parts: StoredPart[];
  /** For `removeEvents`. */
  version: number;
}

/** What is kept by column of a stretch of a day. */
export async function readSpan(store: Store, span: Span): Promise<KeptSpan> {
  // One span is read whatever its size.
  const [state, found] = await run(store, [stateOf(store), partsOf(store, [span], 0)]);
  return { version: readState(state).version, parts: readParts(found, [span])[0] ?? [] };
}

/**
 * Removes events of an account, and writes what the parts of their day are without them: all of it or, where another
 * wrote days since `version`, nothing.
 */
export async function removeEvents(
  store: Store,
  account: string,
  { rowIds, parts, version }: { rowIds: readonly number[]; parts: readonly BoundPart[]; version: number },
): Promise<void> {
  const { db } = store;
  const ids = JSON.stringify(rowIds);
  await run(store, [
    db.prepare(COUNT).bind(ids, version, account),
    db.prepare(REMOVE).bind(ids, version),
    ...Array.from(boundParts(parts), (bound) => writeParts(store, bound, version)),
    db.prepare(`UPDATE fold SET version = version + 1 WHERE version = ?1`).bind(version),
  ]);
}

const UNCHANGED = `(SELECT version FROM fold) = ?2`;

const COUNT = `
  UPDATE account SET removed = removed + (
    SELECT count(*) FROM json_each(?1) AS gone JOIN event ON event.id = gone.value
  ) WHERE id = ?3 AND ${UNCHANGED}`;

const REMOVE = `DELETE FROM event WHERE id IN (SELECT value FROM json_each(?1)) AND ${UNCHANGED}`;

/** The statement that says that everything is stored again: what was left out until now is all that is missing. */
export function closeStorageGaps(store: Store, now: number): D1PreparedStatement {
  return store.db.prepare(`UPDATE gap SET closed = ?1 WHERE reason = 'storage' AND closed IS NULL`).bind(now);
}

/** Which of these identities (hex) are stored. */
export async function storedAmong(store: Store, eids: readonly string[]): Promise<Set<string>> {
  const [found] = await run(store, [store.db.prepare(STORED).bind(JSON.stringify(eids))]);
  return new Set(rows(found, (row: Row) => text(row, 'eid')));
}

const STORED = `
  SELECT lower(hex(event.eid)) AS eid FROM json_each(?1) AS wanted JOIN event ON event.eid = unhex(wanted.value)`;
