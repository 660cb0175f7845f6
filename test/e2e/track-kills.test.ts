import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Json } from '../../shared/event/event.ts';
import { temporaryFolder } from '../cli/temporary.ts';
import type { Random } from '../support/company/rng.ts';
import { until } from '../support/installation.ts';
import { lookInto, openKillable, type Killable } from '../support/killable.ts';
import { createStage, MINUTE, type Stage } from '../support/live-story.ts';
import { idOf } from '../support/record-id.ts';
import { records } from '../support/record.ts';
import { startS3, type S3 } from '../support/s3.ts';
import { freshSeed } from '../support/seed.ts';
import { size } from '../support/size.ts';
import { startTarget, type HttpTarget } from '../support/target.ts';

const EVENTS = size(3_000, 100_000);
const BATCH = size(250, 500);
const KILLS = size(2, 10);
/** Seconds that the events are spread over. */
const SPREAD = 4 * 3600;

const BUCKET = 'tracks';
const S3_KEY = {
  accessKeyId: 'AKIDtestsTracks0000000000000000001',
  secretAccessKey: 'secretKeyOfTheTestsTracks00000001',
};
const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

const Tracks = v.object({
  tracks: v.array(v.object({ backlog: v.number(), dead: v.number(), health: v.string() })),
});
const Identified = v.object({ id: v.string() });
const Taken = v.array(Identified);

interface Play {
  worker: Killable;
  s3: S3;
  target: HttpTarget;
  stage: Stage;
  random: Random;
}

test(
  'through failing targets and SIGKILL, with all messages lost, each target ends with exactly its events',
  { timeout: size(240_000, 3_600_000) },
  async () => {
    const { seed, random } = freshSeed();
    using folder = temporaryFolder();
    const state = join(folder.path, 'state');
    const stage = createStage(Date.now());
    const rates = { limit: 0.02, internal: 0.02, server: 0.02, dropped: 0.02, truncated: 0.02 };
    const s3 = await startS3({
      buckets: [BUCKET],
      credential: S3_KEY,
      clock: () => stage.now(),
      seed,
      faults: { rates },
    });
    const target = await startTarget({ seed });
    target.strike(0.1, { does: 'answer', status: 503 }, { does: 'answer', status: 403 }, { does: 'drop' });
    const all = records(EVENTS, (i) => ({
      eventName: i % 3 === 0 ? 'RunInstances' : 'StopInstances',
      eventTime: Math.floor(Date.now() / 1000) - 60 - random.below(SPREAD),
    }));
    try {
      await using worker = await openKillable(state, {
        vars: { SIDETRAIL_ALLOW_PRIVATE: `${new URL(s3.endpoint).host},${target.host}` },
      });
      await worker.start();
      await addTracks(worker, { s3, target });
      const play = { worker, s3, target, stage, random };
      await sendAll(play, all);
      await deliverAll(play);
      await worker.stop();

      const expected = idsOf(all);
      const [runs, others] = [
        idsOf(all.filter((_, i) => i % 3 === 0)),
        idsOf(all.filter((_, i) => i % 3 !== 0)),
      ];
      expect((await inR2(state)).toSorted()).toEqual(expected);
      expect((await inS3(s3)).toSorted()).toEqual(runs);
      const { ids, repeats } = takenBy(target);
      expect(ids.toSorted()).toEqual(others);
      // At least the one that it was killed over.
      expect(repeats).toBeGreaterThan(0);
    } finally {
      await Promise.all([s3.close(), target.close()]);
    }
  },
);

async function addTracks(worker: Killable, { s3, target }: Pick<Play, 's3' | 'target'>): Promise<void> {
  const credential = { secretId: S3_KEY.accessKeyId, secretKey: S3_KEY.secretAccessKey };
  const bucket = {
    endpoint: s3.endpoint,
    bucket: BUCKET,
    region: 'ap-guangzhou',
    addressing: 'path',
    credential,
  };
  const sets = [
    { id: 'everything', q: '', format: 'events', target: { type: 'r2', prefix: 'all' } },
    {
      id: 'runs',
      q: 'event:RunInstances',
      compress: false,
      target: { type: 's3', prefix: 'runs', ...bucket },
    },
    {
      id: 'others',
      q: '-event:RunInstances',
      target: { type: 'webhook', url: `${target.url}/hook`, secret: WEBHOOK_SECRET },
    },
  ];
  for (const set of sets) {
    const body = JSON.stringify({ name: set.id, ...set });
    await worker.call('/v1/tracks', { method: 'POST', type: 'application/json', body });
  }
}

