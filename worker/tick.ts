/** What happens each minute. */
import { TRACKS_AT_TICK } from './deliverers.ts';
import { FOLLOWERS } from './follow.ts';
import { fold } from './ingest/fold.ts';
import { reclassify } from './ingest/reclassify.ts';
import { retain } from './ingest/retain.ts';
import { shorten } from './ingest/storage.ts';
import { DIRECTORY, FILES, POLL, PRICES } from './readers.ts';
import { openStore } from './store/meter.ts';
import { noteTick } from './store/ticks.ts';
import { doJobs, type Invoked, type Job } from './work.ts';

const JOBS: readonly Job[] = [
  // First: nothing else is worth waiting for it.
  POLL,
  FILES,
  DIRECTORY,
  { name: 'retain', run: ({ store, env, clock }) => retain(store, env.RECORDS, clock()) },
  // After what is old anyway is gone.
  { name: 'shorten', run: ({ store, clock }) => shorten(store, clock()) },
  // Before folding, so that what events are now is in the days by the end of the tick.
  { name: 'reclassify', run: ({ store, env, clock }) => reclassify(store, env.RECORDS, clock()) },
  { name: 'fold', run: ({ store }) => fold(store) },
  ...FOLLOWERS.alarms,
  ...TRACKS_AT_TICK,
  // Last: nobody waits for it.
  PRICES,
];

/** Does all of it, in this order; throws where something failed, when the rest is done. */
export async function tick(invoked: Invoked): Promise<void> {
  const { env, clock } = invoked;
  const failed = await doJobs(invoked, JOBS);
  await noteTick(openStore(env.DB), { at: clock(), failed });
  if (failed > 0) throw new Error(`${failed} jobs of the tick failed`);
}
