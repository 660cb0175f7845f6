/**
 * A day as texts. A column is the JSON of its distinct values, each on a line, an empty line, and one UTF-16 unit for
 * each row: the number of its value. JSON has no bare line feed, and no number is a surrogate, so the text survives UTF-8.
 */
import { type EncodedDay, FIELD_NAMES, type FieldName, type Row } from './columns.ts';

/** Rows that one encoded day can have: numbers of values stay below the surrogates, which begin at 55,296. */
export const MAX_ROWS = 50_000;

const DAY = 86_400;

/**
 * The day of an account as texts, newest row first; rows of one second keep the order in which they were given.
 * `fields` are those to keep, all unless told. Throws RangeError where there are more rows than `MAX_ROWS`, or one
 * is of another day (`day` counts from 1970-01-01, UTC).
 */
export function encodeDay(
  account: string,
  day: number,
  rows: readonly Row[],
  fields: readonly FieldName[] = FIELD_NAMES,
): EncodedDay {
  if (rows.length > MAX_ROWS) throw new RangeError(`${rows.length} rows are too many for one day`);
  const sorted = rows.toSorted((one, other) => other.second - one.second);
  const seconds = sorted.map(({ second }) => second - day * DAY);
  if (seconds.some((second) => second < 0 || second >= DAY)) throw new RangeError(`Not all of day ${day}`);

  const columns: Partial<Record<FieldName, string>> = {};
  for (const field of fields) columns[field] = encodeColumn(sorted.map((row) => row.fields[field]));
  const minute = seconds.map((second) => String.fromCharCode(second / 60)).join('');
  const second = seconds.map((each) => String.fromCharCode(each % 60)).join('');
  const key = encodeColumn(sorted.map((row) => row.key));
  return { account, day, size: rows.length, columns: { ...columns, minute, second, key } };
}

/** Values are the same where their JSON is; rows that came out of a day share theirs, which is seen sooner. */
function encodeColumn(values: readonly unknown[]): string {
  const unitOfText = new Map<string, string>();
  const unitOfValue = new Map<unknown, string>();
  const units = values.map((value) => {
    const seen = unitOfValue.get(value);
    if (seen !== undefined) return seen;
    const text = JSON.stringify(value);
    const unit = unitOfText.get(text) ?? String.fromCharCode(unitOfText.size);
    unitOfText.set(text, unit);
    unitOfValue.set(value, unit);
    return unit;
  });
  return `${[...unitOfText.keys()].join('\n')}\n\n${units.join('')}`;
}
