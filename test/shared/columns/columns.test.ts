import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Day, FIELD_NAMES, type Row } from '../../../shared/columns/columns.ts';
import { dayOf, type Known, openDay, rowsOf, valueAt } from '../../../shared/columns/decode.ts';
import { encodeDay, MAX_ROWS } from '../../../shared/columns/encode.ts';
import { rowOf } from '../../../shared/columns/row.ts';
import { arbitrarySummary, FIRST_SECOND } from '../../support/arbitraries.ts';
import { SUMMARY } from './summary.ts';

const DAY = Math.floor(FIRST_SECOND / 86_400);
const ACCOUNT = '100000000001';

/** Rows of one day whose texts may be anything. */
const arbitraryRows = fc.array(
  fc
    .record({
      summary: arbitrarySummary(),
      anything: fc.string({ unit: 'binary', maxLength: 5 }),
      broken: fc.constantFrom('', '\n', '\u0000', '\ud800', '\udfff', '\ufeff', '"', '\\n'),
      key: fc.nat(3).map(String),
      second: fc.nat(86_399),
    })
    .map(({ summary, anything, broken, key, second }): Row => {
      const operator = { ...summary.operator, name: anything + broken };
      const resources = [...summary.resources, { id: broken + anything }];
      const row = rowOf({ ...summary, operator, resources, region: broken }, key);
      return { ...row, second: DAY * 86_400 + second };
    }),
  { maxLength: 30 },
);

test('a day gives back the rows that it was made of, newest first', () => {
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const sorted = rows.toSorted((one, other) => other.second - one.second);
      expect(rowsOf(openDay(encodeDay(ACCOUNT, DAY, rows)))).toEqual(sorted);
      expect(rowsOf(dayOf(ACCOUNT, DAY, rows))).toEqual(sorted);
    }),
  );
});

test('the texts of a day survive UTF-8', () => {
  fc.assert(
    fc.property(arbitraryRows, (rows) => {
      const { columns } = encodeDay(ACCOUNT, DAY, rows);
      const bytes = new TextEncoder().encode(JSON.stringify(columns));
      expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(columns);
      for (const text of Object.values(columns)) expect(text.isWellFormed()).toBe(true);
    }),
  );
});

test('rows of one second stay in the order in which they were given', () => {
  const rows = ['b', 'c', 'a'].map((key) => rowOf(SUMMARY, key));
  expect(rowsOf(dayOf(ACCOUNT, DAY, rows)).map(({ key }) => key)).toEqual(['b', 'c', 'a']);
});

test('a row keeps every field, without the message, the deals and the times of arrival', () => {
  const { fields, ...row } = rowOf(SUMMARY, 'k');
  expect(row).toEqual({ second: FIRST_SECOND + 5, key: 'k' });
  expect(Object.keys(fields)).toEqual(FIELD_NAMES);
  expect(fields).toEqual({
    operator: SUMMARY.operator,
    person: SUMMARY.person,
    call: { product: 'cvm', event: 'RunInstances', action: 'write', via: 'console' },
    region: 'ap-guangzhou',
    resources: SUMMARY.resources,
    address: { ip: '203.0.113.5', network: 'inside', place: 'Guangzhou' },
    result: { outcome: 'failed', layer: 'api', code: 'InvalidParameterValue' },
    is: ['purchase'],
    sensitive: ['record'],
    purchase: { kind: 'create', count: 2 },
    sources: ['api', 'push'],
    tags: ['env=prod'],
    request: { requestId: SUMMARY.requestId, eventId: SUMMARY.eventId },
  });
});

test('a day that was kept without fields gives rows in which they are empty, and says so when asked for one', () => {
  const day = openDay(encodeDay(ACCOUNT, DAY, [rowOf(SUMMARY, 'k')], ['operator', 'region']));
  expect(day.fields).toEqual(['operator', 'region']);
  expect(rowsOf(day)).toMatchObject([
    { fields: { operator: SUMMARY.operator, region: 'ap-guangzhou', person: null, tags: [] } },
  ]);
  expect(() => day.column('tags')).toThrow('tags');
});

test('a day can have as many values as rows', () => {
  const rows = Array.from({ length: MAX_ROWS }, (_, i) => rowOf(SUMMARY, `${i}`));
  const encoded = encodeDay(ACCOUNT, DAY, rows, []);
  expect(encoded.columns.key?.isWellFormed()).toBe(true);
  expect(rowsOf(openDay(encoded)).map(({ key }) => key)).toEqual(rows.map(({ key }) => key));
});

test('values that occur in many rows are written once', () => {
  const rows = Array.from({ length: 1000 }, () => rowOf(structuredClone(SUMMARY), 'k'));
  expect(encodeDay(ACCOUNT, DAY, rows).columns.operator?.length).toBeLessThan(1200);
});

test('days that are opened together have the same objects for the same values', () => {
  const known: Known = {};
  const open = (day: number): Day => {
    const row = { ...rowOf(structuredClone(SUMMARY), 'k'), second: day * 86_400 };
    return openDay(encodeDay(ACCOUNT, day, [row]), known);
  };
  const [one, other] = [open(DAY), open(DAY + 1)];
  expect(valueAt(other.column('operator'), 0)).toBe(valueAt(one.column('operator'), 0));
  expect(other.seconds()).not.toEqual(one.seconds());
});

test.each([
  ['more rows than a day can have', Array.from({ length: MAX_ROWS + 1 }, () => rowOf(SUMMARY, ''))],
  ['a row of the day before', [{ ...rowOf(SUMMARY, ''), second: DAY * 86_400 - 1 }]],
  ['a row of the day after', [{ ...rowOf(SUMMARY, ''), second: (DAY + 1) * 86_400 }]],
])('%s is refused', (_, rows) => {
  expect(() => encodeDay(ACCOUNT, DAY, rows)).toThrow(RangeError);
});

test('a row beyond the end is an error, not a value', () => {
  expect(() => valueAt(dayOf(ACCOUNT, DAY, []).keys(), 0)).toThrow(RangeError);
});
