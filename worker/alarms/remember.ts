/** What a policy makes of what came in of a group: what it remembers from now on, and what an alert is to be about. */
import * as v from 'valibot';
import type { CountCondition } from '../../shared/api/alarms.ts';
import { addHits, forgetHits, type HitMemory, NO_HITS, secondOfHit } from '../../shared/alarms/hits.ts';
import type { Span } from '../../shared/alarms/policy.ts';
import type { Memory } from '../store/alarm-pass.ts';
import { FRESH, type Gathered } from './gather.ts';

/** Events of a group that an alert is about, by row id, ascending; at least one. */
export interface Growth extends Span {
  gained: number[];
}

/** What is remembered for good: what is seen again is remembered anew. */
const SEEN_FOR = 100 * 86_400;
const EVER = 2 ** 40;

const HITS = v.object({
  hits: v.array(v.number()),
  dense: v.array(v.object({ from: v.number(), to: v.number(), count: v.number() })),
});
const LAST = v.object({ last: v.number() });

/** The last event of a policy that waits for absence: unix seconds. */
export function readLast(memory: Memory): number {
  return v.parse(LAST, JSON.parse(memory.memory)).last;
}

/** The memory of a policy that waits for absence. */
export function lastMemory(alarm: string, last: number): Memory {
  return { alarm, grp: '', memory: JSON.stringify({ last }), until: EVER };
}

/**
 * Adds what came in. `isNew` says that no earlier event of the policy is of this group: asked of what is seen for the
 * first time only. Nothing where nothing has to be remembered that is not already.
 */
export function remember(
  { policy: { alarm, condition }, group, hits }: Gathered,
  known: Memory | undefined,
  isNew: boolean,
): { memory?: Memory; growths: Growth[] } {
  const grp = group.key;
  const newest = Math.max(...hits.map(({ at }) => at));
  switch (condition.kind) {
    case 'absence': {
      // Whoever makes up events of the future must not put absence off.
      const seconds = hits.map(({ rowId, at }) => Math.min(secondOfHit(rowId), at));
      const last = Math.max(...seconds, known ? readLast(known) : 0);
      return { memory: lastMemory(alarm.id, last), growths: [] };
    }
    case 'first': {
      const until = newest + SEEN_FOR;
      // Told once a day that it is still there, not with each event.
      if (known !== undefined && known.until > until - FRESH) return { growths: [] };
      const memory = { alarm: alarm.id, grp, memory: 'null', until };
      const [first] = hits.filter(({ counts }) => counts).map(({ rowId }) => rowId);
      const gained = known === undefined && isNew && first !== undefined ? [first] : [];
      return { memory, growths: gained.map((rowId) => growthOf([rowId])) };
    }
    case 'count': {
      const counted = hits.filter(({ counts }) => counts);
      if (counted.length === 0) return { growths: [] };
      const { memory, growths } = count(condition, {
        memory: known ? v.parse(HITS, unpacked(known.memory)) : NO_HITS,
        hits: counted,
        floor: alarm.old ? 0 : Math.min(...hits.map(({ at }) => at)) - FRESH - condition.within,
      });
      const until = newest + FRESH + condition.within;
      return { memory: { alarm: alarm.id, grp, memory: packed(memory), until }, growths };
    }
  }
}

function count(
  window: CountCondition,
  { memory, hits, floor }: { memory: HitMemory; hits: Gathered['hits']; floor: number },
): { memory: HitMemory; growths: Growth[] } {
  const again = new Set(hits.flatMap((hit) => (hit.again ? [hit.rowId] : [])));
  const kept = forgetHits(memory, floor);
  const step = addHits(
    kept,
    hits.map(({ rowId }) => rowId),
    window,
    again,
  );
  return { memory: step.memory, growths: step.runs.map(({ gained }) => growthOf(gained)) };
}

function growthOf(gained: number[]): Growth {
  return { first: secondOfHit(gained[0] ?? 0), last: secondOfHit(gained.at(-1) ?? 0), gained };
}

/** Row ids as the distances between them, which are half as long. */
function packed({ hits, dense }: HitMemory): string {
  return JSON.stringify({ hits: hits.map((hit, i) => hit - (hits[i - 1] ?? 0)), dense });
}

function unpacked(text: string): HitMemory {
  const { hits, dense } = v.parse(HITS, JSON.parse(text));
  let at = 0;
  return { hits: hits.map((distance) => (at += distance)), dense };
}
