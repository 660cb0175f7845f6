import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addHits,
  forgetHits,
  NO_HITS,
  PER_SECOND,
  secondOfHit,
  type HitMemory,
  type Window,
} from '../../../shared/alarms/hits.ts';
import { SLOTS } from '../../../worker/store/rowid.ts';
import { size } from '../../support/size.ts';

function hit(second: number, place = 0): number {
  return second * PER_SECOND + place;
}

/** The hits that are in a full window, by the definition of it. */
function inRuns(hits: readonly number[], { atLeast, within }: Window): number[] {
  return hits.filter((each) =>
    hits.some((start) => {
      const window = hits.filter(
        (other) =>
          secondOfHit(other) >= secondOfHit(start) && secondOfHit(other) - secondOfHit(start) < within,
      );
      return window.length >= atLeast && window.includes(each);
    }),
  );
}

test('a row id of the store is a hit', () => {
  expect(PER_SECOND).toBe(SLOTS);
});

test.each([
  ['two within the window', [0, 299], { atLeast: 2, within: 300 }, 2],
  ['two a whole window apart', [0, 300], { atLeast: 2, within: 300 }, 0],
  ['one is enough where one is asked for', [7], { atLeast: 1, within: 60 }, 1],
  ['a minute whose change is amid', [59, 61], { atLeast: 2, within: 60 }, 2],
  ['a day', [0, 86_399], { atLeast: 2, within: 86_400 }, 2],
])('%s', (_name, seconds, window, gained) => {
  const { runs } = addHits(
    NO_HITS,
    seconds.map((second) => hit(second)),
    window,
  );
  expect(runs.flatMap((run) => run.gained)).toHaveLength(gained);
});

test('hits that only later ones complete are gained then, each once', () => {
  const window = { atLeast: 3, within: 60 };
  const one = addHits(NO_HITS, [hit(0), hit(10)], window);
  expect(one.runs).toEqual([]);
  const two = addHits(one.memory, [hit(20)], window);
  expect(two.runs).toEqual([{ first: 0, last: 20, gained: [hit(0), hit(10), hit(20)] }]);
  const three = addHits(two.memory, [hit(20), hit(30)], window);
  expect(three.runs).toEqual([{ first: 0, last: 30, gained: [hit(30)] }]);
});

test('what is amid a run is not remembered one by one, but counts, and once where it may have been there', () => {
  const window = { atLeast: 3, within: 60 };
  const { memory } = addHits(
    NO_HITS,
    Array.from({ length: 500 }, (_, i) => hit(i)),
    window,
  );
  expect(memory.hits).toHaveLength(6);
  expect(memory.dense).toEqual([{ from: 3, to: 496, count: 494 }]);
  const late = hit(100, 5);
  expect(addHits(memory, [late], window).runs).toEqual([{ first: 0, last: 499, gained: [late] }]);
  expect(addHits(memory, [late], window, new Set([late])).runs).toEqual([]);
});

const windows = fc.record({
  atLeast: fc.integer({ min: 1, max: 6 }),
  within: fc.integer({ min: 1, max: 40 }),
});
const streams = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 0, max: 200 }), fc.nat({ max: 3 })).map(([second, place]) => hit(second, place)),
  { maxLength: 60 },
);

test('counted part by part, in any order and with repetitions, the same hits are in runs as by the definition', () => {
  fc.assert(
    fc.property(
      windows,
      streams,
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }),
      fc.boolean(),
      (window, stream, cuts, repeats) => {
        let memory: HitMemory = NO_HITS;
        const gained: number[] = [];
        let at = 0;
        for (const length of [...cuts, stream.length]) {
          const part = stream.slice(at, at + length);
          at += part.length;
          const again = repeats ? stream.slice(Math.max(0, at - part.length - 3), at - part.length) : [];
          const step = addHits(memory, [...part, ...again], window, new Set(again));
          // What is kept as text is what is gone on with.
          memory = JSON.parse(JSON.stringify(step.memory));
          gained.push(...step.runs.flatMap((run) => run.gained));
        }
        expect(gained.toSorted((one, other) => one - other)).toEqual(
          inRuns(stream, window).toSorted((one, other) => one - other),
        );
      },
    ),
    { numRuns: size(2_000, 50_000) },
  );
});

test('what is forgotten changes nothing for what is a window younger', () => {
  fc.assert(
    fc.property(windows, streams, streams, fc.integer({ min: 0, max: 200 }), (window, first, more, floor) => {
      const late = more.filter((each) => secondOfHit(each) >= floor && !first.includes(each));
      const { memory } = addHits(NO_HITS, first, window);
      const gained = (from: HitMemory): number[] =>
        addHits(from, late, window).runs.flatMap((run) => run.gained);
      const forgot = gained(forgetHits(memory, floor - window.within));
      expect(forgot.filter((each) => late.includes(each))).toEqual(
        gained(memory).filter((each) => late.includes(each)),
      );
    }),
    { numRuns: size(1_000, 20_000) },
  );
});
