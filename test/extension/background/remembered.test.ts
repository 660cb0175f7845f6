import { expect, test } from 'vitest';
import { remembered } from '../../../extension/background/remembered.ts';
import type { Area } from '../../../extension/background/store.ts';

function create() {
  const stored: Record<string, unknown> = { color: 'red', size: 1 };
  let reads = 0;
  const listeners: ((keys: readonly string[]) => void)[] = [];
  const area: Area = {
    async get(key) {
      reads += 1;
      return key in stored ? { [key]: stored[key] } : {};
    },
    async set(items) {
      Object.assign(stored, items);
    },
    async remove(key) {
      delete stored[key];
    },
  };
  return {
    stored,
    area: remembered(area, (heard) => listeners.push(heard)),
    changed: (key: string) => listeners.forEach((heard) => heard([key])),
    reads: () => reads,
  };
}

test('a value is read once, and what is not there too', async () => {
  const { area, reads } = create();
  for (let i = 0; i < 3; i += 1) {
    expect(await area.get('color')).toEqual({ color: 'red' });
    expect(await area.get('none')).toEqual({});
  }
  expect(reads()).toBe(2);
});

test('what is set or removed is read as it then is', async () => {
  const { area } = create();
  await area.get('color');
  await area.set({ color: 'blue' });
  expect(await area.get('color')).toEqual({ color: 'blue' });
  await area.remove('color');
  expect(await area.get('color')).toEqual({});
});

test('what is read while it is being set is read again afterwards', async () => {
  const { area } = create();
  const setting = area.set({ color: 'blue' });
  await area.get('color');
  await setting;
  expect(await area.get('color')).toEqual({ color: 'blue' });
});

test('what somebody else changed is read again, and nothing but that', async () => {
  const { area, stored, changed, reads } = create();
  await area.get('color');
  await area.get('size');
  Object.assign(stored, { color: 'green' });
  changed('color');
  expect(await area.get('color')).toEqual({ color: 'green' });
  expect(await area.get('size')).toEqual({ size: 1 });
  expect(reads()).toBe(3);
});

test('a value that could not be read is asked for again', async () => {
  let isBroken = true;
  const area = remembered(
    {
      get: async () => (isBroken ? Promise.reject(new Error('broken')) : { color: 'red' }),
      set: async () => {},
      remove: async () => {},
    },
    () => {},
  );
  await expect(area.get('color')).rejects.toThrow('broken');
  isBroken = false;
  expect(await area.get('color')).toEqual({ color: 'red' });
});
