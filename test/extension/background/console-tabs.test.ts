import { expect, test } from 'vitest';
import { openConsoleTabs, type ConsoleTabs } from '../../../extension/background/console-tabs.ts';
import { memoryArea } from './memory-area.ts';

function open(there: ReadonlySet<number>, area = memoryArea()): ConsoleTabs {
  return openConsoleTabs({ area, isThere: (tabId) => Promise.resolve(there.has(tabId)) });
}

test('nobody looks until a console page opens, and no longer when the last is gone', async () => {
  const there = new Set([1, 2]);
  const tabs = open(there);
  expect(await tabs.isAny()).toBe(false);
  await Promise.all([tabs.seen(1), tabs.seen(2), tabs.seen(1)]);
  expect(await tabs.isAny()).toBe(true);
  there.delete(1);
  expect(await tabs.isAny()).toBe(true);
  there.delete(2);
  expect(await tabs.isAny()).toBe(false);
});

test('what did not answer is not asked again until it says that it is there', async () => {
  const there = new Set<number>();
  const tabs = open(there);
  await tabs.seen(7);
  expect(await tabs.isAny()).toBe(false);
  there.add(7);
  expect(await tabs.isAny()).toBe(false);
  await tabs.seen(7);
  expect(await tabs.isAny()).toBe(true);
});

test('a background that was stopped knows the tabs, and reads what else was kept as none', async () => {
  const area = memoryArea();
  await open(new Set(), area).seen(3);
  expect(await open(new Set([3]), area).isAny()).toBe(true);
  await area.set({ 'console-tabs': 'nonsense' });
  expect(await open(new Set([3]), area).isAny()).toBe(false);
});
