import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../shared/query/matches.ts';
import { firstRowId } from '../../worker/store/rowid.ts';
import { finderOf, readSelector, type Selector, type Written } from '../../worker/tracks/match.ts';
import { partsOf, type Found } from '../../worker/tracks/parts.ts';
import { setbackOf } from '../../worker/tracks/setback.ts';
import { arbitrarySummary, DEEDS } from '../support/arbitraries.ts';
import { arbitraryTerm } from '../support/arbitrary-queries.ts';
import { printTerm } from '../../shared/query/print.ts';
import { itemOf } from '../support/parcel.ts';
import { record } from '../support/record.ts';

function selectorOf(written: Written): Selector {
  const read = readSelector(written, '*');
  if (!read.ok) throw new Error(read.error.message);
  return read.selector;
}

const arbitraryWritten: fc.Arbitrary<Written> = fc.oneof(
  fc.array(arbitraryTerm(), { maxLength: 3 }).map((terms) => ({ q: terms.map(printTerm).join(' ') })),
  fc
    .array(
      fc.record({
        product: fc.constantFrom('*', 'CVM', 'cbs', 'cam', 'nothing'),
        action: fc.constantFrom('read', 'write', '*'),
        events: fc.uniqueArray(fc.constantFrom('*', 'runinstances', ...DEEDS.map(({ event }) => event)), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
      { minLength: 1, maxLength: 30 },
    )
    .map((filters) => ({ filters })),
);

test('those found for an event are those that take it, and its searches find it', () => {
  fc.assert(
    fc.property(fc.array(arbitraryWritten, { maxLength: 12 }), arbitrarySummary(), (all, event) => {
      const sets = all.map((written) => ({ selector: selectorOf(written) }));
      const found = finderOf(sets)(event);
      const expected = sets.filter((set) => finderOf([set])(event).length === 1);
      expect(new Set(found)).toEqual(new Set(expected));
      for (const { selector } of found) {
        expect(selector.searches.some((query) => matches(query, event))).toBe(true);
      }
    }),
  );
});

describe('filters', () => {
  const run = itemOf(record()).summary;
  test.each([
    ['of its product, whatever the case', [{ product: 'CVM', action: '*', events: ['*'] }], true],
    ['of its name, whatever the case', [{ product: '*', action: '*', events: ['RUNINSTANCES'] }], true],
    ['of another product', [{ product: 'cam', action: '*', events: ['*'] }], false],
    ['of the other action', [{ product: 'cvm', action: 'read', events: ['*'] }], false],
    ['of another name', [{ product: 'cvm', action: 'write', events: ['StopInstances'] }], false],
    ['of a part of its name', [{ product: 'cvm', action: 'write', events: ['Run*'] }], false],
    [
      'that hold together only',
      [
        { product: 'cvm', action: 'read', events: ['*'] },
        { product: 'cam', action: 'write', events: ['*'] },
      ],
      false,
    ],
    [
      'of which one holds',
      [
        { product: 'cam', action: '*', events: ['*'] },
        { product: '*', action: 'write', events: ['*', 'Nothing'] },
      ],
      true,
    ],
  ] as const)('%s: %s', (_name, filters, expected) => {
    const selector = selectorOf({
      filters: filters.map((filter) => ({ ...filter, events: [...filter.events] })),
    });
    expect(finderOf([{ selector }])(run)).toHaveLength(expected ? 1 : 0);
  });
});

describe('deliveries', () => {
  const track = { number: 1, id: 'set' };
  const hour = 490_000;
  const event = (second: number, changes: Partial<Found> = {}): Found => ({
    rowId: firstRowId(hour * 3600 + second),
    length: 1000,
    arrived: 5000 + second,
    ...changes,
  });

  test('hold events of one hour each, in order, under names that do not change', () => {
    const events = [event(3600), event(59), event(3599), event(0)];
    const parts = partsOf(events, { track, mark: '000000000007', stretch: { from: 7, to: 9 } });
    expect(parts).toMatchObject([
      { hour, base: event(0).rowId, top: event(3599).rowId, stretch: { from: 7, to: 9 }, arrived: 5000 },
      { hour: hour + 1, offsets: [0] },
    ]);
    expect(parts.map(({ name }) => name)).toEqual([
      '2025112500/set_000000000007_1',
      '2025112501/set_000000000007_2',
    ]);
    expect(
      partsOf(events.toReversed(), { track, mark: '000000000007', stretch: { from: 7, to: 9 } }),
    ).toEqual(parts);
  });

  test('have a bounded number of events, and of characters', () => {
    const many = Array.from({ length: 12_000 }, (_, i) =>
      event(Math.floor(i / 10), { rowId: event(0).rowId + i, length: 10 }),
    );
    expect(partsOf(many, { track, mark: 'm' }).map(({ offsets }) => offsets.length)).toEqual([
      5000, 5000, 2000,
    ]);
    const long = Array.from({ length: 20 }, (_, i) => ({ rowId: event(i).rowId, arrived: 0 }));
    expect(partsOf(long, { track, mark: 'm' }).map(({ offsets }) => offsets.length)).toEqual([8, 8, 4]);
    const huge = [event(0, { length: 9_000_000 }), event(1)];
    expect(partsOf(huge, { track, mark: 'm' })).toHaveLength(2);
  });
});

describe('a delivery that failed', () => {
  const SECOND = 1000;
  const HOUR = 3600 * SECOND;
  const WEEK = 168 * HOUR;
  const failed = (changes: object, kind: 'server' | 'refused' = 'server') =>
    setbackOf({
      track: { failures: 0 },
      delivery: { attempts: 0, created: 0 },
      failure: { kind, text: '' },
      now: WEEK,
      random: 0,
      ...changes,
    });

  test('is tried again after half a minute, later and later, at last each hour', () => {
    const waits = Array.from({ length: 12 }, (_, failures) => failed({ track: { failures } }).trackAt - WEEK);
    expect(waits.slice(0, 4)).toEqual([30, 60, 120, 240].map((seconds) => seconds * SECOND));
    expect(waits.at(-1)).toBe(HOUR);
    expect(failed({ random: 0.99 }).trackAt - WEEK).toBeGreaterThan(40 * SECOND);
  });

  test('is given up after seven days of failing, with what is as old', () => {
    const track = { failures: 20, failing: 0 };
    expect(failed({ track })).toMatchObject({ deadBefore: 0 });
    expect(failed({ track: { failures: 20, failing: SECOND } })).not.toHaveProperty('deadBefore');
    expect(failed({ track: { failures: 2, failing: 0 } })).not.toHaveProperty('deadBefore');
    expect(failed({ track, delivery: { attempts: 1, created: SECOND } })).not.toHaveProperty('deadBefore');
  });

  test('is given up alone where it is refused, and lets others go first', () => {
    const delivery = { attempts: 8, created: WEEK, tried: 0 };
    expect(failed({ delivery }, 'refused')).toMatchObject({ deadBefore: 0 });
    expect(failed({ delivery: { attempts: 0, created: 0 } }, 'refused')).toMatchObject({
      trackAt: WEEK + 30 * SECOND,
      deliveryAt: WEEK + 60 * SECOND,
    });
    expect(failed({}).deliveryAt).toBe(0);
  });
});
