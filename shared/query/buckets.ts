/** Ranges of time cut at the full hours or the midnights of a zone. */
import type { Zone } from './zone.ts';

export const STEPS = ['hour', 'day'] as const;
export type Step = (typeof STEPS)[number];

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The starts of the hours or days that a range has seconds of, oldest first, in unix seconds; undefined where there
 * are more than `max`. `to` is excluded. An hour that clocks show twice is two; one in which they are moved by part of
 * an hour is as long as they show it.
 */
export function bucketsOf(
  { from, to, step, zone }: { from: number; to: number; step: Step; zone: Zone },
  max: number,
): number[] | undefined {
  const cut = step === 'hour' ? HOURS : DAYS;
  const starts: number[] = [];
  for (let start = cut.startOf(from, zone); start < to; start = cut.after(start, zone)) {
    if (starts.length === max) return undefined;
    starts.push(start);
  }
  return starts;
}

/** The index of the last start that is not after a second; -1 where all are. */
export function bucketAt(starts: readonly number[], second: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= second) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** RFC 3339 with the offset of the zone: `2026-11-22T00:00:00+08:00`. */
export function timeIn(zone: Zone, second: number): string {
  const offset = zone.offsetAt(second);
  const clock = new Date((second + offset) * 1000).toISOString().slice(0, -'.000Z'.length);
  const minutes = Math.abs(offset) / 60;
  return `${clock}${offset < 0 ? '-' : '+'}${twoDigits(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

function twoDigits(part: number): string {
  return String(Math.floor(part)).padStart(2, '0');
}

interface Cut {
  /** The start of what holds a second. */
  startOf(second: number, zone: Zone): number;
  /** The start of what comes after the one with this start. */
  after(start: number, zone: Zone): number;
}

const HOURS: Cut = {
  startOf: (second, zone) => second - pastHour(second, zone),
  after(start, zone) {
    const next = start + HOUR;
    const past = pastHour(next, zone);
    return past === 0 ? next : next + HOUR - past;
  },
};

const DAYS: Cut = {
  startOf(second, zone) {
    const clock = second + zone.offsetAt(second);
    return zone.unixOf(clock - mod(clock, DAY));
  },
  after(start, zone) {
    // The middle of the next day: no change of clocks reaches it.
    return DAYS.startOf(start + DAY + DAY / 2, zone);
  },
};

function pastHour(second: number, zone: Zone): number {
  return mod(second + zone.offsetAt(second), HOUR);
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
