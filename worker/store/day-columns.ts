/** Rows of day_columns ⇄ days by column. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  FIELD_NAMES,
  type ColumnName,
  type EncodedDay,
  type FieldName,
  type Row,
} from '../../shared/columns/columns.ts';
import { encodeDay, MAX_ROWS } from '../../shared/columns/encode.ts';
import { int, maybeInt, rows as readRows, text, type Row as StoredRow, type Store } from './meter.ts';
import { SLOTS } from './rowid.ts';
import type { Accounts } from './scope.ts';

const DAY = 86_400;

/** The fields that days are kept with: all but those that are different in almost every event. */
export const KEPT_FIELDS: readonly FieldName[] = FIELD_NAMES.filter((name) => name !== 'request');

/** The columns that say when and which: every reading of a day takes them. */
const WHICH = ['minute', 'second', 'key'] as const satisfies readonly ColumnName[];

const COLUMNS: readonly ColumnName[] = [...WHICH, ...KEPT_FIELDS];

/** A day of an account, and a stretch of it: row ids counted from the first of the day. */
export interface Span {
  account: string;
  day: number;
  low: number;
  high: number;
}

/** A row of day_columns that was read. */
export interface StoredPart {
  /** The row id it begins with, counted from the first of the day. */
  part: number;
  encoded: EncodedDay;
}

/** The day of a row id, and its place in it. */
export function dayOfRow(rowId: number): { day: number; place: number } {
  const day = Math.floor(rowId / (DAY * SLOTS));
  return { day, place: rowId - firstRowOfDay(day) };
}

/** The first row id of a day. */
export function firstRowOfDay(day: number): number {
  return day * DAY * SLOTS;
}

/** The row id of a row of the Worker's columns: its key is the slot. */
export function rowIdOf({ second, key }: Pick<Row, 'second' | 'key'>): number {
  return second * SLOTS + Number(key);
}

/** The key of a row id in its second. */
export function keyOfRow(rowId: number): string {
  return `${rowId % SLOTS}`;
}

/** Events by account and day, in the order in which the days first occur. */
export function groupByDay<E extends { rowId: number; whose: { account: string } }>(
  events: readonly E[],
): { account: string; day: number; events: E[] }[] {
  const groups = Map.groupBy(events, ({ rowId, whose }) => `${dayOfRow(rowId).day}/${whose.account}`);
  return [...groups.values()].flatMap((group) =>
    group
      .slice(0, 1)
      .map(({ rowId, whose }) => ({ account: whose.account, day: dayOfRow(rowId).day, events: group })),
  );
}

export interface DaysRequest {
  accounts: Accounts;
  /** Days, both included. */
  first: number;
  last: number;
  fields: readonly FieldName[];
  /** Bytes of columns to read at most. Days are read whole, and the newest always. */
  bytes: number;
}

/** The statement whose result `readDays` reads. */
export function daysOf(
  store: Store,
  { accounts, first, last, fields, bytes }: DaysRequest,
): D1PreparedStatement {
  const columns = [...WHICH, ...fields];
  const hex = columns.map((name) => `hex(CASE WHEN day > unread THEN "${name}" END) AS "${name}"`);
  // Sizes are summed by day only where all of them are too much: that is several times as many rows.
  return store.db
    .prepare(
      `WITH asked AS (SELECT day, ${sizeOf(columns)} AS size FROM day_columns WHERE ${ASKED}),
      bound AS (
        SELECT coalesce(CASE WHEN (SELECT sum(size) FROM asked) > ?4 THEN (
          SELECT max(day) FROM (SELECT day, sum(size) OVER (ORDER BY day DESC) AS through FROM asked)
          WHERE through > ?4 AND day < (SELECT max(day) FROM asked)
        ) END, -1) AS unread
      )
      SELECT account, day, part, rows, unread, ${hex.join(', ')} FROM bound CROSS JOIN day_columns WHERE ${ASKED}`,
    )
    .bind(accounts === '*' ? '*' : JSON.stringify(accounts), first, last, bytes);
}

const ASKED = `
  account IN (SELECT id FROM account WHERE ?1 = '*' OR id IN (SELECT value FROM json_each(?1))) AND day BETWEEN ?2 AND ?3`;

/** Days, newest first. `unread` is the newest day that was past the bytes; -1 where all were read. */
export function readDays(
  result: D1Result | undefined,
  fields: readonly FieldName[],
): { days: EncodedDay[]; unread: number } {
  const found = readRows(result, (row) => row);
  const [unread = -1] = found.slice(0, 1).map((row) => int(row, 'unread'));
  // Sorted here: SQL would do it with the columns in its hands.
  const days = found
    .filter((row) => int(row, 'day') > unread)
    .toSorted((one, other) => int(other, 'day') - int(one, 'day') || int(other, 'part') - int(one, 'part'))
    .map((row) => readEncoded(row, text(row, 'account'), int(row, 'day'), fields));
  return { days, unread };
}

/**
 * The statement whose result `readParts` reads: all columns of the parts that hold some row ids of the spans, of as
 * many of the spans, in their order, as together have that many bytes, but at least of the first.
 */
