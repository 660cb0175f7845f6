/** What happens each minute. */
import type { Env } from './env.ts';
import { FOLLOWERS } from './follow.ts';
import { fold } from './ingest/fold.ts';
import { reclassify } from './ingest/reclassify.ts';
import { retain } from './ingest/retain.ts';
import { doJobs, type Job } from './work.ts';

const JOBS: readonly Job[] = [
  { name: 'retain', run: ({ store, env, clock }) => retain(store, env.RECORDS, clock()) },
  // Before folding, so that what events are now is in the days by the end of the tick.
  { name: 'reclassify', run: ({ store, env, clock }) => reclassify(store, env.RECORDS, clock()) },
  { name: 'fold', run: ({ store }) => fold(store) },
  ...FOLLOWERS.alarms,
  ...FOLLOWERS.tracks,
];

/** Does all of it, in this order; throws where something failed, when the rest is done. */
export async function tick(env: Env, clock: () => number): Promise<void> {
  const failed = await doJobs(env, clock, JOBS);
  if (failed > 0) throw new Error(`${failed} jobs of the tick failed`);
}
