/** Until when somebody may mute an alert. */

/** Hours that are offered, beside a date of one's own. */
export const MUTE_HOURS = [1, 8, 24, 168] as const;
export type MuteHours = (typeof MUTE_HOURS)[number];

const HOUR = 3_600_000;
const MOST = 90 * 24 * HOUR;

/** RFC 3339, so many hours from `now` (ms). */
export function untilIn(hours: MuteHours, now: number): string {
  return new Date(now + hours * HOUR).toISOString();
}

/**
 * RFC 3339 of what a field for date and time holds, `2026-11-20T14:03` on the clocks of the browser or of UTC; undefined
 * where that is no time, is over, or is more than 90 days from `now` (ms).
 */
export function untilAt(typed: string, now: number, utc: boolean): string | undefined {
  const time = Date.parse(utc ? `${typed}Z` : typed);
  return time > now && time <= now + MOST ? new Date(time).toISOString() : undefined;
}
