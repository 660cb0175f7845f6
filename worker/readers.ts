/** Jobs that read from the cloud: what they get, and who is told when they stored something. */
import { readDirectories } from './ingest/directory/directory.ts';
import { readBuckets } from './ingest/files/files.ts';
import { lookUpPrices } from './ingest/prices/prices.ts';
import { backfill } from './ingest/poll/backfill.ts';
import { poll } from './ingest/poll/poll.ts';
import type { PollTools } from './ingest/poll/reader.ts';
import { isBackfillWaiting } from './store/backfills.ts';
import { wakeBackfill, wakeFollowers } from './wake.ts';
import type { Job, Work } from './work.ts';

export const POLL: Job = {
  name: 'poll',
  run: async (work) => {
    await telling(work, (tools) => poll(tools, work.env));
    if (await isBackfillWaiting(work.store, work.clock())) await wakeBackfill(work.env, work.clock());
  },
};

/** Log files of buckets. */
export const FILES: Job = {
  name: 'files',
  run: (work) => telling(work, (tools) => readBuckets(tools, work.env)),
};

/** Names of users and roles. */
export const DIRECTORY: Job = {
  name: 'directory',
  run: ({ store, env, clock }) => readDirectories({ store, fetch, clock }, env),
};

/** What purchases cost. */
export const PRICES: Job = {
  name: 'prices',
  run: ({ store, env, clock }) => lookUpPrices({ store, fetch, clock }, env),
};

/** One slice; it wakes the next itself. */
export const BACKFILL: Job = {
  name: 'backfill',
  run: async (work) => {
    const more = await telling(work, (tools) => backfill(tools, work.env));
    if (more) await wakeBackfill(work.env, work.clock());
  },
};

/** While a job runs on, followers are told this often. */
const TELL_MS = 10_000;

/** Does a job that may store events, and tells followers of them: while it runs, and when it is over or failed. */
async function telling<T>({ env, store, clock }: Work, job: (tools: PollTools) => Promise<T>): Promise<T> {
  const told: Promise<void>[] = [];
  let since = clock();
  let isNew = false;
  const arrived = (): void => {
    isNew = true;
    if (clock() - since < TELL_MS) return;
    since = clock();
    isNew = false;
    told.push(wakeFollowers(env, since));
  };
  try {
    return await job({ store, objects: env.RECORDS, fetch, clock, random: Math.random, arrived });
  } finally {
    if (isNew) told.push(wakeFollowers(env, clock()));
    await Promise.all(told);
  }
}
