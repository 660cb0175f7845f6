import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, type Known, openDay, valueAt } from '../../../shared/columns/decode.ts';
import { encodeDay } from '../../../shared/columns/encode.ts';
import { rowOf } from '../../../shared/columns/row.ts';
import { selector, testOf } from '../../../shared/columns/select.ts';
import type { EventSummary } from '../../../shared/event/event.ts';
import { matches } from '../../../shared/query/matches.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { ResolvedQuery } from '../../../shared/query/query.ts';
import { resolveQuery } from '../../../shared/query/resolve.ts';
import { ACCOUNTS, arbitrarySummary, FIRST_SECOND } from '../../support/arbitraries.ts';
import { ARBITRARY_CONTEXT, arbitraryQuery } from '../../support/arbitrary-queries.ts';
import { SUMMARY } from './summary.ts';

const DAY = Math.floor(FIRST_SECOND / 86_400);

function resolved(text: string): ResolvedQuery {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message}: ${text}`);
  const result = resolveQuery(parsed.query, { ...ARBITRARY_CONTEXT, spans: parsed.spans });
  if (!result.ok) throw new Error(`${result.error.message}: ${text}`);
  return result.query;
}

/** Events by time, newest first, as rows of a day are. */
function newestFirst(events: readonly EventSummary[]): EventSummary[] {
  return events.toSorted((one, other) => second(other) - second(one));
}

function second({ time }: EventSummary): number {
  return Math.floor(Date.parse(time) / 1000);
}

test('columns find what matches finds, in order', () => {
  fc.assert(
    fc.property(
      fc.array(arbitrarySummary(), { maxLength: 20 }),
      fc.array(arbitraryQuery(), { minLength: 1, maxLength: 10 }),
      (events, texts) => {
        const known: Known = {};
        for (const account of ACCOUNTS) {
          const own = newestFirst(events.filter((event) => event.account === account));
          const rows = own.map((event, i) => rowOf(event, `${i}`));
          for (const query of texts.map(resolved)) {
            const { fields, select } = selector(query);
            const day = openDay(encodeDay(account, DAY, rows, fields), known);
            const expected = own.flatMap((event, i) => (matches(query, event) ? [i] : []));
            expect(Array.from(select(day))).toEqual(expected);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('of the rows that a query finds, those that the caller allows are given', () => {
  fc.assert(
    fc.property(
      fc.array(arbitrarySummary(), { maxLength: 20 }),
      arbitraryQuery().map(resolved),
      fc.constantFrom('100000000011', '4611686018400000021'),
      fc.boolean(),
      (events, query, id, negated) => {
        const rows = newestFirst(events).map((event, i) => rowOf(event, `${i}`));
        const day = dayOf('100000000001', DAY, rows);
        const { select } = selector(query);
        const allowed = select(day, () => ({
          tests: [
            testOf(day, 'operator', (operator) => operator.id === id),
            testOf(day, 'person', (person) => person?.id === '100000000013'),
          ],
          negated,
        }));
        const expected = select(day).filter((row) => {
          const isOwn = valueAt(day.column('operator'), row).id === id;
          return (isOwn || valueAt(day.column('person'), row)?.id === '100000000013') !== negated;
        });
        expect(allowed).toEqual(expected);
      },
    ),
  );
});

test('a condition without tests allows nothing', () => {
  const day = dayOf('100000000001', DAY, [rowOf(SUMMARY, 'k')]);
  const { select } = selector({ terms: [] });
  expect(select(day)).toHaveLength(1);
  expect(select(day, () => ({ tests: [], negated: false }))).toHaveLength(0);
});

test.each([
  ['', []],
  ['account:100000000001 from:2026-11-22', []],
  ['event:RunInstances -product:cbs', ['call']],
  ['person:li.si ip:203.0.113.0/24 is:change', ['person', 'address', 'is']],
  ['server', ['operator', 'call', 'resources', 'result']],
  ['request:6b0f1f0e', ['request']],
])('"%s" needs only the fields that it asks about', (text, fields) => {
  expect(selector(resolved(text)).fields).toEqual(fields);
});