/** Sends all records, ticking now and then and killing the Worker as often as it is to be. */
async function sendAll(play: Play, all: readonly object[]): Promise<void> {
  const { worker, stage, random } = play;
  let killed = 0;
  for (let sent = 0; sent < all.length; sent += BATCH) {
    const body = all
      .slice(sent, sent + BATCH)
      .map((each) => JSON.stringify(each))
      .join('\n');
    await worker.call('/v1/events', { method: 'POST', type: 'application/x-ndjson', body });
    stage.skip(random.between(1, 2) * MINUTE);
    const isTime = killed < KILLS && sent >= (all.length * killed) / KILLS;
    if (isTime && (await killInTick(play, MOMENTS[killed % MOMENTS.length]))) killed += 1;
    else await worker.tick(stage.now());
  }
  expect(killed).toBe(KILLS);
}

/** When the Worker dies: resolves at that moment of a tick, or when the tick is over. */
type Moment = (play: Play, isOver: () => boolean) => Promise<void>;

/** While it plans, sends or writes down. */
const ANYWHERE: Moment = ({ random }) => pause(random.below(300));

const MOMENTS: readonly Moment[] = [
  // The webhook has taken something, and the Worker never learns it.
  async ({ target }, isOver) => {
    const before = target.received.length;
    target.next.push({ does: 'delay', ms: 2_000 });
    await until(() => target.received.length > before || isOver());
    target.next.length = 0;
  },
  // The same with an object: it may be there or not.
  async ({ s3, random }, isOver) => {
    const before = s3.calls.length;
    await until(() => s3.calls.length > before || isOver());
    await pause(random.below(20));
  },
  ANYWHERE,
];

/** Kills the Worker in a tick; gives whether that cut it off. */
async function killInTick(play: Play, moment: Moment = ANYWHERE): Promise<boolean> {
  const { worker, stage } = play;
  let how = 'at work';
  const ticking = worker.tick(stage.now()).then(
    () => (how = 'over'),
    () => (how = 'cut off'),
  );
  await moment(play, () => how !== 'at work');
  if (how !== 'at work') return false;
  await worker.kill();
  // What dies holds its leases for a while.
  stage.skip(2 * MINUTE);
  await worker.start();
  return (await ticking) === 'cut off';
}

/** Ticks until nothing is left to be delivered. */
async function deliverAll({ worker, stage }: Play): Promise<void> {
  for (let round = 0; round < 500; round += 1) {
    stage.skip(2 * MINUTE);
    await worker.tick(stage.now());
    const { tracks } = v.parse(Tracks, await worker.call('/v1/tracks'));
    expect(tracks.map(({ dead }) => dead)).toEqual([0, 0, 0]);
    if (tracks.every(({ backlog }) => backlog === 0)) return;
  }
  throw new Error('it never ends');
}

function idsOf(all: readonly Json[]): string[] {
  return all.map(idOf).toSorted();
}

function linesOf(text: string): Json[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Ids in the local bucket, as events. */
function inR2(state: string): Promise<string[]> {
  return lookInto(state, async ({ TRACKS }) => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await TRACKS.list({ prefix: 'all/', ...(cursor === undefined ? {} : { cursor }) });
      for (const { key } of page.objects) {
        const bytes = await (await TRACKS.get(key))?.arrayBuffer();
        const lines = linesOf(gunzipSync(bytes ?? Buffer.of()).toString());
        ids.push(...lines.map((line) => v.parse(Identified, line).id));
      }
      if (!page.truncated) return ids;
      ({ cursor } = page);
    }
  });
}

/** Ids in the other bucket, as records. */
async function inS3(s3: S3): Promise<string[]> {
  const keys = await s3.list(BUCKET);
  const objects = await Promise.all(keys.map((key) => s3.get(BUCKET, key)));
  return idsOf(objects.flatMap((object) => linesOf(object?.body.toString() ?? '')));
}

/** Ids that the webhook took; what has the key of an earlier one repeats it. */
function takenBy({ received }: HttpTarget): { ids: string[]; repeats: number } {
  const requests = received.filter((each) => each.taken);
  const taken = new Map<string, string[]>();
  for (const { headers, body } of requests) {
    const key = headers['idempotency-key'] ?? '';
    const ids = v.parse(Taken, JSON.parse(body)).map(({ id }) => id);
    expect(taken.get(key) ?? ids).toEqual(ids);
    taken.set(key, ids);
  }
  return { ids: [...taken.values()].flat(), repeats: requests.length - taken.size };
}
