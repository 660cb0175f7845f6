/** What is done about events that came in: by message soon, by the tick at the latest. */
import { evaluateAlarms } from './alarms/evaluate.ts';
import { standsStill } from './alarms/standstill.ts';
import { TRACKS } from './deliverers.ts';
import { NOTIFY } from './notifier.ts';
import { BACKFILL } from './readers.ts';
import { wakeAlarms, type Wake } from './wake.ts';
import { doJobs, type Invoked, type Job } from './work.ts';

const ALARMS: Job = {
  name: 'alarms',
  async run({ env, store, clock }) {
    if ((await evaluateAlarms({ env, store, clock })) === 'left') await wakeAlarms(env, clock());
  },
};

export const FOLLOWERS: Readonly<Record<Wake['kind'], readonly Job[]>> = {
  alarms: [ALARMS, NOTIFY],
  tracks: TRACKS,
  backfill: [BACKFILL],
};

/** Does what the messages are about, each kind once. Whatever they are about, they notice where the tick stands still. */
export async function handleWakes(invoked: Invoked, kinds: readonly Wake['kind'][]): Promise<void> {
  await doJobs(
    invoked,
    [...new Set(kinds)].flatMap((kind) => FOLLOWERS[kind]),
  );
  await noticeStandstill(invoked);
}

const STANDSTILL: Job = {
  name: 'standstill',
  async run({ env, store, clock }) {
    const now = clock();
    if (await standsStill(store, now)) await wakeAlarms(env, now);
  },
};

/** Wakes who tells of it where the tick stands still; any request may say so. */
export async function noticeStandstill(invoked: Invoked): Promise<void> {
  await doJobs(invoked, [STANDSTILL]);
}