export function partsOf(store: Store, spans: readonly Span[], bytes: number): D1PreparedStatement {
  return store.db.prepare(PARTS).bind(JSON.stringify(spans), bytes);
}

/** The parts of each span that was read; none of a day that is not kept yet. */
export function readParts(result: D1Result | undefined, spans: readonly Span[]): StoredPart[][] {
  const read: StoredPart[][] = [];
  for (const row of readRows(result, (each) => each)) {
    const place = int(row, 'place');
    const span = spans[place];
    if (span === undefined) throw new Error('parts of a span that was not asked for');
    const part = maybeInt(row, 'part');
    const parts = (read[place] ??= []);
    if (part !== undefined) {
      parts.push({ part, encoded: readEncoded(row, span.account, span.day, KEPT_FIELDS) });
    }
  }
  return read;
}

/** A part as the statement of `writeParts` binds it: columns as hex. */
export type BoundPart = Readonly<Record<string, string | number>>;

/** Characters of the columns of a part, as texts and as hex: far below what D1 takes as a row or as a value. */
const MAX_TEXT = 4_000_000;
const MAX_HEX = 600_000;

/** Rows as the parts that hold them, of a part that begins at `part`; newest row first. */
export function* bindParts(
  account: string,
  day: number,
  part: number,
  rows: readonly Row[],
): Generator<BoundPart> {
  const bound = rows.length > MAX_ROWS ? undefined : bindPart(account, day, part, rows);
  if (bound !== undefined) {
    yield bound;
    return;
  }
  const half = Math.ceil(rows.length / 2);
  const [newer, older] = [rows.slice(0, half), rows.slice(half)];
  yield* bindParts(account, day, part, older);
  const oldest = newer.at(-1);
  if (oldest !== undefined) yield* bindParts(account, day, dayOfRow(rowIdOf(oldest)).place, newer);
}

/** Undefined where the rows are more than one part holds. */
function bindPart(account: string, day: number, part: number, rows: readonly Row[]): BoundPart | undefined {
  const { columns, size } = encodeDay(account, day, rows, KEPT_FIELDS);
  const texts = COLUMNS.map((name) => ({ name, text: columns[name] ?? '' }));
  const isOne = rows.length === 1;
  if (!isOne && sum(texts.map(({ text: each }) => each.length)) > MAX_TEXT) return undefined;
  const packed = texts.map(({ name, text: each }): [ColumnName, string] => [name, pack(each)]);
  if (!isOne && sum(packed.map(([, hex]) => hex.length)) > MAX_HEX) return undefined;
  return { account, day, part, rows: size, ...Object.fromEntries(packed) };
}

/** The statement that writes parts unless the fold is of another version by now. */
export function writeParts(store: Store, parts: readonly BoundPart[], version: number): D1PreparedStatement {
  return store.db.prepare(WRITE).bind(JSON.stringify(parts), version);
}

function readEncoded(row: StoredRow, account: string, day: number, fields: readonly FieldName[]): EncodedDay {
  const columns = Object.fromEntries([...WHICH, ...fields].map((name) => [name, unpack(text(row, name))]));
  return { account, day, size: int(row, 'rows'), columns };
}

function pack(column: string): string {
  return new Uint8Array(deflateRawSync(new TextEncoder().encode(column))).toHex();
}

function unpack(hex: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(
    inflateRawSync(Uint8Array.fromHex(hex)),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function sizeOf(columns: readonly ColumnName[]): string {
  return columns.map((name) => `length("${name}")`).join(' + ');
}

const NAMES = COLUMNS.map((name) => `"${name}"`).join(', ');

const PARTS = `
  WITH wanted AS (
    SELECT key AS place, value ->> 'account' AS account, value ->> 'day' AS day, value ->> 'low' AS low,
      value ->> 'high' AS high
    FROM json_each(?1)
  ), touched AS (
    SELECT place, wanted.account, wanted.day, kept.part,
      sum(coalesce(${sizeOf(COLUMNS)}, 0)) OVER (ORDER BY place) AS bytes
    FROM wanted LEFT JOIN day_columns AS kept ON kept.account = wanted.account AND kept.day = wanted.day
      AND kept.part <= high AND kept.part >= (
        SELECT part FROM day_columns AS holding
        WHERE holding.account = wanted.account AND holding.day = wanted.day AND holding.part <= low
        ORDER BY part DESC LIMIT 1
      )
  )
  SELECT place, part, rows, ${COLUMNS.map((name) => `hex("${name}") AS "${name}"`).join(', ')}
  FROM touched LEFT JOIN day_columns USING (account, day, part) WHERE bytes <= ?2 OR place = 0 ORDER BY place, part`;

const WRITE = `
  INSERT INTO day_columns (account, day, part, rows, ${NAMES})
  SELECT value ->> 'account', value ->> 'day', value ->> 'part', value ->> 'rows',
    ${COLUMNS.map((name) => `unhex(value ->> '${name}')`).join(', ')}
  FROM json_each(?1) WHERE (SELECT version FROM fold) = ?2
  ON CONFLICT (account, day, part) DO UPDATE SET rows = excluded.rows,
    ${COLUMNS.map((name) => `"${name}" = excluded."${name}"`).join(', ')}`;
