/** Jobs of the tracking sets, and what they get. */
import { reachOf } from './access/reach.ts';
import { removeOldDeliveries } from './store/track-cleanup.ts';
import { deliver } from './tracks/deliver.ts';
import { planDeliveries } from './tracks/plan.ts';
import type { Job } from './work.ts';

/** Events are gathered about as long as messages about them are held back. */
const GATHER_MS = 15_000;

const DELIVER: Job = {
  name: 'deliver',
  run: ({ env, store, secrets, clock }) =>
    deliver({
      store,
      secrets,
      clock,
      records: env.RECORDS,
      tools: { fetch, objects: env.TRACKS, reach: reachOf(env, fetch) },
      random: Math.random,
    }),
};

/** By message: what came in is planned when a while of it has gathered. */
export const TRACKS: readonly Job[] = [
  { name: 'plan', run: (work) => planDeliveries(work, GATHER_MS) },
  DELIVER,
];

/** By the tick: everything. */
export const TRACKS_AT_TICK: readonly Job[] = [
  { name: 'plan', run: (work) => planDeliveries(work, 0) },
  DELIVER,
  { name: 'forget deliveries', run: ({ store }) => removeOldDeliveries(store) },
];
