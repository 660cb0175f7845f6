/** What to do after a failure: what to say, and when to try again. */
import type { SourceProblem } from '../store/sources.ts';
import { adviceOf, type Failure } from '../tencent/failure.ts';

/** A failure of an action (`cam:ListUsers`) as a problem that began at `now` (unix ms). */
export function problemOf(failure: Failure, action: string, now: number): SourceProblem {
  const { kind, code, message } = failure;
  return { kind, code, message, advice: adviceOf(failure, action), since: Math.floor(now / 1000) };
}

/** Seconds to wait after another failure: twice as long each time, from `first` up to `most`. */
export function retryAfter(failures: number, { first, most }: { first: number; most: number }): number {
  return Math.min(most, first * 2 ** Math.min(failures, 30));
}
