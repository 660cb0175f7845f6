import { expect, test } from 'vitest';
import { boundAt, readMoment } from '../../../shared/query/time.ts';
import { isTimeZone } from '../../../shared/query/zone.ts';

const NOW = Date.parse('2026-11-22T06:03:00.500Z');

function bound(text: string, edge: 'from' | 'to', tz: string): string {
  const moment = readMoment(text);
  if (!moment) throw new Error(`not read: ${text}`);
  return new Date(boundAt(moment, edge, NOW, tz) * 1000).toISOString().replace('.000', '');
}

test.each([
  ['15m', '2026-11-22T05:48:01Z'],
  ['4h', '2026-11-22T02:03:01Z'],
  ['7d', '2026-11-15T06:03:01Z'],
  ['2W', '2026-11-08T06:03:01Z'],
  ['0m', '2026-11-22T06:03:01Z'],
])('%s is counted back from now, rounded up to a second', (text, expected) => {
  expect(bound(text, 'from', 'Asia/Shanghai')).toBe(expected);
  expect(bound(text, 'to', 'America/New_York')).toBe(expected);
});

test.each([
  ['2026-11-22T14:03:00+08:00', '2026-11-22T06:03:00Z'],
  ['2026-11-22t06:03:00z', '2026-11-22T06:03:00Z'],
  ['2026-11-22T01:33:00-04:30', '2026-11-22T06:03:00Z'],
  ['2026-11-22T06:03Z', '2026-11-22T06:03:00Z'],
  ['2026-11-22T06:03:00.000Z', '2026-11-22T06:03:00Z'],
  ['2026-11-22T06:03:00.000000001Z', '2026-11-22T06:03:01Z'],
  ['1970-01-01T00:00:00+01:00', '1969-12-31T23:00:00Z'],
])('%s with an offset means the same in every zone', (text, expected) => {
  expect(bound(text, 'from', 'Asia/Shanghai')).toBe(expected);
  expect(bound(text, 'to', 'America/New_York')).toBe(expected);
});

test.each([
  ['2026-11-22', 'Asia/Shanghai', '2026-11-21T16:00:00Z', '2026-11-22T16:00:00Z'],
  ['2026-12-31', 'Asia/Shanghai', '2026-12-30T16:00:00Z', '2026-12-31T16:00:00Z'],
  ['2028-02-29', 'UTC', '2028-02-29T00:00:00Z', '2028-03-01T00:00:00Z'],
  // 23 hours in spring, 25 in autumn.
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
  // Midnight is skipped: the day starts at one.
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'],
  // Shanghai had summer time in 1986.
  ['1986-07-01', 'Asia/Shanghai', '1986-06-30T15:00:00Z', '1986-07-01T15:00:00Z'],
  ['2026-11-22', 'Asia/Kathmandu', '2026-11-21T18:15:00Z', '2026-11-22T18:15:00Z'],
])('the day %s in %s is the whole of it', (text, tz, from, to) => {
  expect(bound(text, 'from', tz)).toBe(from);
  expect(bound(text, 'to', tz)).toBe(to);
});

test.each([
  ['2026-11-22T14:03:00', 'Asia/Shanghai', '2026-11-22T06:03:00Z'],
  ['2026-11-22 14:03', 'Asia/Shanghai', '2026-11-22T06:03:00Z'],
  ['2026-11-22T14:03:00.5', 'Asia/Shanghai', '2026-11-22T06:03:01Z'],
  ['2026-07-01T12:00:00', 'America/New_York', '2026-07-01T16:00:00Z'],
  ['2026-12-01T12:00:00', 'America/New_York', '2026-12-01T17:00:00Z'],
  // Half past one occurs twice in this night, half past two not at all in the other.
  ['2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00Z'],
  ['2026-11-01T01:59:59.5', 'America/New_York', '2026-11-01T06:00:00Z'],
  ['2026-03-08T02:30:00', 'America/New_York', '2026-03-08T07:30:00Z'],
  ['2026-03-08T03:00:00', 'America/New_York', '2026-03-08T07:00:00Z'],
])('%s without an offset is a time in %s', (text, tz, expected) => {
  expect(bound(text, 'from', tz)).toBe(expected);
  expect(bound(text, 'to', tz)).toBe(expected);
});

test.each([
  '',
  '7',
  'd',
  '7s',
  '7y',
  '-7d',
  '1.5h',
  '999999d',
  'yesterday',
  '2026-11',
  '2026-1-2',
  '2026-13-01',
  '2026-02-29',
  '2026-04-31',
  '2026-11-22T',
  '2026-11-22T10',
  '2026-11-22T10:60',
  '2026-11-22T24:00',
  '2026-11-22T10:00:60Z',
  '2026-11-22T10:00+0800',
  '2026-11-22T10:00+24:00',
  '2026-11-22Z',
  '0026-11-22',
])('%j is no moment', (text) => {
  expect(readMoment(text)).toBeUndefined();
});

test('zones are told from other texts', () => {
  expect(isTimeZone('Asia/Shanghai')).toBe(true);
  expect(isTimeZone('Asia/Nowhere')).toBe(false);
  expect(isTimeZone('')).toBe(false);
});
