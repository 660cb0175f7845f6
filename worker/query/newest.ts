/** The newest of the rows that were selected. */
import { valueAt } from '../../shared/columns/decode.ts';
import type { Part } from '../../shared/columns/group.ts';
import { rowIdOf } from '../store/day-columns.ts';

/** Row ids of the newest rows, at most `max`, newest first. */
export function newestRows(parts: readonly Part[], max: number): number[] {
  return parts
    .flatMap(({ day, rows }) => {
      const [seconds, keys] = [day.seconds(), day.keys()];
      const newest = Array.from(rows.subarray(0, max));
      return newest.map((row) => rowIdOf({ second: seconds[row] ?? 0, key: valueAt(keys, row) }));
    })
    .toSorted((one, other) => other - one)
    .slice(0, max);
}
