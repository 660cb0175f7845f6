import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../cli/temporary.ts';
import { startCloud } from '../support/cloud/cloud.ts';
import { CLOUD_ACCOUNT } from '../support/cloud/records.ts';
import type { Cloud } from '../support/cloud/types.ts';
import type { Random } from '../support/company/rng.ts';
import { until } from '../support/installation.ts';
import { openKillable, type Killable } from '../support/killable.ts';
import { HOUR, MINUTE, createStage, happenings, type Happened, type Stage } from '../support/live-story.ts';
import { freshSeed } from '../support/seed.ts';
import { size } from '../support/size.ts';
import { followStored, storedIds } from '../support/stored.ts';

const KEY = {
  secretId: 'AKIDtestsFollower000000000000000001',
  secretKey: 'testsFollowerSecretKey0000000001',
  account: CLOUD_ACCOUNT,
};
const FAULTS = { limit: 0.02, internal: 0.02, server: 0.02, dropped: 0.02, truncated: 0.02 };

const BEFORE = { ms: size(3, 20) * 24 * HOUR, events: size(900, 25_000) };
const AFTER = { ms: size(6, 96) * HOUR, events: size(1_150, 25_500) };
const KILLS = { reading: size(1, 6), polling: size(2, 14) };

const Time = v.nullable(v.pipe(v.string(), v.transform(Date.parse)));
const Status = v.object({
  events: v.number(),
  conflict: v.number(),
  refused: v.number(),
  sources: v.array(v.object({ late: v.number(), gaps: v.array(v.unknown()) })),
  readers: v.array(
    v.object({
      since: Time,
      settledTo: Time,
      backfill: v.optional(v.object({ state: v.string(), events: v.number() })),
    }),
  ),
});

interface Play {
  worker: Killable;
  cloud: Cloud;
  stage: Stage;
  random: Random;
}

test(
  'through faults and SIGKILL each event is stored once, no mark is ahead of the truth, and what is late is counted',
  { timeout: size(240_000, 3_600_000) },
  async () => {
    const { seed, random } = freshSeed();
    using folder = temporaryFolder();
    // All of it is over by now, for those whose clock is the real one.
    const begin = Math.floor(Date.now() / MINUTE) * MINUTE - AFTER.ms - 27 * HOUR;
    const truth = happenings(seed, { begin, before: BEFORE, after: AFTER });
    const stage = createStage(begin);
    const cloud = await startCloud({
      keys: [KEY],
      clock: () => stage.now(),
      seed,
      faults: { rates: FAULTS, slowMs: 0 },
      // Days pass in moments.
      perSecond: 1_000,
    });
    for (const { text, told } of truth) for (const indexedAt of told) cloud.add(text, { indexedAt });
    try {
      await using worker = await openKillable(join(folder.path, 'state'), {
        vars: {
          TENCENT_SECRET_ID: KEY.secretId,
          TENCENT_SECRET_KEY: KEY.secretKey,
          TENCENT_ENDPOINT: cloud.url,
        },
      });
      await worker.start();
      await worker.call(`/v1/accounts/${KEY.account}`, {
        method: 'PATCH',
        type: 'application/json',
        body: JSON.stringify({ retention: Math.ceil(BEFORE.ms / (24 * HOUR)) + 7 }),
      });
      const play = { worker, cloud, stage, random };
      const check = await checkerOf(worker, truth);
      await readBack(play, check);
      await followOn(play, begin + AFTER.ms, check);
      // What came late is found when everything is read again after a day.
      while (stage.now() < begin + AFTER.ms + 26 * HOUR) await tickAfter(play, 150 * MINUTE);
      await check();

      expect((await storedIds(worker)).toSorted()).toEqual(truth.map(({ id }) => id).toSorted());
      const late = truth.filter(({ beyond, indexedAt }) => beyond && indexedAt > begin).length;
      expect(late).toBeGreaterThan(0);
      expect(v.parse(Status, await worker.call('/v1/status'))).toMatchObject({
        events: truth.length,
        conflict: 0,
        refused: 0,
        sources: [{ late, gaps: [] }],
      });
    } finally {
      await cloud.close();
    }
  },
);

/** Compares what the Worker says with the truth: what was due by its marks must be there. */
async function checkerOf(worker: Killable, truth: readonly Happened[]): Promise<() => Promise<void>> {
  const stored = await followStored(worker);
  let due = truth.filter(({ beyond }) => !beyond);
  let settled = 0;
  return async () => {
    const { readers } = v.parse(Status, await worker.call('/v1/status'));
    const { since, settledTo } = readers[0] ?? {};
    if (since == null || settledTo == null) return;
    expect(settledTo).toBeGreaterThanOrEqual(settled);
    settled = settledTo;
    const here = await stored();
    due = due.filter(({ id }) => !here.has(id));
    expect(due.filter(({ time }) => time * 1000 >= since && time * 1000 < settledTo)).toEqual([]);
  };
}

/** The first ticks and the back-fill, in real time, killed on the way. */
async function readBack({ worker, cloud, stage, random }: Play, check: () => Promise<void>): Promise<void> {
  const backfill = async (): Promise<{ state: string; events: number } | undefined> =>
    v.parse(Status, await worker.call('/v1/status')).readers[0]?.backfill;
  const share = BEFORE.events / (KILLS.reading + 1);
  for (let kill = 1; kill <= KILLS.reading; kill += 1) {
    await worker.tick(stage.now());
    const enough = share * (kill - random.unit() / 2);
    await until(async () => ((await backfill())?.events ?? 0) >= enough, 120_000);
    await pause(random.below(200));
    expect(await backfill()).toMatchObject({ state: 'running' });
    await killAndStart({ worker, cloud, stage, random });
    await check();
  }
  while ((await backfill())?.state !== 'done') {
    await worker.tick(stage.now());
    await pause(300);
  }
  await check();
}

/** Days in steps of some minutes, killed in the middle of some ticks. */
async function followOn(play: Play, end: number, check: () => Promise<void>): Promise<void> {
  const { stage, random } = play;
  const begin = stage.now();
  let killed = 0;
  // What was indexed within the hour after its time is to be found in time until then.
  while (stage.now() < end + HOUR) {
    const isTime =
      killed < KILLS.polling &&
      stage.now() - begin > ((end - begin) * (killed + random.unit())) / KILLS.polling;
    if (isTime && (await killInTick(play))) killed += 1;
    else await tickAfter(play, random.between(2, 18) * MINUTE);
    if (random.chance(0.3)) await check();
  }
  expect(killed).toBe(KILLS.polling);
}

async function tickAfter({ worker, stage }: Play, ms: number): Promise<void> {
  stage.skip(ms);
  await worker.tick(stage.now());
}

/** Kills the Worker after some of the calls that a tick makes; gives whether that cut it off. */
async function killInTick(play: Play): Promise<boolean> {
  const { worker, cloud, stage, random } = play;
  stage.skip(random.between(5, 15) * MINUTE);
  const enough = cloud.calls.length + random.below(4);
  let how = 'at work';
  const ticking = worker.tick(stage.now()).then(
    () => (how = 'over'),
    () => (how = 'cut off'),
  );
  await until(() => cloud.calls.length >= enough || how !== 'at work');
  await pause(random.below(60));
  if (how !== 'at work') return false;
  await killAndStart(play);
  return (await ticking) === 'cut off';
}

/** What dies holds its leases for a while; sometimes it is down for longer. */
async function killAndStart({ worker, stage, random }: Play): Promise<void> {
  await worker.kill();
  stage.skip(random.between(2, 6) * MINUTE);
  await worker.start();
}
