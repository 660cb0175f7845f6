import { expect, test } from 'vitest';
import type { Json } from '../../../shared/event/event.ts';
import { formatTime, readTime, wholeSecond } from '../../../shared/event/time.ts';

test.each<[Json, string]>([
  [1739981156, '2025-02-19T16:05:56Z'],
  ['1739981156', '2025-02-19T16:05:56Z'],
  [1739981156.25, '2025-02-19T16:05:56.250Z'],
  [1739981156417, '2025-02-19T16:05:56.417Z'],
  ['1739981156417', '2025-02-19T16:05:56.417Z'],
  ['2022-04-01 11:30:36', '2022-04-01T03:30:36Z'],
  ['2022-04-01 11:30:36.5', '2022-04-01T03:30:36.500Z'],
  ['2022-04-01T11:30:36Z', '2022-04-01T11:30:36Z'],
  ['2022-04-01T11:30:36+08:00', '2022-04-01T03:30:36Z'],
  ['2022-04-01T11:30:36.123456-0530', '2022-04-01T17:00:36.123Z'],
  [[1739981156], '2025-02-19T16:05:56Z'],
  [['2022-04-01 11:30:36'], '2022-04-01T03:30:36Z'],
])('%j is %s', (value, expected) => {
  const time = readTime(value);
  expect(time === undefined ? undefined : formatTime(time)).toBe(expected);
});

test.each<[Json]>([
  [''],
  [null],
  [0],
  [-1739981156],
  [1_262_304_000 - 1],
  ['2009-12-31 23:59:59'],
  ['2022-02-30 10:00:00'],
  ['2022-04-01 25:00:00'],
  ['2022-04-01T11:30:36'],
  ['yesterday'],
  [1e300],
  ['16805138109322956'],
  [[]],
  [[1739981156, 1739981157]],
  [[[1739981156]]],
  [{}],
])('%j is no time', (value) => {
  expect(readTime(value)).toBeUndefined();
});

test('the second of a time leaves out the milliseconds', () => {
  expect(wholeSecond(1739981156999)).toBe(1739981156);
});
