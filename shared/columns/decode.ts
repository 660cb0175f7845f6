import {
  type Column,
  type Day,
  type EncodedDay,
  FIELD_NAMES,
  type FieldName,
  type Fields,
  type Row,
} from './columns.ts';
import { encodeDay } from './encode.ts';
import { BLANK_FIELDS } from './row.ts';

const DAY = 86_400;

/** The values that were read, by their texts. Days that are opened with the same have the same objects for them. */
export type Known = { [F in FieldName]?: Map<string, Fields[F]> };

/**
 * A day to be asked, from its texts. Each is read when first needed, and throws there if it is none. Days have most of
 * their values in common: with one `known` for all of them each is read, matched and named once.
 */
export function openDay({ account, day, size, columns }: EncodedDay, known: Known = {}): Day {
  const opened: { [F in FieldName]?: Column<Fields[F]> } = {};
  let seconds: Uint32Array | undefined;
  let keys: Column<string> | undefined;
  return {
    account,
    day,
    size,
    fields: FIELD_NAMES.filter((name) => columns[name] !== undefined),
    seconds: () => (seconds ??= readSeconds(day, columns)),
    keys: () => (keys ??= readColumn(textOf('key', columns), new Map<string, string>())),
    column(name) {
      const column = opened[name] ?? readColumn(textOf(name, columns), knownOf(name, known));
      Object.assign(opened, { [name]: column });
      return column;
    },
  };
}

/** A day to be asked, from rows at hand: in any order, at most `MAX_ROWS`, all of that day. */
export function dayOf(account: string, day: number, rows: readonly Row[]): Day {
  return openDay(encodeDay(account, day, rows));
}

/** The rows of a day, newest first. Fields that it was kept without are empty. */
export function rowsOf(day: Day): Row[] {
  const keys = day.keys();
  const rows = Array.from(day.seconds(), (second, row) => {
    return { second, key: valueAt(keys, row), fields: { ...BLANK_FIELDS } };
  });
  for (const name of day.fields) fill(rows, name, day.column(name));
  return rows;
}

/** What a row has in a column. Throws RangeError where there is no such row. */
export function valueAt<T>({ values, codes }: Column<T>, row: number): T {
  const value = values[codes[row] ?? -1];
  if (value === undefined) throw new RangeError(`No row ${row} in the column`);
  return value;
}

function fill<F extends FieldName>(rows: readonly Row[], name: F, column: Column<Fields[F]>): void {
  for (const [i, { fields }] of rows.entries()) fields[name] = valueAt(column, i);
}

function readSeconds(day: number, columns: EncodedDay['columns']): Uint32Array {
  const minutes = textOf('minute', columns);
  const seconds = textOf('second', columns);
  const start = day * DAY;
  return Uint32Array.from(
    minutes,
    (minute, row) => start + minute.charCodeAt(0) * 60 + seconds.charCodeAt(row),
  );
}

function readColumn<T>(text: string, known: Map<string, T>): Column<T> {
  const end = text.indexOf('\n\n');
  const values =
    end === 0
      ? []
      : text
          .slice(0, end)
          .split('\n')
          .map((json) => read(json, known));
  const codes = new Uint16Array(text.length - end - 2);
  for (let row = 0; row < codes.length; row++) codes[row] = text.charCodeAt(end + 2 + row);
  return { values, codes };
}

function read<T>(json: string, known: Map<string, T>): T {
  const seen = known.get(json);
  if (seen !== undefined) return seen;
  const value: T = JSON.parse(json);
  known.set(json, value);
  return value;
}

function knownOf<F extends FieldName>(name: F, known: Known): Map<string, Fields[F]> {
  const own = known[name] ?? new Map<string, Fields[F]>();
  Object.assign(known, { [name]: own });
  return own;
}

function textOf(name: keyof EncodedDay['columns'], columns: EncodedDay['columns']): string {
  const text = columns[name];
  if (text === undefined) throw new Error(`The day was kept without ${name}`);
  return text;
}
