/** Messages that wake the Worker: they say that there may be work, never what it is. */
import type { Env } from './env.ts';
import { report } from './report.ts';

export interface Wake {
  kind: 'alarms' | 'tracks' | 'backfill';
  /** Unix ms when it is due: locally the clock goes on from there, so that tests run days in minutes. */
  at: number;
}

/** Events are gathered this long before they are delivered, so that a busy minute is not sixty objects. */
const GATHER_SECONDS = 20;

/** Tells whoever follows the events that some came in. Never throws: what no message wakes, the tick finds. */
export async function wakeFollowers(env: Pick<Env, 'WAKE' | 'DELIVER'>, at: number): Promise<void> {
  await wakeAlarms(env, at);
  try {
    const due = at + GATHER_SECONDS * 1000;
    await env.DELIVER.send({ kind: 'tracks', at: due }, { delaySeconds: GATHER_SECONDS });
  } catch (error) {
    report(error);
  }
}

/** Says that there may be more to look at for alarms, or to tell. Never throws: the tick does it, too. */
export async function wakeAlarms({ WAKE }: Pick<Env, 'WAKE'>, at: number): Promise<void> {
  try {
    await WAKE.send({ kind: 'alarms', at });
  } catch (error) {
    report(error);
  }
}

/** Says that a back-fill may wait. Never throws: the tick says it again. */
export async function wakeBackfill({ BACKFILL }: Pick<Env, 'BACKFILL'>, at: number): Promise<void> {
  try {
    await BACKFILL.send({ kind: 'backfill', at });
  } catch (error) {
    report(error);
  }
}
