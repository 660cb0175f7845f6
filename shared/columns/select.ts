import { matches } from '../query/matches.ts';
import type { ChoiceKey, WhoKey } from '../query/keys.ts';
import type { ResolvedQuery, ResolvedTerm, TextKey } from '../query/query.ts';
import { type Day, FIELD_NAMES, type FieldName, type Fields } from './columns.ts';
import { summaryIn, summaryWith } from './row.ts';

/** What a row must be: pass any of the tests, or where it is negated none. */
export interface Condition {
  tests: readonly Test[];
  negated: boolean;
}

/** Row `i` passes where `passes[codes[i]]` is 1. */
export interface Test {
  codes: Uint16Array;
  passes: Uint8Array;
}

/** What a query finds in days. */
export interface Selector {
  /** The fields that a day must have been kept with. */
  fields: readonly FieldName[];
  /** The rows that the query finds, newest first; of those, the ones that the caller allows. */
  select: (day: Day, allowed?: (day: Day) => Condition) => Uint32Array;
}

/** The fields that a key asks about. The account is no field: it is the day's. */
const ASKS: { [K in TextKey | WhoKey | ChoiceKey | 'ip']: readonly FieldName[] } = {
  account: [],
  operator: ['operator'],
  person: ['person'],
  event: ['call'],
  product: ['call'],
  resource: ['resources'],
  type: ['resources'],
  region: ['region'],
  action: ['call'],
  outcome: ['result'],
  error: ['result'],
  via: ['call'],
  ip: ['address'],
  network: ['address'],
  key: ['operator'],
  request: ['request'],
  tag: ['tags'],
  is: ['is'],
  source: ['sources'],
  word: ['call', 'operator', 'resources', 'result'],
};

const DAY = 86_400;

/** Finds rows as `matches` finds their events. Values that days share are asked once for all of them. */
export function selector(query: ResolvedQuery): Selector {
  const [ofAccount, ofRows] = split(query.terms);
  const askers = ofRows.map(asker);
  const asked = new Set(query.terms.flatMap(({ key }) => ASKS[key]));
  return {
    fields: FIELD_NAMES.filter((name) => asked.has(name)),
    select(day, allowed) {
      if (!matches({ terms: ofAccount }, summaryIn(day.account))) return new Uint32Array();
      const conditions = askers.map((ask) => ask(day));
      if (allowed) conditions.push(allowed(day));
      return conditions.reduce(keep, rowsBetween(day, query));
    },
  };
}

/** The test of a day's rows for values of one field: asked once for each that occurs. */
export function testOf<F extends FieldName>(day: Day, name: F, passes: (value: Fields[F]) => boolean): Test {
  const { values, codes } = day.column(name);
  const passing = new Uint8Array(values.length);
  // Not `Uint8Array.from`, which is three times as slow.
  for (const [code, value] of values.entries()) if (passes(value)) passing[code] = 1;
  return { codes, passes: passing };
}

function split(terms: readonly ResolvedTerm[]): [ResolvedTerm[], ResolvedTerm[]] {
  const { account = [], row = [] } = Object.groupBy(terms, ({ key }) =>
    key === 'account' ? 'account' : 'row',
  );
  return [account, row];
}

/** A term holds where any of its fields alone makes it hold: values are texts of one field each. */
function asker(term: ResolvedTerm): (day: Day) => Condition {
  const alone: ResolvedQuery = { terms: [{ ...term, negated: false }] };
  const testers = ASKS[term.key].map((name) => tester(name, alone));
  return (day) => ({ tests: testers.map((test) => test(day)), negated: term.negated });
}

function tester(name: FieldName, query: ResolvedQuery): (day: Day) => Test {
  const known = new Map<Fields[FieldName], boolean>();
  return (day) =>
    testOf(day, name, (value) => {
      const passes = known.get(value) ?? matches(query, summaryWith(name, value));
      known.set(value, passes);
      return passes;
    });
}

/** The rows of a day from `from` (included) to `to` (excluded). */
function rowsBetween(day: Day, { from = 0, to = Infinity }: ResolvedQuery): Uint32Array {
  const start = day.day * DAY;
  const isWhole = from <= start && start + DAY <= to;
  const first = isWhole ? 0 : countFrom(day, to);
  const end = isWhole ? day.size : countFrom(day, from);
  const rows = new Uint32Array(Math.max(0, end - first));
  for (let i = 0; i < rows.length; i++) rows[i] = first + i;
  return rows;
}

/** How many rows, which are newest first, are at or after a second. */
function countFrom(day: Day, second: number): number {
  const older = day.seconds().findIndex((each) => each < second);
  return older < 0 ? day.size : older;
}

/** Those of the rows that fulfil the condition. */
function keep(rows: Uint32Array, { tests, negated }: Condition): Uint32Array {
  // Test by test, not row by row: each pass is a loop over two arrays, which is what a processor is quick at.
  const passed = new Uint8Array(rows.length);
  for (const { codes, passes } of tests) {
    for (let i = 0; i < rows.length; i++)
      passed[i] = (passed[i] ?? 0) | (passes[codes[rows[i] ?? 0] ?? 0] ?? 0);
  }
  const wanted = negated ? 0 : 1;
  let kept = 0;
  for (let i = 0; i < rows.length; i++) if (passed[i] === wanted) rows[kept++] = rows[i] ?? 0;
  return rows.slice(0, kept);
}
