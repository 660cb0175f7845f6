/** What becomes of a delivery that did not arrive: when it is tried again, and when it is given up. */
import type { DueTrack, PendingDelivery, Setback } from '../store/deliveries.ts';
import type { Failure } from './targets/target.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Waiting doubles from the first to the second. */
const SHORTEST = 30 * SECOND;
const LONGEST = HOUR;

/** How long it is tried, and how often at least: where nothing runs for long nothing is tried. */
const PATIENCE = 7 * 24 * HOUR;
const ENOUGH = 8;

export interface Failed {
  track: Pick<DueTrack, 'failures' | 'failing'>;
  delivery: Pick<PendingDelivery, 'attempts' | 'created' | 'tried'>;
  failure: Failure;
  /** Unix ms. */
  now: number;
  /** From 0 to below 1. */
  random: number;
}

/**
 * The whole set waits, longer each time, and then tries its oldest delivery. One that the target refuses for what is in
 * it waits longer than that, so that the others get their turn.
 */
export function setbackOf({ track, delivery, failure, now, random }: Failed): Setback {
  const isRefused = failure.kind === 'refused';
  const [first, failed] = isRefused ? [delivery.tried, delivery.attempts] : [track.failing, track.failures];
  const isTried = first !== undefined && now - first >= PATIENCE && failed + 1 >= ENOUGH;
  const isOver = isTried && (isRefused || now - delivery.created >= PATIENCE);
  return {
    now,
    problem: failure,
    trackAt: now + waitOf(track.failures, random),
    deliveryAt: isRefused ? now + 2 * waitOf(delivery.attempts, random) : 0,
    // What is refused is given up alone: the others may be taken.
    ...(isOver ? { deadBefore: isRefused ? 0 : now - PATIENCE } : {}),
  };
}

/** Ms to wait after one more failure than `failures`, unlike what others wait. */
function waitOf(failures: number, random: number): number {
  return Math.min(LONGEST, Math.floor(SHORTEST * 2 ** Math.min(failures, 10) * (1 + random / 2)));
}
