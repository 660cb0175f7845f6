/** Doing the same again and again, within bounds. */

export interface Bounds {
  /** As often as that at most. */
  runs: number;
  /** No run begins after so many milliseconds, */
  longest: number;
  /** unless there were fewer than that. */
  fewest: number;
}

/** Does the work, one run after the other. */
export async function repeat({ runs, longest, fewest }: Bounds, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  for (let run = 0; run < runs && (run < fewest || performance.now() - started < longest); run += 1) {
    await work();
  }
}
