import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventCondition } from '../../../shared/api/alarms.ts';
import { absentSince } from '../../../shared/alarms/absence.ts';
import { type Firing, firingsOf } from '../../../shared/alarms/firings.ts';
import { PER_SECOND } from '../../../shared/alarms/hits.ts';
import { hoursOf } from '../../../shared/alarms/schedule.ts';

const ALWAYS = hoursOf(null);
const NOW = 1_000_000;

function firings(seconds: readonly number[], condition: EventCondition, from = 0): Firing[] {
  const hits = seconds.map((second) => second * PER_SECOND);
  return firingsOf(hits, { condition, silence: 600, hours: ALWAYS, from, now: NOW });
}

const THREE: EventCondition = { kind: 'count', atLeast: 3, within: 60 };

test.each<[string, readonly number[], EventCondition, Partial<Firing>[]]>([
  ['too few', [0, 10], THREE, []],
  ['when the third comes', [100, 110, 120, 130], THREE, [{ at: 120, count: 4, first: 100, last: 130 }]],
  [
    'what comes back within quiet and silence is one',
    [0, 1, 2, 900, 901, 902],
    THREE,
    [{ at: 2, count: 6, last: 902 }],
  ],
  [
    'what comes back after them is another',
    [0, 1, 2, 902, 903, 904],
    THREE,
    [{ at: 2 }, { at: 904, first: 902 }],
  ],
  ['first of its kind', [50, 60], { kind: 'first', per: 'region' }, [{ at: 50, count: 1 }]],
  [
    'absence before, between and after',
    [500, 2000],
    { kind: 'absence', within: 1000 },
    [{ at: 0, count: 0 }, { at: 1500 }, { at: 3000 }],
  ],
  ['nothing at all', [], { kind: 'absence', within: 1000 }, [{ at: 0 }]],
])('%s', (_name, seconds, condition, expected) => {
  expect(firings(seconds, condition)).toMatchObject(expected);
  expect(firings(seconds, condition)).toHaveLength(expected.length);
});

test('what fired before the time asked for is left out, though it began the rest', () => {
  expect(firings([0, 1, 2, 5000, 5001, 5002], THREE, 4000)).toMatchObject([{ at: 5002 }]);
  expect(firings([10, 20], { kind: 'first', per: 'event' }, 15)).toEqual([]);
});

function secondAt(time: string): number {
  return Date.parse(time) / 1000;
}

test('absence is looked for where both ends of it are within the hours', () => {
  const hours = hoursOf({
    zone: 'UTC',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: '09:00',
    to: '18:00',
  });
  // Friday, ten to six: the hour ends on Monday at nine, and an hour after.
  const last = secondAt('2026-11-20T17:50:00Z');
  expect(absentSince({ last, within: 3600, hours }, secondAt('2026-11-23T09:59:00Z'))).toBeUndefined();
  expect(absentSince({ last, within: 3600, hours }, secondAt('2026-11-23T12:00:00Z'))).toBe(
    secondAt('2026-11-23T10:00:00Z'),
  );
});

test('alerts have all the hits that are dense enough, each in one', () => {
  const seconds = fc.uniqueArray(fc.integer({ min: 0, max: 20_000 }), { maxLength: 80 });
  fc.assert(
    fc.property(seconds, (given) => {
      const ascending = given.toSorted((one, other) => one - other);
      const dense = ascending.filter((_, i) =>
        [0, 1, 2].some((back) => {
          const [first, last] = [ascending[i - back], ascending[i - back + 2]];
          return first !== undefined && last !== undefined && last - first < 60;
        }),
      );
      const found = firings(ascending, THREE);
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(dense.length);
      for (const { first, last, at } of found) expect(first <= at && at <= last).toBe(true);
      found.slice(1).forEach(({ first }, i) => {
        expect(first - (found[i]?.last ?? 0)).toBeGreaterThanOrEqual(900);
      });
    }),
  );
});
