import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketAt, bucketsOf, timeIn, type Step } from '../../../shared/query/buckets.ts';
import { zoneOf } from '../../../shared/query/zone.ts';

function starts(tz: string, step: Step, from: string, to: string): string[] | undefined {
  const zone = zoneOf(tz);
  const range = { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000 };
  return bucketsOf({ ...range, step, zone }, 2400)?.map((start) => timeIn(zone, start));
}

test.each<[string, string, Step, string, string, string[]]>([
  [
    'a day begins at midnight of the zone',
    'Asia/Kolkata',
    'day',
    '2026-01-01T18:29:59Z',
    '2026-01-01T18:30:01Z',
    ['2026-01-01T00:00:00+05:30', '2026-01-02T00:00:00+05:30'],
  ],
  [
    'the end is excluded',
    'UTC',
    'day',
    '2026-01-01T00:00:00Z',
    '2026-01-02T00:00:00Z',
    ['2026-01-01T00:00:00+00:00'],
  ],
  [
    'a day that clocks make longer',
    'Europe/Berlin',
    'day',
    '2026-10-24T22:00:00Z',
    '2026-10-26T00:00:00Z',
    ['2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00'],
  ],
  [
    'a midnight that never was',
    'America/Sao_Paulo',
    'day',
    '2018-11-03T12:00:00Z',
    '2018-11-05T12:00:00Z',
    ['2018-11-03T00:00:00-03:00', '2018-11-04T01:00:00-02:00', '2018-11-05T00:00:00-02:00'],
  ],
  [
    'a day that never was',
    'Pacific/Apia',
    'day',
    '2011-12-30T00:00:00Z',
    '2011-12-30T12:00:00Z',
    ['2011-12-29T00:00:00-10:00', '2011-12-31T00:00:00+14:00'],
  ],
  [
    'an hour that is skipped',
    'Europe/Berlin',
    'hour',
    '2026-03-29T00:00:00Z',
    '2026-03-29T02:00:00Z',
    ['2026-03-29T01:00:00+01:00', '2026-03-29T03:00:00+02:00'],
  ],
  [
    'clocks that go back by half an hour',
    'Australia/Lord_Howe',
    'hour',
    '2026-04-04T14:00:00Z',
    '2026-04-04T16:31:00Z',
    ['2026-04-05T01:00:00+11:00', '2026-04-05T02:00:00+10:30', '2026-04-05T03:00:00+10:30'],
  ],
  ['an empty range', 'UTC', 'hour', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', []],
])('%s', (_name, tz, step, from, to, expected) => {
  expect(starts(tz, step, from, to)).toEqual(expected);
});

test('more than the most are none', () => {
  const range = { from: 0, to: 2400 * 3600, step: 'hour', zone: zoneOf('UTC') } as const;
  expect(bucketsOf(range, 2400)).toHaveLength(2400);
  expect(bucketsOf({ ...range, to: range.to + 1 }, 2400)).toBeUndefined();
});

test('every second of a range lies in exactly one hour and one day of a zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Asia/Kolkata', 'Europe/Berlin', 'America/St_Johns', 'Africa/Casablanca'),
      fc.constantFrom<Step>('hour', 'day'),
      fc.integer({ min: 1_700_000_000, max: 1_800_000_000 }),
      fc.array(fc.nat(20 * 86_400 - 1), { maxLength: 50 }),
      (tz, step, from, offsets) => {
        const zone = zoneOf(tz);
        const length = step === 'hour' ? '2026-11-22T14'.length : '2026-11-22'.length;
        const found = bucketsOf({ from, to: from + 20 * 86_400, step, zone }, 2400) ?? [];
        expect(found).toEqual(found.toSorted((one, other) => one - other));
        for (const second of offsets.map((offset) => from + offset)) {
          const index = bucketAt(found, second);
          expect(found[index]).toBeLessThanOrEqual(second);
          expect(found[index + 1] ?? Infinity).toBeGreaterThan(second);
          expect(timeIn(zone, found[index] ?? 0).slice(0, length)).toBe(
            timeIn(zone, second).slice(0, length),
          );
        }
      },
    ),
  );
});
