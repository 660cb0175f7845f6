/** What becomes of a message that did not arrive: when it is tried again, and when it is given up. Pure. */
import { LONGEST_WAIT, type Setback } from '../../store/notices.ts';
import type { Failure } from './channel.ts';

/** Waiting doubles from the first to the longest; in seconds. */
const SHORTEST = 15;

/** Whoever is called too often counts by the minute. */
const BUSY = 60;

/** How long it is tried. */
const PATIENCE = 86_400;

export interface Failed {
  failure: Failure;
  /** Attempts that failed before, of the channel and of the message. */
  failures: number;
  attempts: number;
  /** Unix seconds. */
  now: number;
  /** From 0 to below 1. */
  random: number;
}

/**
 * The whole channel waits, longer each time, and then begins with the oldest. A message that it refuses for what is in it
 * waits alone, so that the others are sent.
 */
export function setbackOf({ failure, failures, attempts, now, random }: Failed): Setback {
  const { after, ...problem } = failure;
  const alone = failure.kind === 'refused';
  const shortest = Math.max(failure.kind === 'busy' ? BUSY : SHORTEST, after ?? 0);
  return {
    now,
    problem: { json: JSON.stringify(problem), text: failure.text },
    channelAt: alone ? 0 : now + waitOf(shortest, failures, random),
    messageAt: alone ? now + waitOf(shortest, attempts, random) : now,
    deadBefore: now - PATIENCE,
    alone,
  };
}

/** Seconds to wait after one more failure than `failures`, unlike what others wait. */
function waitOf(shortest: number, failures: number, random: number): number {
  return Math.ceil(Math.min(LONGEST_WAIT, shortest * 2 ** Math.min(failures, 10) * (1 + random / 2)));
}
