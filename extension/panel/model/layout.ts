/**
 * Where rows and day bars of a list stand. All rows are of one height and the days are known, so every place is
 * arithmetic: nothing is measured, and a list of any length costs as much as its days.
 */
import type { Day } from '../../protocol/panel.ts';

/** Heights in px. */
export interface Sizes {
  row: number;
  day: number;
}

export interface LaidDay extends Day {
  /** Index of its first row. */
  first: number;
  /** Of its bar, from the top of the list; rows follow below the bar. */
  top: number;
  height: number;
}

export interface Layout {
  sizes: Sizes;
  days: LaidDay[];
  rows: number;
  height: number;
}

export function layOut(days: readonly Day[], sizes: Sizes): Layout {
  const laid: LaidDay[] = [];
  let [first, top] = [0, 0];
  for (const { date, rows } of days) {
    const height = sizes.day + rows * sizes.row;
    laid.push({ date, rows, first, top, height });
    first += rows;
    top += height;
  }
  return { sizes, days: laid, rows: first, height: top };
}

/** Top of a row. An index beyond the list is taken as its nearest row. */
export function topOfRow({ days, sizes, rows }: Layout, index: number): number {
  const within = Math.max(0, Math.min(index, rows - 1));
  const day = lastWhere(days, ({ first }) => first <= within);
  return day ? day.top + sizes.day + (within - day.first) * sizes.row : 0;
}

/** Index of the row at a height; at a day bar, of the first row below it. -1 where there are no rows. */
export function rowAt({ days, sizes, rows }: Layout, height: number): number {
  const day = lastWhere(days, ({ top }) => top <= Math.max(0, height)) ?? days[0];
  if (!day) return -1;
  const below = Math.floor((height - day.top - sizes.day) / sizes.row);
  return Math.min(day.first + Math.max(0, Math.min(below, day.rows)), rows - 1);
}

/** The days of which something lies between two heights. */
export function daysBetween({ days }: Layout, top: number, bottom: number): LaidDay[] {
  const from = days.findIndex((day) => day.top + day.height > top);
  if (from < 0) return [];
  const to = days.findIndex((day) => day.top >= bottom);
  return days.slice(from, to < 0 ? undefined : to);
}

function lastWhere(days: readonly LaidDay[], holds: (day: LaidDay) => boolean): LaidDay | undefined {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const day = days[middle];
    if (day && holds(day)) low = middle + 1;
    else high = middle;
  }
  return days[low - 1];
}
