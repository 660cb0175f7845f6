/** Messages that wake the Worker: they say that there may be work, never what it is. */
import type { Env } from './env.ts';
import { report } from './report.ts';

export interface Wake {
  kind: 'alarms' | 'tracks' | 'backfill';
  /** Unix ms when it was sent: locally the clock goes on from there, so that tests run days in minutes. */
  at: number;
}

/** Events are gathered this long before they are delivered, so that a busy minute is not sixty objects. */
const GATHER_SECONDS = 20;

/** Tells whoever follows the events that some came in. Never throws: what no message wakes, the tick finds. */
export async function wakeFollowers({ WAKE }: Pick<Env, 'WAKE'>, at: number): Promise<void> {
  try {
    await WAKE.sendBatch([
      { body: { kind: 'alarms', at } },
      { body: { kind: 'tracks', at }, delaySeconds: GATHER_SECONDS },
    ]);
  } catch (error) {
    report(error);
  }
}
