import { expect, test } from 'vitest';
import { actionOf } from '../../../extension/alerts/model/keys.ts';
import { untilAt, untilIn } from '../../../extension/alerts/model/mute.ts';

const PLAIN = { isModified: false, isOthers: false, isOnAlert: true, singleKeys: true };

test.for([
  ['j', {}, { kind: 'step', by: 1 }],
  ['ArrowUp', {}, { kind: 'step', by: -1 }],
  ['End', {}, { kind: 'end', of: 'last' }],
  ['a', {}, { kind: 'acknowledge' }],
  ['a', { isModified: true }, undefined],
  ['a', { isOthers: true }, undefined],
  ['a', { singleKeys: false }, undefined],
  ['ArrowDown', { singleKeys: false }, { kind: 'step', by: 1 }],
  ['ArrowDown', { isOthers: true }, undefined],
  ['Enter', {}, { kind: 'open' }],
  ['Enter', { isOnAlert: false }, undefined],
  ['Escape', { isOthers: true }, { kind: 'escape' }],
  ['toString', {}, undefined],
] as const)('%s with %j means %j', ([key, more, action]) => {
  expect(actionOf({ key, ...PLAIN, ...more })).toEqual(action);
});

const NOW = Date.parse('2026-11-20T06:00:00Z');

test('a time to mute until is in the future and at most 90 days away, on the clock that is chosen', () => {
  expect(untilIn(8, NOW)).toBe('2026-11-20T14:00:00.000Z');
  expect(untilAt('2026-11-20T06:01', NOW, true)).toBe('2026-11-20T06:01:00.000Z');
  expect(untilAt('2027-02-18T06:00', NOW, true)).toBe('2027-02-18T06:00:00.000Z');
  for (const wrong of ['2027-02-18T06:01', '2026-11-20T06:00', '', 'tomorrow']) {
    expect(untilAt(wrong, NOW, true), wrong).toBeUndefined();
  }
  const local = new Date(2026, 10, 21, 9, 30);
  expect(untilAt('2026-11-21T09:30', NOW, false)).toBe(local.toISOString());
});
