/** How long frames take while the list scrolls. */
import * as v from 'valibot';
import type { Docked } from './docked.ts';

/** px a frame: as one reads, as one leafs through, and as the scroll bar is dragged, a screen and more at once. */
const SPEEDS = { read: 30, leafed: 150, dragged: 2000 };
export type Pace = keyof typeof SPEEDS;

const FRAMES = 120;

/** ms of the longest frame of each run; a run goes down or up again. */
export async function measureScrolling({ ask }: Docked, times: number, pace: Pace): Promise<number[]> {
  const longest: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const by = i % 2 === 0 ? SPEEDS[pace] : -SPEEDS[pace];
    const frames = v.parse(v.array(v.number()), await ask('scroll', by, FRAMES));
    longest.push(Math.max(...frames));
  }
  return longest;
}
