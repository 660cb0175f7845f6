import { expect, test } from 'vitest';
import type { Failure } from '../../../worker/alarms/channels/channel.ts';
import { setbackOf } from '../../../worker/alarms/channels/setback.ts';

const NOW = 1_795_300_000;
const after = (failure: Partial<Failure>, failures = 0, random = 0) =>
  setbackOf({
    failure: { kind: 'server', text: 'x', ...failure },
    failures,
    attempts: failures,
    now: NOW,
    random,
  });

test.each([
  [0, 15],
  [1, 30],
  [3, 120],
  [10, 1800],
  [1000, 1800],
])('after %i failures a channel waits %i seconds', (failures, seconds) => {
  expect(after({}, failures)).toMatchObject({ channelAt: NOW + seconds, messageAt: NOW, alone: false });
});

test('waiting differs, so that not all come back at once', () => {
  expect(after({}, 3, 0.99).channelAt - after({}, 3).channelAt).toBeGreaterThan(50);
});

test('whoever was called too often is left alone for a minute, or for as long as it says', () => {
  expect(after({ kind: 'busy' }).channelAt).toBe(NOW + 60);
  expect(after({ kind: 'busy', after: 600 }).channelAt).toBe(NOW + 600);
  expect(after({ kind: 'busy', after: 3600 }).channelAt).toBe(NOW + 1800);
});

test('a message that is refused waits alone', () => {
  expect(after({ kind: 'refused' })).toMatchObject({ channelAt: 0, messageAt: NOW + 15, alone: true });
});

test('a message is given up after a day', () => {
  expect(after({}).deadBefore).toBe(NOW - 86_400);
});

test('what is kept of a failure is not when to come back', () => {
  expect(JSON.parse(after({ status: 429, after: 5 }).problem.json)).toEqual({
    kind: 'server',
    status: 429,
    text: 'x',
  });
});
