/** From the click on the handle to the first rows. */
import type { Docked, Pointer } from './docked.ts';

/** Milliseconds, with the background running as it does while somebody works, or stopped before each click. */
export async function measureOpening(
  { open, close, stopBackground }: Docked,
  times: number,
  background: 'warm' | 'stopped',
  by: Pointer = 'mouse',
): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < times; i += 1) {
    if (background === 'stopped') await stopBackground();
    values.push(await open(by));
    await close();
  }
  return values;
}
