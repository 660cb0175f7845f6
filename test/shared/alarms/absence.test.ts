import { expect, test } from 'vitest';
import { absentSince } from '../../../shared/alarms/absence.ts';
import { hoursOf, type Hours } from '../../../shared/alarms/schedule.ts';

const HOUR = 3600;
const DAY = 86_400;
/** A Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2026, 10, 16) / 1000;
const OFFICE = hoursOf({
  zone: 'UTC',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
});
const ALWAYS = hoursOf(null);

test.each<[string, { last: number; within: number; hours: Hours; now: number }, number | undefined]>([
  ['not yet', { last: MONDAY, within: HOUR, hours: ALWAYS, now: MONDAY + HOUR - 1 }, undefined],
  ['as soon as it lasts', { last: MONDAY, within: HOUR, hours: ALWAYS, now: MONDAY + HOUR }, MONDAY + HOUR],
  ['and from then on', { last: MONDAY, within: HOUR, hours: ALWAYS, now: MONDAY + 99 * DAY }, MONDAY + HOUR],
  [
    'not for a night that is silent, but for the hour after it',
    { last: MONDAY + 16.5 * HOUR, within: HOUR, hours: OFFICE, now: MONDAY + 3 * DAY },
    MONDAY + DAY + 10 * HOUR,
  ],
  [
    'not for a weekend',
    { last: MONDAY + 4 * DAY + 16.5 * HOUR, within: HOUR, hours: OFFICE, now: MONDAY + 7 * DAY + 9 * HOUR },
    undefined,
  ],
])('%s', (_name, { now, ...wait }, since) => {
  expect(absentSince(wait, now)).toBe(since);
});

test('hours that never fit are not looked at for years', () => {
  let asked = 0;
  const hours: Hours = () => {
    asked += 1;
    return false;
  };
  expect(absentSince({ last: MONDAY, within: HOUR, hours }, MONDAY + 3_650 * DAY)).toBeUndefined();
  expect(asked).toBeLessThan(20_000);
});
