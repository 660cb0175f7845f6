/** The job that sends messages about alerts, and what it gets. */
import { reachOf } from './access/reach.ts';
import { originOf } from './alarms/channels/origin.ts';
import { notify } from './alarms/notify.ts';
import { wakeAlarms } from './wake.ts';
import type { Job } from './work.ts';

export const NOTIFY: Job = {
  name: 'notify',
  patience: 1_000,
  async run({ env, store, secrets, clock }) {
    const outcome = await notify({
      store,
      secrets,
      clock,
      network: { fetch, reach: reachOf(env, fetch) },
      origin: originOf(env),
      random: Math.random,
      pause: (ms) => scheduler.wait(ms),
    });
    if (outcome === 'left') await wakeAlarms(env, clock());
  },
};
