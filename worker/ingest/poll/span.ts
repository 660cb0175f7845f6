/** What a back-fill reads: all that the vendor still has and the account keeps. */
import { READABLE } from './state.ts';

const DAY = 86_400;

/** The stretch that a back-fill which is asked for at `now` (unix ms) reads, in unix seconds. */
export function backfillSpan(now: number, retentionDays: number): { starts: number; ends: number } {
  const ends = Math.floor(now / 1000);
  return { starts: ends - Math.min(READABLE, retentionDays * DAY), ends };
}
