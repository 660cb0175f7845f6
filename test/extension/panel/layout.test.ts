import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysBetween, layOut, rowAt, topOfRow } from '../../../extension/panel/model/layout.ts';

const SIZES = { row: 52, day: 28 };
const TWO_DAYS = layOut(
  [
    { date: '2026-11-20', rows: 3 },
    { date: '2026-11-19', rows: 2 },
  ],
  SIZES,
);

test('rows stand below the bar of their day', () => {
  expect([0, 1, 2, 3, 4].map((index) => topOfRow(TWO_DAYS, index))).toEqual([28, 80, 132, 212, 264]);
  expect(TWO_DAYS.height).toBe(316);
});

test.for([
  [-10, 0],
  [0, 0],
  [27, 0],
  [79, 0],
  [80, 1],
  [183, 2],
  [190, 3],
  [315, 4],
  [9999, 4],
] as const)('at %i px there is row %i', ([height, index]) => {
  expect(rowAt(TWO_DAYS, height)).toBe(index);
});

test('a list without rows has no place', () => {
  const none = layOut([], SIZES);
  expect([none.height, rowAt(none, 0), topOfRow(none, 0)]).toEqual([0, -1, 0]);
});

test('every row is at its own top, however many days there are', () => {
  const days = fc
    .array(fc.nat({ max: 40 }), { maxLength: 100 })
    .map((sizes) => sizes.map((rows, i) => ({ date: `${i}`, rows: rows + 1 })));
  fc.assert(
    fc.property(days, fc.nat(), (given, seed) => {
      const layout = layOut(given, SIZES);
      fc.pre(layout.rows > 0);
      const index = seed % layout.rows;
      expect(rowAt(layout, topOfRow(layout, index))).toBe(index);
      const [day] = daysBetween(layout, topOfRow(layout, index), topOfRow(layout, index) + 1);
      expect(day && index >= day.first && index < day.first + day.rows).toBe(true);
    }),
  );
});
