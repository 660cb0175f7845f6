/** What is done about events that came in: by message soon, by the tick at the latest. */
import type { Env } from './env.ts';
import type { Wake } from './wake.ts';
import { doJobs, type Job } from './work.ts';

export const FOLLOWERS: Readonly<Record<Wake['kind'], readonly Job[]>> = {
  alarms: [],
  tracks: [],
  backfill: [],
};

/** Does what the messages are about, each kind once. */
export async function handleWakes(
  env: Env,
  kinds: readonly Wake['kind'][],
  clock: () => number,
): Promise<void> {
  await doJobs(
    env,
    clock,
    [...new Set(kinds)].flatMap((kind) => FOLLOWERS[kind]),
  );
}
