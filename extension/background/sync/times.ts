/** Seconds of a day. */
export const DAY = 86_400;

/** RFC 3339 of unix seconds. */
export function isoOf(second: number): string {
  return new Date(second * 1000).toISOString().replace('.000Z', 'Z');
}

/** Unix seconds of an RFC 3339 time. */
export function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}
