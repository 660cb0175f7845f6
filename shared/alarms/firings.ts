/** The alerts that a policy would have given, from all that happened at once. */
import type { Alarm, EventCondition } from '../api/alarms.ts';
import { absentSince } from './absence.ts';
import { addHits, NO_HITS, secondOfHit, type Window } from './hits.ts';
import { belongs, mannerOf, type Span } from './policy.ts';
import type { Hours } from './schedule.ts';

/** One alert. Times are unix seconds. */
export interface Firing extends Span {
  /** When the condition was met. */
  at: number;
  count: number;
}

export interface Asked {
  condition: EventCondition;
  silence: Alarm['silence'];
  hours: Hours;
  /** Unix seconds: what fires before goes untold, and after there is nothing. */
  from: number;
  now: number;
}

/** The alerts about one group, of whose hits there is at least one, ascending. */
export function firingsOf(hits: readonly number[], asked: Asked): Firing[] {
  const { condition, from } = asked;
  switch (condition.kind) {
    case 'count':
      return countFirings(hits, condition, asked).filter(({ at }) => at >= from);
    case 'first':
      return hits.slice(0, 1).flatMap((hit) => {
        const at = secondOfHit(hit);
        return at >= from && asked.hours(at) ? [{ at, count: 1, first: at, last: at }] : [];
      });
    case 'absence':
      return absences(hits.map(secondOfHit), condition.within, asked);
  }
}

function countFirings(hits: readonly number[], window: Window, { condition, silence }: Asked): Firing[] {
  const manner = mannerOf({ condition, silence });
  const firings: Firing[] = [];
  for (const { first, last, gained } of addHits(NO_HITS, hits, window).runs) {
    const known = firings.at(-1);
    if (known !== undefined && belongs(known, { first, last }, manner)) {
      known.last = last;
      known.count += gained.length;
    } else {
      firings.push({ at: metAt(gained, window), count: gained.length, first, last });
    }
  }
  return firings;
}

/** When the first window of a run was full. */
function metAt(hits: readonly number[], { atLeast, within }: Window): number {
  const seconds = hits.map(secondOfHit);
  const full = seconds.find((second, i) => second - (seconds[i - atLeast + 1] ?? -Infinity) < within);
  return full ?? 0;
}

function absences(seconds: readonly number[], within: number, { hours, from, now }: Asked): Firing[] {
  return [from - within, ...seconds].flatMap((last, i) => {
    const at = absentSince({ last, within, hours }, (seconds[i] ?? now + 1) - 1);
    return at === undefined || at < from ? [] : [{ at, count: 0, first: at, last: at }];
  });
}
