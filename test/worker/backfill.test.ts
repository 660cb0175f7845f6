import { afterEach, expect, test } from 'vitest';
import { askBackfill } from '../../worker/store/backfills.ts';
import { openStore } from '../../worker/store/meter.ts';
import {
  HOUR,
  KEY,
  SOURCE,
  backfilled,
  gapRows,
  recordAt,
  requestOf,
  sourceRow,
  startFollowing,
  storedRequests,
  whenCalled,
  type Following,
} from '../support/followed.ts';
import { size, soak } from '../support/size.ts';

let following: Following;

afterEach(async () => {
  await following?.close();
});

const DAY = 24 * HOUR;

async function backfills(): Promise<Record<string, unknown>[]> {
  const { results } = await following.worker.db
    .prepare(
      `SELECT *, (SELECT sum(events) FROM backfill_window WHERE backfill = id) AS events FROM backfill ORDER BY asked`,
    )
    .all();
  return results;
}

test('what was before the first poll is read by itself, newest first, and is a gap until then', async () => {
  following = await startFollowing({ retention: 3 });
  const { worker, cloud } = following;
  const begin = following.now();
  for (let i = 0; i < 400; i += 1) {
    const time = begin - 20 * 60_000 - i * 600_000;
    cloud.add(recordAt(time, i), { indexedAt: time + 5_000 });
  }
  await following.minutes(1);
  expect(await gapRows(worker)).toMatchObject([{ reason: 'backfill' }]);
  await backfilled(following);
  expect(await storedRequests(worker)).toHaveLength(400);
  expect((await gapRows(worker)).filter(({ filled }) => filled === null)).toEqual([]);
  const [done] = await backfills();
  expect(done).toMatchObject({ events: 400, problem: null });
  expect((await sourceRow(worker))['since']).toBe(done?.['starts']);
  const starts = cloud.calls.flatMap(({ action, body }) =>
    action.endsWith('DescribeEvents') ? [JSON.parse(body).StartTime] : [],
  );
  expect(Math.min(...starts.slice(0, 4))).toBeGreaterThan((begin - 2 * DAY) / 1000);
  // Nothing of it is late, nor new: the lag is of what is polled.
  const { results } = await worker.db.prepare('SELECT late FROM arrival').all();
  expect(results).toEqual([{ late: 0 }]);
  expect((await worker.db.prepare('SELECT * FROM lag').all()).results).toEqual([]);
});

test('a back-fill that is interrupted says why and goes on from where it was', async () => {
  following = await startFollowing({ retention: 3 });
  const { worker, cloud } = following;
  const begin = following.now();
  // One window holds nearly all of it.
  for (let i = 0; i < 1_500; i += 1) {
    const time = begin - 20 * 60_000 - i * 10_000;
    cloud.add(recordAt(time, i), { indexedAt: time + 5_000 });
  }
  whenCalled(cloud, 24, () => cloud.keys.set(KEY.secretId, { ...KEY, permissions: ['sts:*'] }));
  await following.minutes(1);
  await expect.poll(async () => (await backfills())[0]?.['problem'], { timeout: 20_000 }).not.toBeNull();
  const [stopped] = await backfills();
  expect(JSON.parse(String(stopped?.['problem']))).toMatchObject({ kind: 'permission' });
  const before = await storedRequests(worker);
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(1_500);
  cloud.keys.set(KEY.secretId, KEY);
  const calls = cloud.calls.length;
  await following.minutes(6, 6);
  await backfilled(following);
  expect(await storedRequests(worker)).toHaveLength(1_500);
  // 30 pages in all: what was read before is not read again.
  const pages = cloud.calls.slice(calls).filter(({ items }) => items === 50).length;
  expect(pages).toBeLessThan(30 - Math.floor(before.length / 50) + 3);
});

test('one that is asked for finds what came too late for everything else, and counts it late', async () => {
  following = await startFollowing({ retention: 3 });
  const { worker, cloud } = following;
  await following.minutes(1);
  await backfilled(following);
  const later = following.now() + 30 * HOUR;
  for (let hour = 1; hour <= 30; hour += 6) await following.minutes(360, 360);
  cloud.add(recordAt(later - 29 * HOUR, 1));
  await following.minutes(60, 12);
  expect(await storedRequests(worker)).toEqual([]);
  const now = following.now();
  const ends = Math.floor(now / 1000);
  await askBackfill(openStore(worker.db), { source: SOURCE, starts: ends - 2 * 86_400, ends, now });
  await following.minutes(1);
  await backfilled(following);
  expect(await storedRequests(worker)).toHaveLength(1);
  const { results } = await worker.db.prepare('SELECT accepted, late FROM arrival').all();
  expect(results).toEqual([{ accepted: 1, late: 1 }]);
});

test(
  'back-fill and polling keep below the rate together, and polling waits for nothing',
  { timeout: size(60_000, 600_000) },
  async () => {
    const days = size(3, 90);
    following = await startFollowing({ retention: days, latency: [200, 400] });
    const { worker, cloud } = following;
    const stored = async (): Promise<number> =>
      (await worker.db.prepare('SELECT count(*) AS n FROM event').first<number>('n')) ?? 0;
    const begin = following.now();
    const count = size(1_500, 100_000);
    for (let i = 0; i < count; i += 1) {
      const time = Math.floor(begin - 16 * 60_000 - (i * (days * DAY - HOUR)) / count);
      cloud.add(recordAt(time, i), { indexedAt: time + 5_000 });
    }
    await following.minutes(1);
    const started = performance.now();
    await expect.poll(stored, { timeout: 30_000 }).toBeGreaterThan(500);
    cloud.add(recordAt(following.now() - 10_000, 1_000_000));
    await following.minutes(1);
    expect(await storedRequests(worker)).toContain(requestOf(1_000_000));
    expect(await stored()).toBeLessThan(count);
    await backfilled(following, size(2_000, 60_000));
    const seconds = (performance.now() - started) / 1000;
    if (soak) process.stdout.write(`${count} events back-filled in ${Math.round(seconds)} s\n`);
    expect(cloud.calls.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(await stored()).toBe(count + 1);
  },
);
