/** How long it takes to read back all that the vendor keeps. */
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../../worker/cli/lib/fault.ts';
import { startTicks } from '../../../worker/cli/lib/clock.ts';
import type { Log } from '../../../worker/cli/lib/log.ts';
import { bar, type Progress } from '../../../worker/cli/lib/terminal.ts';
import { recordsOf } from '../../support/cloud/records.ts';
import { ACCOUNT, progressOf, startFollowing } from './following.ts';

const SEED = 20_260_101;
const DAY = 86_400;
/** A little less than the vendor keeps. */
const DAYS = 89;
/** The first poll reads what is newer. */
const POLLED = 1_800;

export interface ReadBack {
  events: number;
  seconds: number;
  /** Requests to the vendor. */
  calls: number;
}

/** Reads back about so many events, from the first tick until it is done. A `Fault` where some are missing. */
export async function measureBackfill(
  state: string,
  events: number,
  { signal, log, progress }: { signal: AbortSignal; log: Log; progress: Progress },
): Promise<ReadBack> {
  await using following = await startFollowing(state, { signal });
  const { cloud, worker } = following;
  const to = Math.floor(Date.now() / 1000) - POLLED;
  const past = recordsOf(SEED, events, to - DAYS * DAY, to, {
    accounts: [ACCOUNT],
    late: 0,
    beyond: 0,
    twice: 0,
  });
  for (const { text, indexedAt } of past) cloud.add(text, { indexedAt });
  const started = performance.now();
  const ticks = startTicks(worker.server.url, log);
  try {
    for (;;) {
      signal.throwIfAborted();
      const { events: stored, percent, isDone } = await progressOf(worker);
      progress.show(() => `Reading back ${bar(percent, 100)}`);
      if (isDone) {
        const seconds = (performance.now() - started) / 1000;
        if (stored !== cloud.added()) throw new Fault(`Of ${cloud.added()} events ${stored} were read back.`);
        return { events: stored, seconds, calls: cloud.calls.length };
      }
      await pause(500);
    }
  } finally {
    ticks.stop();
    progress.clear();
  }
}
