import { inert } from './terminal.ts';

/** Lines shown at the end, over all reasons. */
const SHOWN = 20;
/** Reasons told apart; a server that puts the line's own text into its reasons must not fill the memory. */
const REASONS = 100;

interface Group {
  count: number;
  places: string[];
}

/** Refused records, grouped by reason with the first places of each. */
export interface Refusals {
  add(file: string, line: number | undefined, reason: string, times?: number): void;
  /** Most frequent first. */
  byReason(): { reason: string; count: number }[];
  /** At most 20 lines `file:line: reason`, and one more per reason that has further places. */
  lines(): string[];
}

export function createRefusals(): Refusals {
  const groups = new Map<string, Group>();
  const ordered = (): [string, Group][] => [...groups].toSorted(([, a], [, b]) => b.count - a.count);
  return {
    add(file, line, reason, times = 1) {
      const key = groups.has(reason) || groups.size < REASONS ? reason : 'other reasons';
      const group = groups.get(key) ?? { count: 0, places: [] };
      groups.set(key, group);
      group.count += times;
      if (line !== undefined && group.places.length < SHOWN) group.places.push(`${inert(file)}:${line}`);
    },
    byReason: () => ordered().map(([reason, { count }]) => ({ reason, count })),
    lines() {
      const all = ordered().slice(0, SHOWN);
      const each = Math.max(1, Math.floor(SHOWN / Math.max(1, all.length)));
      return all.flatMap(([reason, { count, places }]) => {
        const shown = places.slice(0, each);
        const more = count - shown.length;
        const lines = shown.map((place) => `${place}: ${inert(reason)}`);
        if (more > 0) lines.push(`… and ${more} more: ${inert(reason)}`);
        return lines;
      });
    },
  };
}
