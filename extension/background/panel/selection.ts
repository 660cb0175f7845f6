/** What of the copy answers a question: which rows of which days, newest first. */
import type { Day } from '../../../shared/columns/columns.ts';
import { selector, testOf, type Condition } from '../../../shared/columns/select.ts';
import type { Shelf } from '../../cache/shelf.ts';
import type { ReadQuestion } from './question.ts';
import { SHOWN_FIELDS } from './rows.ts';

/** Row `i` of the selection is row `rows[i]` of `days[dayOf[i]]`. */
export interface Selection {
  count: number;
  days: readonly Day[];
  dayOf: Uint16Array;
  rows: Uint32Array;
}

/** The rows from the second `floor` on that the question means; none where the copy holds nothing (null). */
export function select(shelf: Shelf, question: ReadQuestion, floor: number | null): Selection {
  const days = shelf.parts.map(({ day }) => day);
  if (floor === null) return { count: 0, days, dayOf: new Uint16Array(), rows: new Uint32Array() };
  const from = Math.max(floor, question.query.from ?? 0);
  const finds = selector({ ...question.query, from });
  const allowed = allowedBy(question);
  const found = days.map((day) => finds.select(day, allowed));
  const count = found.reduce((sum, rows) => sum + rows.length, 0);
  const selection = { count, days, dayOf: new Uint16Array(count), rows: new Uint32Array(count) };
  let at = 0;
  for (let first = 0; first < days.length;) {
    let behind = first + 1;
    while (days[behind]?.day === days[first]?.day) behind += 1;
    const start = at;
    for (let i = first; i < behind; i += 1) {
      selection.rows.set(found[i] ?? [], at);
      selection.dayOf.fill(i, at, (at += found[i]?.length ?? 0));
    }
    if (new Set(days.slice(first, behind).map(({ account }) => account)).size > 1) mix(selection, start, at);
    first = behind;
  }
  return selection;
}

/** What a word in the filter is looked for in. */
const WORD_FIELDS = ['call', 'operator', 'resources', 'result'] as const;

/**
 * Reads what the first letters in the filter will need, so that they do not wait for it, a day at each step: what all
 * days are asked for first, then what is shown of rows that may be of any day.
 */
export function* prepare({ parts }: Shelf): Generator<void> {
  for (const { day } of parts) {
    for (const name of WORD_FIELDS) day.column(name);
    yield;
  }
  for (const { day } of parts) {
    for (const name of SHOWN_FIELDS) day.column(name);
    day.keys();
    day.seconds();
    yield;
  }
}

/** Where in the selection each of these events is; those that are not in it are left out. */
export function placesOf({ days, dayOf, rows }: Selection, ids: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const id of ids) {
    for (const [i, day] of days.entries()) {
      const { values, codes } = day.keys();
      const code = values.indexOf(id);
      if (code < 0) continue;
      const row = codes.indexOf(code);
      const place = rows.findIndex((each, at) => each === row && dayOf[at] === i);
      if (place >= 0) places.set(id, place);
      break;
    }
  }
  return places;
}

/** Unix seconds of a row of the selection. */
export function secondAt({ days, dayOf, rows }: Selection, at: number): number {
  return days[dayOf[at] ?? 0]?.seconds()[rows[at] ?? 0] ?? 0;
}

/** A stretch that is of several accounts is put in order of time. */
function mix(selection: Selection, start: number, end: number): void {
  const order = Array.from({ length: end - start }, (_, i) => start + i);
  const seconds = order.map((at) => secondAt(selection, at));
  order.sort((one, other) => (seconds[other - start] ?? 0) - (seconds[one - start] ?? 0));
  const [dayOf, rows] = [selection.dayOf.slice(), selection.rows.slice()];
  for (const [i, at] of order.entries()) {
    selection.dayOf[start + i] = dayOf[at] ?? 0;
    selection.rows[start + i] = rows[at] ?? 0;
  }
}

/** Whose events count: those that they did, and those of roles of which the record is exact that they were behind. */
function allowedBy({ by }: ReadQuestion): ((day: Day) => Condition) | undefined {
  if (by === null) return undefined;
  const byAccount = Map.groupBy(by, ({ account }) => account);
  return (day) => {
    const ids = new Set((byAccount.get(day.account) ?? []).map(({ id }) => id));
    return {
      negated: false,
      tests: [
        testOf(day, 'operator', ({ id }) => ids.has(id)),
        testOf(day, 'person', (person) => person?.status === 'exact' && ids.has(person.id ?? '')),
      ],
    };
  };
}
