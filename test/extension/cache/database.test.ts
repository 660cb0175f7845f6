// oxlint-disable-next-line import/no-unassigned-import -- it puts IndexedDB in its global place
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Copy, KeptDay } from '../../../extension/cache/copy.ts';
import { openCache, type Cache } from '../../../extension/cache/database.ts';
import { ME } from '../../support/me.ts';

const COPY: Copy = {
  owner: { origin: 'https://audit.example.com', token: 'ab', member: 'mia', scope: 's' },
  me: ME,
  coverage: [],
  lastGood: 1,
  meAt: 1,
  changes: { cursor: 'c' },
  from: null,
  filling: null,
};

function day(number: number, part = 0): KeptDay {
  return { account: '1', day: number, part, size: 1, columns: { key: `["${number}"]\n\u0000` } };
}

let cache: Cache;

beforeEach(async () => {
  cache = await openCache();
});

afterEach(async () => {
  await cache.clear();
  cache.close();
});

test('what was saved is there when it is opened again', async () => {
  await cache.save({ copy: COPY, written: [day(1), day(2), day(2, 1)] });
  await cache.save({ copy: { ...COPY, from: 7 }, written: [day(3)], removed: [['1', 2, 1]] });
  cache.close();
  cache = await openCache();
  expect(await cache.load()).toEqual({ copy: { ...COPY, from: 7 }, days: [day(1), day(2), day(3)] });
});

test('a cleared cache holds nothing, of no kind', async () => {
  await cache.save({ copy: COPY, written: [day(1)] });
  await cache.keepDetails('a', '{}', 1);
  await cache.clear();
  expect(await cache.load()).toEqual({ copy: undefined, days: [] });
  expect(await cache.details('a')).toBeUndefined();
});

test('of the events that were opened the last hundred are kept, and none that is very long', async () => {
  for (let i = 0; i < 105; i += 1) await cache.keepDetails(`e${i}`, `{"n":${i}}`, i);
  expect(await cache.details('e4')).toBeUndefined();
  expect(await cache.details('e5')).toBe('{"n":5}');
  await cache.keepDetails('long', 'x'.repeat(300_001), 200);
  expect(await cache.details('long')).toBeUndefined();
});
