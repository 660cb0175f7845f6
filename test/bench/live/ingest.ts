/** What 50 tracking sets and 50 alarm policies cost whoever sends events. */
import { join } from 'node:path';
import { count, type Progress } from '../../../worker/cli/lib/terminal.ts';
import { recordsOf } from '../../support/cloud/records.ts';
import { openKillable, type Killable } from '../../support/killable.ts';
import { ACCOUNT } from './following.ts';

const SEED = 20_260_102;
const FOLLOWERS = 50;
const BATCH = 500;
/** Batches that one of the two takes in a row. */
const BLOCK = 4;
const BLOCKS = 8;
/** The first blocks run code that no compiler has seen yet. */
const WARM_UP = 2;
/** Seconds that the events are spread over: alarms are about the last 24 hours. */
const SPREAD = 20 * 3600;

/** Milliseconds for so many events, of each. */
export interface Followed {
  events: number;
  /** Until the answers. */
  alone: number;
  followed: number;
  /** Until everything is done about them: followed, delivered, folded. */
  aloneDone: number;
  followedDone: number;
}

/** Sends the same events to a Worker without sets and policies and to one with them, a few batches each in turn. */
export async function measureFollowed(
  folder: string,
  { signal, progress }: { signal: AbortSignal; progress: Progress },
): Promise<Followed> {
  const now = Math.floor(Date.now() / 1000);
  const all = [
    ...recordsOf(SEED, BATCH * BLOCK * BLOCKS * 1.05, now - SPREAD, now, {
      accounts: [ACCOUNT],
      late: 0,
      beyond: 0,
      twice: 0,
    }),
  ].map(({ text }) => text);
  await using alone = await openKillable(join(folder, 'alone'), { signal });
  await using followed = await openKillable(join(folder, 'followed'), { signal });
  await alone.start();
  await followed.start();
  await addFollowers(followed, all);
  const found: Followed = { events: 0, alone: 0, followed: 0, aloneDone: 0, followedDone: 0 };
  for (let block = 0; block < BLOCKS; block += 1) {
    progress.show(() => `Comparing ${count(block * BLOCK * BATCH)} events`);
    const texts = all.slice(block * BLOCK * BATCH, (block + 1) * BLOCK * BATCH);
    const [one, other] = block % 2 === 0 ? [alone, followed] : [followed, alone];
    const times = new Map([
      [one, await takeIn(one, texts)],
      [other, await takeIn(other, texts)],
    ]);
    if (block < WARM_UP) continue;
    found.events += texts.length;
    found.alone += times.get(alone)?.sent ?? 0;
    found.followed += times.get(followed)?.sent ?? 0;
    found.aloneDone += times.get(alone)?.done ?? 0;
    found.followedDone += times.get(followed)?.done ?? 0;
  }
  progress.clear();
  return found;
}

/** Sends a block and lets all be done about it, so that nothing of it runs beside the next. ms. */
async function takeIn(worker: Killable, texts: readonly string[]): Promise<{ sent: number; done: number }> {
  const started = performance.now();
  for (let at = 0; at < texts.length; at += BATCH) {
    const body = texts.slice(at, at + BATCH).join('\n');
    await worker.call('/v1/events', { method: 'POST', type: 'application/x-ndjson', body });
  }
  const sent = performance.now() - started;
  await worker.tick(Date.now());
  return { sent, done: performance.now() - started };
}

/** Sets and policies about what the events have: products, names, people, outcomes. */
async function addFollowers(worker: Killable, texts: readonly string[]): Promise<void> {
  const queries = queriesFrom(texts);
  for (let i = 0; i < FOLLOWERS; i += 1) {
    const q = queries[i % queries.length] ?? '';
    const per = [undefined, 'operator', 'resource'][i % 3];
    await post(worker, '/v1/tracks', { name: `Set ${i}`, q, target: { type: 'r2', prefix: `set-${i}` } });
    await post(worker, '/v1/alarms', {
      name: `Policy ${i}`,
      q,
      condition: { kind: 'count', atLeast: 2 + (i % 5), within: 300, ...(per === undefined ? {} : { per }) },
    });
  }
}

function queriesFrom(texts: readonly string[]): string[] {
  const records = texts.slice(0, 2_000).map((text): Record<string, unknown> => JSON.parse(text));
  const some = (field: string, most: number): string[] =>
    [...new Set(records.map((each) => String(each[field])))]
      .filter((value) => /^\w+$/.test(value))
      .slice(0, most);
  return [
    ...some('resourceType', 15).map((product) => `product:${product} action:write`),
    ...some('eventName', 20).map((event) => `event:${event}`),
    ...some('eventRegion', 5).map((region) => `region:${region} -product:cam`),
    'is:sensitive',
    'is:change product:cvm,cdb,clb',
    'outcome:failed,denied',
    'outcome:denied product:cam',
    'event:Delete*,Terminate*',
    'ip:203.0.113.0/24 action:write',
    'is:purchase',
  ];
}

async function post(worker: Killable, path: string, json: unknown): Promise<void> {
  await worker.call(path, { method: 'POST', type: 'application/json', body: JSON.stringify(json) });
}
