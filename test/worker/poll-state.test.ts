import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNewestFirst } from '../../worker/ingest/poll/order.ts';
import {
  afterWindow,
  beginState,
  nextAgain,
  nextPoll,
  readState,
  settledTo,
  underWay,
  without,
  writeState,
  type PollState,
} from '../../worker/ingest/poll/state.ts';

const NOW = 1_795_000_000_000;
const second = (ms: number): number => Math.floor(ms / 1000);

test.each([
  ['newest first', [90, 80, 80, 70, 10], true],
  ['newest first but for a late one', [90, 80, 20, 75, 70, 60, 50, 40, 30], true],
  ['oldest first', [10, 20, 30, 30, 90], false],
  ['mixed', [10, 90, 20, 80, 30], undefined],
  ['all of one second', [10, 10, 10], undefined],
  ['one', [10], undefined],
  ['none', [], undefined],
])('the order of a page is told by its times: %s', (_, times, order) => {
  expect(isNewestFirst(times)).toBe(order);
});

test('a state survives being written', () => {
  const state = underWay(beginState(NOW), 'poll', {
    from: 1,
    to: 2,
    started: NOW,
    token: '17953779497690061',
  });
  expect(readState(writeState(state))).toEqual(state);
});

test('what was interrupted is read on before anything else', () => {
  const window = { from: second(NOW) - 900, to: second(NOW), started: NOW, token: '7' };
  const state = underWay(beginState(NOW), 'poll', window);
  expect(nextPoll(state, NOW + 600_000)).toEqual(window);
  const again = underWay(state, 1800, window);
  expect(nextAgain(again, NOW)).toEqual({ delay: 1800, window });
});

test('after an outage no window is as long as the cloud forbids, and the last reaches the present', () => {
  const now = NOW + 40 * 86_400_000;
  let state = beginState(NOW);
  let count = 0;
  for (let window = nextPoll(state, now); window !== undefined; window = nextPoll(state, now)) {
    expect(window.to - window.from).toBeLessThanOrEqual(2 * 86_400);
    expect(window.from).toBeLessThanOrEqual(state.poll.mark);
    state = afterWindow(state, 'poll', window, false);
    count += 1;
  }
  expect(state.poll.mark).toBe(second(now));
  expect(count).toBeLessThan(60);
  // All of it was read late enough to count for every delay.
  expect(settledTo(state)).toBe(second(now) - 3600);
});

test('a poll that stopped early settles nothing; one that read the whole window does what it is old enough for', () => {
  const state = beginState(NOW);
  const later = NOW + 7_200_000;
  const window = { from: second(NOW) - 3700, to: second(later), started: later };
  expect(settledTo(afterWindow(state, 'poll', window, true))).toBe(settledTo(state));
  expect(settledTo(afterWindow(state, 'poll', window, false))).toBe(second(later) - 3600);
});

test('what is too old to be read is passed over, with what was under way there', () => {
  const old = { from: 10, to: 20, started: NOW, token: '7' };
  const state = without(underWay(beginState(NOW), 'poll', old), second(NOW));
  expect(state.poll).toEqual({ mark: second(NOW) });
  expect(settledTo(state)).toBe(second(NOW));
});

/** Reads of a made-up source at some moments, each done or broken off, as the tick does them. */
const moments = fc.array(
  fc.record({
    pause: fc.integer({ min: 1, max: 7_000 }),
    done: fc.integer({ min: 0, max: 6 }),
    early: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

test('marks never move back, and no event time passes a mark before it was read after that delay', () => {
  fc.assert(
    fc.property(moments, (ticks) => {
      let state: PollState = beginState(NOW);
      let now = NOW;
      const begin = state.again;
      /** Whole reads: [from, to, when]. */
      const reads: [number, number, number][] = [];
      for (const { pause, done, early } of ticks) {
        now += pause * 1000;
        for (let step = 0; step < done; step += 1) {
          const poll = nextPoll(state, now);
          const due = poll === undefined ? nextAgain(state, now) : { delay: 'poll' as const, window: poll };
          if (due === undefined) break;
          const isEarly = early && due.delay === 'poll';
          if (!isEarly) reads.push([due.window.from, due.window.to, second(due.window.started)]);
          const next = afterWindow(state, due.delay, due.window, isEarly);
          expect(next.poll.mark).toBeGreaterThanOrEqual(state.poll.mark);
          for (const [delay, { mark }] of Object.entries(next.again))
            expect(mark).toBeGreaterThanOrEqual(state.again[delay]?.mark ?? 0);
          state = next;
        }
      }
      for (const [delay, { mark }] of Object.entries(state.again)) {
        const from = begin[delay]?.mark ?? 0;
        for (let time = from; time < mark; time += 61) {
          const isRead = reads.some(
            ([start, end, at]) => start <= time && time < end && at >= time + Number(delay),
          );
          expect(isRead).toBe(true);
        }
      }
    }),
  );
});
