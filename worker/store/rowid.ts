/**
 * Row ids of events order by whole seconds of their time, then by arrival: so many fit into one second. More would
 * make the distances between ids longer, and every posting in the index with them.
 */
export const SLOTS = 2 ** 14;

/** Who only pushes may fill half of a second, so that nobody who does can keep out what is read. */
export const PUSHED_SLOTS = SLOTS / 2;

/** The first row id of a unix second. Far below 2^53. */
export function firstRowId(second: number): number {
  return second * SLOTS;
}

/** The unix second of an RFC 3339 time; fractions are cut, since order and ranges know whole seconds only. */
export function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** The unix second of a row id. */
export function secondOfRow(rowId: number): number {
  return Math.floor(rowId / SLOTS);
}

/** Above every row id there can be. */
export const ABOVE_ALL = firstRowId(2 ** 32);
