/** The company's clock: everyone works in UTC+8, which has no summer time. */

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;
const OFFSET = 8 * HOUR;

/** How busy people are in each hour of a working day, from midnight. */
const WORKDAY = [
  0.03, 0.02, 0.01, 0.01, 0.01, 0.02, 0.04, 0.12, 0.45, 1.1, 1.25, 1.1, 0.45, 0.7, 1.15, 1.25, 1.2, 1, 0.6,
  0.4, 0.3, 0.2, 0.12, 0.06,
];
const WEEKEND = 0.1;

/** How busy machines are, compared with people in a full hour: the same by day and night. */
export const MACHINES = 0.09;

/** Number of the local day of a time in unix seconds. */
function localDay(time: number): number {
  return Math.floor((time + OFFSET) / DAY);
}

/** Local hour of the day, 0 to 23, of a time in unix seconds. */
export function localHour(time: number): number {
  return Math.floor(((((time + OFFSET) % DAY) + DAY) % DAY) / HOUR);
}

/** Whether a time in unix seconds falls on a local Saturday or Sunday. */
export function isWeekend(time: number): boolean {
  // Day 0 (1 January 1970) was a Thursday.
  const weekday = (((localDay(time) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

/**
 * Number of the half day of a time in unix seconds: days go from 08:00 to 20:00 local time, which is from
 * midnight to noon in UTC.
 */
export function shiftOf(time: number): number {
  return Math.floor(time / (12 * HOUR));
}

/** How busy people are at a time in unix seconds: about 1 in office hours, near 0 at night. */
export function busyness(time: number): number {
  const hour = WORKDAY[localHour(time)] ?? 0;
  return isWeekend(time) ? hour * WEEKEND : hour;
}

/** The first moment at or after `time` whose local hour is `hour`, in unix seconds. */
export function nextLocalHour(time: number, hour: number): number {
  const today = localDay(time) * DAY - OFFSET + hour * HOUR;
  return today >= time ? today : today + DAY;
}

/** `YYYY-MM-DD hh:mm:ss` in UTC+8, as the vendor writes local times. */
export function localText(time: number): string {
  return new Date((time + OFFSET) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** RFC 3339 with the offset +08:00. */
export function localStamp(time: number): string {
  return `${new Date((time + OFFSET) * 1000).toISOString().slice(0, 19)}+08:00`;
}
