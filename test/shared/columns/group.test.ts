import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Day } from '../../../shared/columns/columns.ts';
import { dayOf } from '../../../shared/columns/decode.ts';
import { type Dimension, type Group, groupBy } from '../../../shared/columns/group.ts';
import { rowOf } from '../../../shared/columns/row.ts';
import type { EventSummary } from '../../../shared/event/event.ts';
import { arbitrarySummary, FIRST_SECOND } from '../../support/arbitraries.ts';
import { SUMMARY } from './summary.ts';

const ACCOUNT = '100000000001';

/** A way to tell rows apart, and the same for events. */
interface Way {
  dimension: Dimension;
  keys(event: EventSummary): string[];
}

const WAYS: Way[] = [
  { dimension: { column: 'operator', keys: ({ id }) => [id] }, keys: ({ operator }) => [operator.id] },
  {
    dimension: { column: 'resources', keys: (resources) => resources.flatMap(({ id }) => [id, id]) },
    keys: ({ resources }) => resources.map(({ id }) => id),
  },
  {
    dimension: { column: 'person', keys: (person) => (person?.id ? [person.id] : []) },
    keys: ({ person }) => (person?.id ? [person.id] : []),
  },
  { dimension: { column: 'call', keys: ({ action }) => [action] }, keys: ({ action }) => [action] },
  { dimension: { bucket: quarterOf }, keys: (event) => [quarterOf(secondOf(event))] },
  {
    dimension: { day: ({ account, day }) => `${account}/${day}` },
    keys: (e) => [`${ACCOUNT}/${dayNumber(e)}`],
  },
];

function quarterOf(second: number): string {
  return new Date(Math.floor(second / 900) * 900_000).toISOString();
}

function secondOf({ time }: EventSummary): number {
  return Math.floor(Date.parse(time) / 1000);
}

function dayNumber(event: EventSummary): number {
  return Math.floor(secondOf(event) / 86_400);
}

/** Days of events, each event known by its place in the list. */
function partsOf(events: readonly EventSummary[]): { day: Day; rows: Uint32Array }[] {
  const byDay = Map.groupBy(events.keys(), (i) => dayNumber(events[i] ?? SUMMARY));
  return [...byDay].map(([day, places]) => {
    const rows = places.map((i) => rowOf(events[i] ?? SUMMARY, `${i}`));
    return { day: dayOf(ACCOUNT, day, rows), rows: Uint32Array.from(rows.keys()) };
  });
}

/** The same counts, event by event. */
function counted(
  events: readonly EventSummary[],
  ways: readonly Way[],
): Map<string, Omit<Group, 'keys' | 'newest'>> {
  const groups = new Map<string, EventSummary[]>();
  for (const event of events) {
    const paths = ways.reduce<string[][]>(
      (before, way) => before.flatMap((path) => way.keys(event).map((key) => [...path, key])),
      [[]],
    );
    for (const path of paths) {
      const name = JSON.stringify(path);
      groups.set(name, [...(groups.get(name) ?? []), event]);
    }
  }
  return new Map(
    [...groups].map(([name, own]) => {
      const count = (is: (event: EventSummary) => boolean): number => own.filter(is).length;
      return [
        name,
        {
          count: own.length,
          reads: count(({ action }) => action === 'read'),
          writes: count(({ action }) => action === 'write'),
          ok: count(({ outcome }) => outcome === 'ok'),
          failed: count(({ outcome }) => outcome === 'failed'),
          denied: count(({ outcome }) => outcome === 'denied'),
          first: Math.min(...own.map(secondOf)),
          last: Math.max(...own.map(secondOf)),
        },
      ];
    }),
  );
}

/** Events within three days. */
const arbitraryEvents = fc.array(
  fc.record({ event: arbitrarySummary(), hours: fc.nat(50) }).map(({ event, hours }) => ({
    ...event,
    time: new Date(Date.parse(event.time) + hours * 3_600_000).toISOString(),
  })),
  { maxLength: 40 },
);

test('groups are what counting event by event gives', () => {
  fc.assert(
    fc.property(
      arbitraryEvents,
      fc.uniqueArray(fc.constantFrom(...WAYS), { maxLength: 3 }),
      (events, ways) => {
        const groups = groupBy(
          partsOf(events),
          ways.map(({ dimension }) => dimension),
        );
        const given = groups.map((group): [string, Omit<Group, 'keys' | 'newest'>] => {
          const { keys, newest: _, ...counts } = group;
          return [JSON.stringify(keys), counts];
        });
        expect(new Map(given)).toEqual(counted(events, ways));
        expect(given).toHaveLength(new Map(given).size);
      },
    ),
  );
});

test('the newest of a group is one of its rows at its last second', () => {
  fc.assert(
    fc.property(arbitraryEvents, (events) => {
      for (const { keys, last, newest } of groupBy(partsOf(events), [
        { column: 'operator', keys: (o) => [o.id] },
      ])) {
        const event = events[Number(newest.key)];
        expect(event?.operator.id).toBe(keys[0]);
        expect(event && secondOf(event)).toBe(last);
        expect(newest).toMatchObject({ account: ACCOUNT, second: last, day: Math.floor(last / 86_400) });
      }
    }),
  );
});

test('only the rows selected are counted', () => {
  const day = dayOf(ACCOUNT, Math.floor(FIRST_SECOND / 86_400), [rowOf(SUMMARY, 'a'), rowOf(SUMMARY, 'b')]);
  expect(groupBy([{ day, rows: Uint32Array.of(1) }], [])).toMatchObject([
    { keys: [], count: 1, writes: 1, failed: 1, newest: { key: 'b' } },
  ]);
  expect(groupBy([{ day, rows: new Uint32Array() }], [])).toEqual([]);
});
