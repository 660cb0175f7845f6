/** Making a call again that failed for a reason that passes. */
import { isTransient, type Failed } from '../../tencent/failure.ts';
import { pause } from './reader.ts';

/** Attempts at one call: what still fails then waits for the next tick. */
const ATTEMPTS = 4;

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

interface Persistence {
  /** Unix ms. */
  clock: () => number;
  /** From 0 up to 1. */
  random: () => number;
  /** Unix ms after which no attempt is begun. */
  deadline: number;
}

/** Makes the call until it works, fails for good or time is up; waits longer each time, never exactly as long. */
export async function persist<T extends { ok: true }>(
  call: () => Promise<T | Failed>,
  { clock, random, deadline }: Persistence,
): Promise<T | Failed> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await call();
    if (result.ok || !isTransient(result.failure) || attempt === ATTEMPTS) return result;
    const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1)) * (0.5 + random());
    if (clock() + wait >= deadline) return result;
    await pause(wait);
  }
}
