/** Log files of buckets: which wait to be read, how far one is, which were read of late. Times are unix seconds. */
import * as v from 'valibot';
import { boundParts } from './bound-parts.ts';
import { fromJson, int, rows, run, text, type Row, type Store } from './meter.ts';

/** An object as its bucket lists it. */
export interface ListedFile {
  key: string;
  etag: string;
  /** Bytes. */
  size: number;
  modified: number;
}

/** A file that waits. */
export interface WaitingFile {
  key: string;
  etag: string;
  /** So many pieces of it are stored. */
  pieces: number;
  /** Attempts that failed since. */
  tries: number;
}

/** Has those files wait that are new or have another ETag than when they were read. */
export async function queueFiles(store: Store, source: string, files: readonly ListedFile[]): Promise<void> {
  for (const part of boundParts(files)) {
    await run(store, [store.db.prepare(QUEUE).bind(source, JSON.stringify(part))]);
  }
}

const QUEUE = `
  INSERT INTO file (source, key, etag, size, modified, state)
  SELECT ?1, value ->> 'key', value ->> 'etag', value ->> 'size', value ->> 'modified', 'waiting'
  FROM json_each(?2) WHERE true
  ON CONFLICT (source, key) DO UPDATE SET etag = excluded.etag, size = excluded.size, modified = excluded.modified,
    state = 'waiting', pieces = 0, tries = 0, next_try = 0, reason = '' WHERE etag <> excluded.etag`;

/** Files that may be read at `now`, the newest first. */
export async function waitingFiles(
  store: Store,
  source: string,
  { now, limit }: { now: number; limit: number },
): Promise<WaitingFile[]> {
  const [found] = await run(store, [store.db.prepare(WAITING).bind(source, now, limit)]);
  return rows(found, (row) => ({
    key: text(row, 'key'),
    etag: text(row, 'etag'),
    pieces: int(row, 'pieces'),
    tries: int(row, 'tries'),
  }));
}

// That these are none that were read goes without saying, but that it is said has them found by index: here and below.
const IS_WAITING = `state = 'waiting' AND state <> 'read'`;
const IS_BROKEN = `state = 'broken' AND state <> 'read'`;

const WAITING = `
  SELECT * FROM file WHERE source = ?1 AND ${IS_WAITING} AND next_try <= ?2
  ORDER BY modified DESC, key DESC LIMIT ?3`;

/** How many files of a bucket wait. */
export async function waitingCount(store: Store, source: string): Promise<number> {
  const [found] = await run(store, [
    store.db.prepare(`SELECT count(*) AS n FROM file WHERE source = ?1 AND ${IS_WAITING}`).bind(source),
  ]);
  return rows(found, (row) => int(row, 'n'))[0] ?? 0;
}

/** Which content of a file a statement is about: it does nothing where the file has another by now. */
export interface Content {
  source: string;
  key: string;
  etag: string;
}

/** The statement that says how many pieces of a file are stored. */
export function filePlace(store: Store, { source, key, etag }: Content, pieces: number): D1PreparedStatement {
  return store.db
    .prepare(
      `UPDATE file SET pieces = max(pieces, ?4), tries = 0 WHERE source = ?1 AND key = ?2 AND etag = ?3`,
    )
    .bind(source, key, etag, pieces);
}

/** The statement that says that a file is done: read to its end or, with a reason, not readable as it is. */
export function fileDone(store: Store, { source, key, etag }: Content, broken?: string): D1PreparedStatement {
  return store.db
    .prepare(
      `UPDATE file SET state = iif(?4 = '', 'read', 'broken'), reason = ?4
       WHERE source = ?1 AND key = ?2 AND etag = ?3`,
    )
    .bind(source, key, etag, broken ?? '');
}

/** The statement that has a file wait until `nextTry`, after an attempt that failed. */
export function fileAgain(
  store: Store,
  { source, key, etag }: Content,
  nextTry: number,
): D1PreparedStatement {
  return store.db
    .prepare(`UPDATE file SET tries = tries + 1, next_try = ?4 WHERE source = ?1 AND key = ?2 AND etag = ?3`)
    .bind(source, key, etag, nextTry);
}

/** The statement that forgets a file that is gone. */
export function fileGone(store: Store, { source, key, etag }: Content): D1PreparedStatement {
  return store.db
    .prepare(`DELETE FROM file WHERE source = ?1 AND key = ?2 AND etag = ?3`)
    .bind(source, key, etag);
}

/** Keys of the files that were modified since, in the order of keys; of too many the newest. */
export async function recentKeys(
  store: Store,
  source: string,
  { since, limit }: { since: number; limit: number },
): Promise<string[]> {
  const [found] = await run(store, [store.db.prepare(RECENT).bind(source, since, limit)]);
  return rows(found, (row) => text(row, 'key'));
}

const RECENT = `
  SELECT key FROM (SELECT key FROM file WHERE source = ?1 AND modified >= ?2 ORDER BY modified DESC LIMIT ?3)
  ORDER BY key`;

/** Forgets files that were read and have not been modified since, and all but the newest of the broken ones. */
export async function forgetFiles(store: Store, source: string, before: number): Promise<void> {
  await run(store, [
    store.db
      .prepare(`DELETE FROM file WHERE source = ?1 AND modified < ?2 AND state = 'read'`)
      .bind(source, before),
    store.db.prepare(FORGET_BROKEN).bind(source, before, MAX_BROKEN),
  ]);
}

/** Broken files that are remembered for each bucket. */
const MAX_BROKEN = 1_000;

const FORGET_BROKEN = `
  DELETE FROM file WHERE source = ?1 AND modified < ?2 AND ${IS_BROKEN} AND key NOT IN (
    SELECT key FROM file WHERE source = ?1 AND ${IS_BROKEN} ORDER BY modified DESC LIMIT ?3
  )`;

/** How the files of a bucket stand. */
export interface FileCounts {
  source: string;
  waiting: number;
  /** Of those that wait. */
  bytes: number;
  broken: number;
  /** The newest of the broken ones, with the reason. */
  reasons: { key: string; reason: string }[];
}

/** The statement whose rows `readFileCounts` reads: what waits and what is broken, for each bucket with either. */
export function fileCountsOf(store: Store): D1PreparedStatement {
  return store.db.prepare(COUNTS);
}

const COUNTS = `
  SELECT source, sum(state = 'waiting') AS waiting, coalesce(sum(size) FILTER (WHERE state = 'waiting'), 0) AS bytes,
    sum(state = 'broken') AS broken, (
      SELECT json_group_array(json_object('key', key, 'reason', reason)) FROM (
        SELECT key, reason FROM file AS one WHERE one.source = file.source AND ${IS_BROKEN}
        ORDER BY modified DESC, key LIMIT 10
      )
    ) AS reasons
  FROM file WHERE state <> 'read' GROUP BY source`;

/** What one row of `fileCountsOf` says. */
export function readFileCounts(row: Row): FileCounts {
  return {
    source: text(row, 'source'),
    waiting: int(row, 'waiting'),
    bytes: int(row, 'bytes'),
    broken: int(row, 'broken'),
    reasons: fromJson(row, 'reasons', REASONS),
  };
}

const REASONS = v.array(v.object({ key: v.string(), reason: v.string() }));
