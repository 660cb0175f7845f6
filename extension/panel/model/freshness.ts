/** How fresh what is shown is, of all sources together. */
import type { Source } from '../../../shared/event/event.ts';
import type { SourceCoverage } from '../../protocol/panel.ts';

/** Times are ms since 1970. */
export type Freshness =
  | { kind: 'nothing' }
  /** Sources are read: everything up to the marks is here. The slowest of them counts. */
  | { kind: 'marks'; seenTo: number; settledTo: number | null; isLate: boolean }
  /** Nothing is read; events come when they come. */
  | { kind: 'newest'; newest: number; source: Source };

/** A source that is read is late when it was not read for this long (ms); twice the lateness horizon for settling. */
const SEEN_WITHIN = 15 * 60_000;
const SETTLED_WITHIN = 120 * 60_000;

export function freshnessOf(coverage: readonly SourceCoverage[], now: number): Freshness {
  const seen = timesOf(coverage.map(({ seenTo }) => seenTo));
  if (seen.length > 0) {
    const settled = timesOf(coverage.map(({ settledTo }) => settledTo));
    const seenTo = Math.min(...seen);
    const settledTo = settled.length === seen.length ? Math.min(...settled) : null;
    const isLate = seenTo < now - SEEN_WITHIN || (settledTo !== null && settledTo < now - SETTLED_WITHIN);
    return { kind: 'marks', seenTo, settledTo, isLate };
  }
  const [newest] = coverage
    .flatMap(({ newest: time, source }) => (time === null ? [] : [{ newest: Date.parse(time), source }]))
    .toSorted((one, other) => other.newest - one.newest);
  return newest ? { kind: 'newest', ...newest } : { kind: 'nothing' };
}

function timesOf(marks: readonly (string | null | undefined)[]): number[] {
  return marks.flatMap((mark) => (mark == null ? [] : [Date.parse(mark)]));
}
