import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../../shared/columns/columns.ts';
import { rowsOf } from '../../../shared/columns/decode.ts';
import { BLANK_FIELDS } from '../../../shared/columns/row.ts';
import type { KeptDay } from '../../../extension/cache/copy.ts';
import {
  change,
  dropBefore,
  EMPTY_SHELF,
  secondOfMost,
  type Placed,
  type Shelf,
  shelfOf,
} from '../../../extension/cache/shelf.ts';

const DAY = 86_400;

function placed(key: string, second: number, account = '1', region = ''): Placed {
  return { account, row: { second, key, fields: { ...BLANK_FIELDS, region } } };
}

function all(shelf: Shelf): { account: string; row: Row }[] {
  return shelf.parts.flatMap(({ key, day }) => rowsOf(day).map((row) => ({ account: key[0], row })));
}

function keys(shelf: Shelf): string[] {
  return all(shelf).map(({ row }) => row.key);
}

test('rows stand newest first, across days and accounts', () => {
  const put = [placed('a', 10), placed('b', DAY + 1), placed('c', 20), placed('d', DAY + 5, '2')];
  const { shelf } = change(EMPTY_SHELF, { put, gone: [], newer: true });
  expect(keys(shelf)).toEqual(['b', 'd', 'c', 'a']);
  expect(shelf.rows).toBe(4);
});

test('of one second, what arrived later stands first, and a page that goes on stands behind', () => {
  const first = change(EMPTY_SHELF, { put: [placed('b', 5), placed('a', 5)], gone: [], newer: false });
  const behind = change(first.shelf, { put: [placed('0', 5)], gone: [], newer: false });
  const before = change(behind.shelf, { put: [placed('c', 5), placed('d', 5)], gone: [], newer: true });
  expect(keys(before.shelf)).toEqual(['d', 'c', 'b', 'a', '0']);
});

test('an event that comes again is changed in its place', () => {
  const { shelf } = change(EMPTY_SHELF, { put: [placed('a', 5), placed('b', 5)], gone: [], newer: true });
  const changed = change(shelf, { put: [placed('a', 5, '1', 'ap-guangzhou')], gone: [], newer: true });
  expect(keys(changed.shelf)).toEqual(['b', 'a']);
  expect(all(changed.shelf)[1]?.row.fields.region).toBe('ap-guangzhou');
});

test('what is gone goes, and the record of a day without any event with it', () => {
  const { shelf } = change(EMPTY_SHELF, { put: [placed('a', 5), placed('b', DAY)], gone: [], newer: true });
  const changed = change(shelf, { put: [], gone: ['a', 'nobody'], newer: true });
  expect(keys(changed.shelf)).toEqual(['b']);
  expect(changed.written).toEqual([]);
  expect(changed.removed).toEqual([['1', 0, 0]]);
});

test('whole days before a second are dropped, of one account or of all', () => {
  const put = [placed('a', 5), placed('b', 5, '2'), placed('c', DAY)];
  const { shelf } = change(EMPTY_SHELF, { put, gone: [], newer: true });
  expect(keys(dropBefore(shelf, DAY - 1).shelf)).toEqual(['c', 'a', 'b']);
  expect(keys(dropBefore(shelf, DAY, '2').shelf)).toEqual(['c', 'a']);
  expect(keys(dropBefore(shelf, DAY).shelf)).toEqual(['c']);
});

test('the bound on rows falls on the beginning of a day', () => {
  const put = [0, 1, 2].flatMap((day) => [0, 1].map((i) => placed(`${day}${i}`, day * DAY + i)));
  const { shelf } = change(EMPTY_SHELF, { put, gone: [], newer: true });
  expect(secondOfMost(shelf, 6)).toBe(0);
  expect(secondOfMost(shelf, 5)).toBe(DAY);
  expect(secondOfMost(shelf, 1)).toBe(3 * DAY);
});

/** Writes what a change says into what was kept, as the database does. */
function kept(
  before: ReadonlyMap<string, KeptDay>,
  changed: ReturnType<typeof change>,
): Map<string, KeptDay> {
  const after = new Map(before);
  for (const key of changed.removed) after.delete(key.join());
  for (const day of changed.written) after.set([day.account, day.day, day.part].join(), day);
  return after;
}

test('whatever comes and goes, the shelf has each event once, and so has what is kept of it', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const step = fc.record({
    put: fc.array(key.map((id) => placed(id, (id.charCodeAt(0) * 30_011) % (3 * DAY), id < 'e' ? '1' : '2'))),
    gone: fc.array(key, { maxLength: 2 }),
    newer: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let shelf = EMPTY_SHELF;
      let store = new Map<string, KeptDay>();
      const expected = new Set<string>();
      for (const { put, gone, newer } of steps) {
        const changed = change(shelf, { put, gone, newer });
        shelf = changed.shelf;
        store = kept(store, changed);
        for (const { row } of put) expected.add(row.key);
        for (const id of gone) expected.delete(id);
      }
      expect(keys(shelf).toSorted()).toEqual([...expected].toSorted());
      expect(all(shelfOf([...store.values()]))).toEqual(all(shelf));
    }),
  );
});
