/**
 * The one way to D1: counts round trips, rows and SQL time of a request, so that an answer can stop at its
 * budget and every response can say what it cost.
 */

import * as v from 'valibot';
import { recentOf, type Recent } from './recent.ts';

export interface Cost {
  /** Round trips to D1, one after another. */
  trips: number;
  rowsRead: number;
  rowsWritten: number;
  /** Milliseconds spent in SQL. */
  sqlMs: number;
}

/** How large the database is, as the last statement said, and how large it may be. */
export interface Size {
  /** 0 before the first statement. */
  bytes: number;
  limit: number;
}

export interface Store {
  db: D1Database;
  cost: Cost;
  size: Size;
  /** Events that were read a moment ago, by whomever. */
  recent: Recent;
  /** One transaction in one round trip, for `run`. */
  batch: (statements: D1PreparedStatement[]) => Promise<D1Result[]>;
}

/** What a database of D1 may have where nobody says less. */
const MAX_BYTES = 10_000_000_000;

/** `limit` is the bytes that the database may have, in digits; what is no such number counts as not given. */
export function openStore(db: D1Database, limit?: string): Store {
  const bytes = Number(limit ?? MAX_BYTES);
  return {
    db,
    cost: { trips: 0, rowsRead: 0, rowsWritten: 0, sqlMs: 0 },
    size: { bytes: 0, limit: Number.isSafeInteger(bytes) && bytes > 0 ? bytes : MAX_BYTES },
    recent: recentOf(db),
    batch: (statements) => db.batch(statements),
  };
}

/** Runs the statements as one transaction in one round trip; gives their results in order. */
export async function run(store: Store, statements: D1PreparedStatement[]): Promise<D1Result[]> {
  // Those that are under way side by side are one after another for nobody.
  const trip = store.cost.trips + 1;
  const results = await store.batch(statements);
  store.cost.trips = Math.max(store.cost.trips, trip);
  for (const { meta } of results) {
    store.cost.rowsRead += meta.rows_read;
    store.cost.rowsWritten += meta.rows_written;
    store.cost.sqlMs += meta.timings?.sql_duration_ms ?? meta.duration;
    store.size.bytes = meta.size_after;
  }
  return results;
}

/** The rows of one result, each read by `read`, which throws where the database is not what we made it. */
export function rows<T>(result: D1Result | undefined, read: (row: Row) => T): T[] {
  if (result === undefined) throw new Error('a statement gave no result');
  return result.results.map((row) => read(asRow(row)));
}

export type Row = Readonly<Record<string, unknown>>;

function asRow(row: unknown): Row {
  if (typeof row !== 'object' || row === null) throw new Error('a row is no object');
  return Object.fromEntries(Object.entries(row));
}

/** A text column. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`column ${column} is no text`);
  return value;
}

/** An integer column below 2^53. */
export function int(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`column ${column} is no number`);
  return value;
}

/** A text column that holds JSON of a known shape. */
export function fromJson<S extends v.GenericSchema>(row: Row, column: string, schema: S): v.InferOutput<S> {
  return v.parse(schema, JSON.parse(text(row, column)));
}

/** A text column that may be NULL. */
export function maybeText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

/** An integer column that may be NULL. */
export function maybeInt(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : int(row, column);
}
