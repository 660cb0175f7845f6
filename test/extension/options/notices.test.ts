import { expect, test } from 'vitest';
import { createNotices } from '../../../extension/panel/options/notices-model.ts';

/** The switch over a browser that grants what it is asked, or does not; `calls` is what was asked of it. */
function over({ isWilling = true } = {}) {
  const calls: string[] = [];
  let isAllowed = false;
  let changed: (() => void) | undefined;
  const turnTo = (on: boolean) => async () => {
    calls.push(on ? 'allow' : 'release');
    if (!isWilling) throw new Error('no');
    isAllowed = on;
    return true;
  };
  const notices = createNotices({
    isAllowed: async () => isAllowed,
    allow: turnTo(true),
    release: turnTo(false),
    onChange: (work) => (changed = work),
    openAlerts: () => void calls.push('open'),
  });
  const changeElsewhere = (on: boolean): void => {
    isAllowed = on;
    changed?.();
  };
  return { notices, calls, changeElsewhere };
}

test('the switch is the permission: asked for in the click itself, and given back', async () => {
  const { notices, calls } = over();
  await notices.load();
  expect([notices.isOn.value, calls]).toEqual([false, []]);
  const turning = notices.turn(true);
  expect(calls).toEqual(['allow']);
  await turning;
  expect([notices.isOn.value, notices.isRefused.value]).toEqual([true, false]);
  await notices.turn(false);
  expect([notices.isOn.value, calls]).toEqual([false, ['allow', 'release']]);
});

test('who says no is told that it stays off', async () => {
  const { notices } = over({ isWilling: false });
  await notices.load();
  await notices.turn(true);
  expect([notices.isOn.value, notices.isRefused.value]).toEqual([false, true]);
});

test('a permission that is given or taken elsewhere in the browser turns the switch', async () => {
  const { notices, changeElsewhere } = over();
  await notices.load();
  changeElsewhere(true);
  await expect.poll(() => notices.isOn.value).toBe(true);
});
