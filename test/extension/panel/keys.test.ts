import { expect, test } from 'vitest';
import { type Action, type Pending, read } from '../../../extension/panel/model/keys.ts';

const PLAIN = { isModified: false, isTyping: false, singleKeys: true };

function pressed(keys: readonly string[], how = PLAIN): (Action | undefined)[] {
  let pending: Pending;
  return keys.map((key) => {
    const next = read(pending, { ...how, key });
    ({ pending } = next);
    return next.action;
  });
}

test.for([
  [['j'], { kind: 'step', by: 1 }],
  [['ArrowUp'], { kind: 'step', by: -1 }],
  [['4'], { kind: 'preset', preset: '7d' }],
  [['g', 'm'], { kind: 'view', view: 'me' }],
  [['c', 'j'], { kind: 'copy', format: 'json' }],
  [['g', 'x', 'j'], { kind: 'step', by: 1 }],
  [['g', 'c', 'm'], { kind: 'copy', format: 'markdown' }],
  [['Backspace'], { kind: 'back' }],
  [['constructor'], undefined],
] as const)('%j does %j', ([keys, action]) => {
  expect(pressed(keys).at(-1)).toEqual(action);
});

test('in a field only Esc means anything, and keys of the browser are its own', () => {
  expect(pressed(['j', 'Backspace', '?'], { ...PLAIN, isTyping: true })).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(pressed(['Escape'], { ...PLAIN, isTyping: true })).toEqual([{ kind: 'escape' }]);
  expect(pressed(['c', 'w'], { ...PLAIN, isModified: true })).toEqual([undefined, undefined]);
});

test('letters can be switched off; arrows and Esc cannot', () => {
  const how = { ...PLAIN, singleKeys: false };
  expect(pressed(['j', 'g', 'm', '/', '1'], how)).toEqual(Array(5).fill(undefined));
  expect(pressed(['ArrowDown', 'Escape'], how)).toEqual([{ kind: 'step', by: 1 }, { kind: 'escape' }]);
});
