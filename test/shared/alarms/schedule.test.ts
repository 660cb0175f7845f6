import { expect, test } from 'vitest';
import type { Schedule } from '../../../shared/api/alarms.ts';
import { hoursOf } from '../../../shared/alarms/schedule.ts';

const WORK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const office: Schedule = { zone: 'Asia/Shanghai', days: [...WORK], from: '09:00', to: '18:00' };
const night: Schedule = { zone: 'Asia/Shanghai', days: ['fri'], from: '22:00', to: '06:00' };
const berlin: Schedule = { zone: 'Europe/Berlin', days: ['sun'], from: '02:00', to: '04:00' };

test.each<[string, Schedule | null, string, boolean]>([
  ['no schedule is always', null, '2026-11-22T03:00:00Z', true],
  ['the first second of office hours', office, '2026-11-23T09:00:00+08:00', true],
  ['the second before', office, '2026-11-23T08:59:59+08:00', false],
  ['the last second', office, '2026-11-23T17:59:59+08:00', true],
  ['the end is excluded', office, '2026-11-23T18:00:00+08:00', false],
  ['a Sunday', office, '2026-11-22T12:00:00+08:00', false],
  ['a Sunday in UTC that is a Monday there', office, '2026-11-22T01:30:00Z', false],
  ['a Monday there that is a Sunday in UTC', { ...office, from: '00:00' }, '2026-11-22T17:00:00Z', true],
  ['outside turns it round', { ...office, outside: true }, '2026-11-22T12:00:00+08:00', true],
  ['within is not outside', { ...office, outside: true }, '2026-11-23T12:00:00+08:00', false],
  ['a night begins on its day', night, '2026-11-27T23:00:00+08:00', true],
  ['and ends on the next', night, '2026-11-28T05:59:59+08:00', true],
  ['not the morning of its day', night, '2026-11-27T05:00:00+08:00', false],
  ['nor the evening of the next', night, '2026-11-28T23:00:00+08:00', false],
  ['a whole day', { zone: 'UTC', days: ['tue'] }, '2026-11-24T23:59:59Z', true],
  [
    'the same hour for a start and an end is a whole day from it',
    { ...night, to: '22:00' },
    '2026-11-28T21:00:00+08:00',
    true,
  ],
  ['summer time: 02:30 in UTC+2', berlin, '2026-07-05T00:30:00Z', true],
  ['winter time: the same clock is an hour later in UTC', berlin, '2026-12-06T00:30:00Z', false],
  ['winter time: 02:30 in UTC+1', berlin, '2026-12-06T01:30:00Z', true],
  ['clocks that go back: the hour that comes twice, first', berlin, '2026-10-25T00:30:00Z', true],
  ['clocks that go back: the hour that comes twice, again', berlin, '2026-10-25T01:30:00Z', true],
  ['clocks that go forward: 01:59:59 is before', berlin, '2026-03-29T00:59:59Z', false],
  ['clocks that go forward: 03:00 follows at once', berlin, '2026-03-29T01:00:00Z', true],
  ['clocks that go forward: 04:00 is an hour after', berlin, '2026-03-29T02:00:00Z', false],
])('%s', (_name, schedule, time, within) => {
  expect(hoursOf(schedule)(Date.parse(time) / 1000)).toBe(within);
});
