/** Some of the rows that were selected. */
import type { Day } from '../../shared/columns/columns.ts';
import type { Part } from '../../shared/columns/group.ts';
import type { Test } from '../../shared/columns/select.ts';

/** The rows that pass any of the tests; parts without one are left out. */
export function narrowed(parts: readonly Part[], testsOf: (day: Day) => readonly Test[]): Part[] {
  return parts.flatMap(({ day, rows }) => {
    const tests = testsOf(day);
    const kept = rows.filter((row) => tests.some(({ codes, passes }) => passes[codes[row] ?? 0] === 1));
    return kept.length === 0 ? [] : [{ day, rows: kept }];
  });
}
