/** In which order a page lists its records: nothing promises one, so the records themselves tell. */

/** Of so many steps one may go the other way: records are listed by when they were indexed, not by their times. */
const SURE = 5;

/**
 * Whether the page is listed newest first, by the times of its records in the order they came; undefined where that
 * cannot be told.
 */
export function isNewestFirst(times: readonly number[]): boolean | undefined {
  let down = 0;
  let up = 0;
  for (const [i, time] of times.entries()) {
    const before = times[i - 1];
    if (before === undefined || before === time) continue;
    if (time < before) down += 1;
    else up += 1;
  }
  if (down > up * SURE) return true;
  return up > down * SURE ? false : undefined;
}
