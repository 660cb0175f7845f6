import { afterEach, expect, test } from 'vitest';
import { createRandom } from '../support/company/rng.ts';
import {
  HOUR,
  KEY,
  MINUTE,
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

/** What happened in a made-up account, and when the cloud told. Unix ms. */
interface Happened {
  number: number;
  time: number;
  indexedAt: number;
}

/** Events over some days: nine of ten are indexed within a minute, some within the horizon, a few long after it. */
function story(count: number, from: number, to: number): Happened[] {
  const random = createRandom(11);
  return Array.from({ length: count }, (_, number) => {
    const time = Math.floor((from + (to - from) * random.unit()) / 1000) * 1000;
    const dice = random.unit();
    const [least, most] =
      dice < 0.9 ? [1_000, 50_000] : dice < 0.97 ? [MINUTE, 50 * MINUTE] : [100 * MINUTE, 10 * HOUR];
    return { number, time, indexedAt: Math.floor(time + random.between(least, most)) };
  });
}

test.each(['newest', 'oldest'] as const)(
  'over days with a fault in every tenth call nothing is missing, nothing is twice, no mark is ahead, late ones count (%s first)',
  { timeout: size(120_000, 3_600_000) },
  async (order) => {
    const truncated = soak ? 0.02 : 0;
    following = await startFollowing({
      order,
      retention: size(3, 7),
      faults: { rates: { limit: 0.03, internal: 0.025, server: 0.025, dropped: 0.02, truncated } },
    });
    const { worker, cloud } = following;
    const begin = following.now();
    const end = begin + size(3, 60) * HOUR;
    const happened = story(size(500, 20_000), begin - 30 * HOUR, end);
    for (const { number, time, indexedAt } of happened) {
      cloud.add(recordAt(time, number), { indexedAt });
      if (number % 25 === 0) cloud.add(recordAt(time, number), { indexedAt: indexedAt + MINUTE });
    }
    await following.tickAt(begin);
    await backfilled(following);
    let settled = 0;
    const marks: { at: number; mark: number }[] = [];
    for (let tick = 1; following.now() < end + 26 * HOUR; tick += 1) {
      // What comes after the last event need not be looked at so closely.
      const step = following.now() < end + HOUR ? 13 : 180;
      await following.minutes(step, step);
      const row = await sourceRow(worker);
      const mark = Number(row['settled_to'] ?? 0);
      expect(mark).toBeGreaterThanOrEqual(settled);
      settled = mark;
      marks.push({ at: following.now(), mark });
      if (tick % 6 !== 0) continue;
      const here = new Set(await storedRequests(worker));
      const due = happened.filter(
        ({ time, indexedAt }) => time / 1000 < mark && (indexedAt - time < HOUR || indexedAt < begin),
      );
      expect(due.filter(({ number }) => !here.has(requestOf(number)))).toEqual([]);
    }
    expect(await storedRequests(worker)).toEqual(happened.map(({ number }) => requestOf(number)).toSorted());
    const { results } = await worker.db.prepare(`SELECT * FROM arrival`).all();
    expect(results).toMatchObject([{ source: 'api', accepted: happened.length, conflict: 0, refused: 0 }]);
    // Late is what comes in below the mark: all that the cloud told after it was seen there, and nothing that it told in
    // time. In between is what was told while faults held the mark back.
    const markAt = (time: number): number => marks.findLast(({ at }) => at <= time)?.mark ?? 0;
    const surely = happened.filter(({ time, indexedAt }) => time / 1000 < markAt(indexedAt)).length;
    const perhaps = happened.filter(({ time, indexedAt }) => indexedAt - time > HOUR && indexedAt > begin);
    expect(surely).toBeGreaterThan(0.9 * perhaps.length);
    expect(results[0]?.['late']).toBeGreaterThanOrEqual(surely);
    expect(results[0]?.['late']).toBeLessThanOrEqual(perhaps.length);
    expect(Number(results[0]?.['late_longest'])).toBeGreaterThan(100 * 60);
    expect((await gapRows(worker)).filter(({ filled }) => filled === null)).toEqual([]);
  },
);

test('a quiet minute costs one page, a busy one those that are new, where pages come newest first', async () => {
  following = await startFollowing();
  const { worker, cloud } = following;
  let number = 0;
  const busy = async (count: number): Promise<void> => {
    const now = following.now();
    for (let i = count; i > 0; i -= 1) {
      cloud.add(recordAt(now - i * 100 - 10_000, number), { indexedAt: now - i * 10 });
      number += 1;
    }
    await following.minutes(1);
  };
  await busy(180);
  await backfilled(following);
  await busy(1);
  await busy(1);
  const asked = async (count: number): Promise<number> => {
    const before = cloud.calls.length;
    await busy(count);
    const bodies = cloud.calls.slice(before).map(({ body }) => JSON.parse(body));
    // What is read again ends earlier.
    return bodies.filter(({ EndTime }) => EndTime * 1000 > following.now() - MINUTE).length;
  };
  expect(await asked(0)).toBe(1);
  expect(await asked(3)).toBe(2);
  expect(await asked(120)).toBe(4);
  expect(await storedRequests(worker)).toHaveLength(number);
});

test('ticks that overlap poll once', async () => {
  following = await startFollowing({ latency: [200, 300] });
  const { worker, cloud } = following;
  await following.minutes(1);
  await backfilled(following);
  cloud.add(recordAt(following.now() - 1_000, 1));
  const before = cloud.calls.length;
  const next = following.now() + MINUTE;
  await Promise.all([following.tickAt(next), worker.tick(new Date(next)), worker.tick(new Date(next))]);
  const polls = cloud.calls
    .slice(before)
    .filter(({ body }) => JSON.parse(body).EndTime * 1000 > next - MINUTE);
  expect(polls).toHaveLength(1);
  expect(await storedRequests(worker)).toEqual([requestOf(1)]);
});

test('a poll that is interrupted leaves nothing out: what it stored is not taken for known', async () => {
  following = await startFollowing();
  const { worker, cloud } = following;
  for (let i = 0; i < 60; i += 1) cloud.add(recordAt(following.now() - i * 1_000, i));
  await following.minutes(1);
  await backfilled(following);
  await following.minutes(2);
  const now = following.now();
  for (let i = 300; i > 0; i -= 1) {
    cloud.add(recordAt(now - i * 100, 1_000 + i), { indexedAt: now - i });
  }
  // The first three pages come, then the cloud fails for the rest of the tick.
  whenCalled(cloud, 3, () => (cloud.faults.rates.internal = 1));
  await following.minutes(1);
  const between = await storedRequests(worker);
  expect(between.length).toBeGreaterThan(60);
  expect(between.length).toBeLessThan(360);
  const seen = Number((await sourceRow(worker))['seen_to']);
  expect(seen * 1000).toBeLessThan(now);
  cloud.faults.rates.internal = 0;
  await following.minutes(1);
  expect(await storedRequests(worker)).toHaveLength(360);
});

test('an answer that breaks off is asked for again', async () => {
  // With this seed the half of an answer claims to be all of it.
  following = await startFollowing({ seed: 3 });
  const { worker, cloud } = following;
  cloud.add(recordAt(following.now() - 5_000, 1));
  cloud.faults.next.push('dropped', 'truncated');
  await following.minutes(1);
  expect(await storedRequests(worker)).toEqual([requestOf(1)]);
});

test('an outage of ours is a gap until it is read after all', async () => {
  following = await startFollowing();
  const { worker, cloud } = following;
  await following.minutes(1);
  await backfilled(following);
  const stopped = following.now();
  for (let i = 0; i < 300; i += 1) {
    const time = stopped + i * 36_000;
    cloud.add(recordAt(time, i), { indexedAt: time + 5_000 });
  }
  // Back again, but the cloud fails half-way: the gap stays open.
  whenCalled(cloud, 2, () => (cloud.faults.rates.server = 1));
  await following.tickAt(stopped + 4 * HOUR);
  expect(await gapRows(worker)).toMatchObject([
    { reason: 'backfill' },
    { reason: 'stopped', filled: null, detail: '' },
  ]);
  cloud.faults.rates.server = 0;
  await following.minutes(1);
  expect((await gapRows(worker)).filter(({ filled }) => filled === null)).toEqual([]);
  expect(await storedRequests(worker)).toHaveLength(300);
});

test('an outage of theirs is a gap that says why, and is read after all', async () => {
  following = await startFollowing();
  const { worker, cloud } = following;
  await following.minutes(1);
  await backfilled(following);
  const begun = following.now();
  cloud.faults.rates.internal = 1;
  cloud.add(recordAt(begun + 5 * MINUTE, 1), { indexedAt: begun + 6 * MINUTE });
  await following.minutes(24, 12);
  expect((await gapRows(worker)).at(-1)).toMatchObject({
    reason: 'failing',
    detail: 'InternalError',
    filled: null,
  });
  expect(await sourceRow(worker)).toMatchObject({ failures: 2 });
  cloud.faults.rates.internal = 0;
  await following.minutes(1);
  expect((await gapRows(worker)).at(-1)).toMatchObject({ reason: 'failing', filled: expect.any(Number) });
  expect(await sourceRow(worker)).toMatchObject({ failures: 0, problem: null });
  expect(await storedRequests(worker)).toEqual([requestOf(1)]);
});

test('what is older than the cloud keeps is lost, and said to be', async () => {
  following = await startFollowing();
  const { worker, cloud } = following;
  await following.minutes(1);
  await backfilled(following);
  const keepLong = { method: 'PATCH', json: { retention: 200 } };
  await worker.call(`/v1/accounts/${KEY.account}`, keepLong);
  const gone = following.now();
  const back = gone + 100 * 24 * HOUR;
  cloud.add(recordAt(gone + 5 * 24 * HOUR, 1), { indexedAt: gone + 5 * 24 * HOUR });
  cloud.add(recordAt(back - 24 * HOUR, 2), { indexedAt: back - 23 * HOUR });
  await following.tickAt(back);
  while (Number((await sourceRow(worker))['seen_to']) * 1000 < back) await following.minutes(1);
  const gaps = await gapRows(worker);
  const lost = gaps.find(({ reason }) => reason === 'lost');
  expect(lost).toMatchObject({ filled: null, closed: expect.any(Number) });
  expect(Number(lost?.['ends']) - Number(lost?.['starts'])).toBeGreaterThan(9 * 86_400);
  expect(gaps.find(({ reason }) => reason === 'stopped')).toMatchObject({ filled: expect.any(Number) });
  expect(await storedRequests(worker)).toEqual([requestOf(2)]);
  expect((await sourceRow(worker, SOURCE))['problem']).toBeNull();
});
