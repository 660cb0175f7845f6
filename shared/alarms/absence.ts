/** Since when something that should happen does not. */
import type { Hours } from './schedule.ts';

const MINUTE = 60;

/** Hours come again each week: when they do not fit by then, they never do. With a day for clocks that change. */
const ROUND = 8 * 86_400;

/**
 * The unix second, at most `now`, at which nothing had happened for `within` seconds since `last`; undefined where that is
 * not so. Both ends of these seconds are within the hours: that a night is silent says nothing where only days count.
 */
export function absentSince(
  { last, within, hours }: { last: number; within: number; hours: Hours },
  now: number,
): number | undefined {
  const end = Math.min(now, last + within + ROUND);
  for (let at = last + within; at <= end; at += MINUTE) {
    if (hours(at) && hours(at - within)) return at;
  }
  return undefined;
}
