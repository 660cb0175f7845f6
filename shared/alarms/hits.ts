/**
 * Counting what happened within a window of time, event by event, in any order.
 *
 * The events of a group are hits. A window of `within` seconds with `atLeast` hits in it is full; hits in full windows that
 * have a hit in common are one run. Which hits are in runs depends on the hits alone and not on the order in which they
 * came in, so counting them part by part gives the same as counting all at once.
 */

/** A hit is one number, so that hits order by time: unix second × PER_SECOND + a number of its own within the second. */
export const PER_SECOND = 2 ** 14;

/** The unix second of a hit. */
export function secondOfHit(hit: number): number {
  return Math.floor(hit / PER_SECOND);
}

export interface Window {
  atLeast: number;
  /** Seconds: two hits that are so far apart are in no window together. */
  within: number;
}

/** What is remembered of a group's hits. */
export interface HitMemory {
  /** Ascending. */
  hits: readonly number[];
  /** In the place of hits amid a run, which no longer decide about anything. */
  dense: readonly Dense[];
}

/** Hits from one unix second to another, both included: whatever comes in between is in a run too. */
export interface Dense {
  from: number;
  to: number;
  count: number;
}

export const NO_HITS: HitMemory = { hits: [], dense: [] };

/** Hits that are in a run now and were in none before. */
export interface GrownRun {
  /** Unix seconds of the first and the last of all hits of the run. */
  first: number;
  last: number;
  /** Ascending; not empty. */
  gained: number[];
}

/** More hits of one group are not remembered: the oldest are forgotten. */
const MAX_HITS = 30_000;

/** One hit, or several that are dense. */
interface Item extends Dense {
  hit?: number;
  /** Whether it was in a run before. */
  old: boolean;
}

/**
 * Adds hits. One that is remembered already is the same hit. `again` are those that may have been added earlier: among
 * hits that are forgotten they count no more.
 */
export function addHits(
  memory: HitMemory,
  added: readonly number[],
  window: Window,
  again: ReadonlySet<number> = new Set(),
): { memory: HitMemory; runs: GrownRun[] } {
  const before = itemsOf(memory);
  for (const { from, to } of runsIn(before, window)) markOld(before, from, to);
  const known = new Set(memory.hits);
  const amid = before.filter(({ hit }) => hit === undefined);
  const absorbed = new Map<Item, number[]>();
  const fresh: Item[] = [];
  for (const hit of new Set(added)) {
    if (known.has(hit)) continue;
    const second = secondOfHit(hit);
    const dense = amid.find(({ from, to }) => from <= second && second <= to);
    if (dense === undefined) fresh.push(itemOf(hit));
    else if (!again.has(hit)) absorbed.set(dense, [...(absorbed.get(dense) ?? []), hit]);
  }
  for (const [item, hits] of absorbed) item.count += hits.length;
  const items = [...before, ...fresh].toSorted(inOrder);
  const runs = runsIn(items, window);
  return {
    memory: remembered(items, runs, window),
    runs: runs.flatMap(({ from, to }) => {
      const run = items.slice(from, to + 1);
      const gained = run
        .flatMap((item) => absorbed.get(item) ?? (item.hit === undefined || item.old ? [] : [item.hit]))
        .toSorted((one, other) => one - other);
      const [first = 0, last = 0] = [run[0]?.from, run.at(-1)?.to];
      return gained.length === 0 ? [] : [{ first, last, gained }];
    }),
  };
}

/** What is remembered without what happened before a unix second. */
export function forgetHits({ hits, dense }: HitMemory, before: number): HitMemory {
  return {
    hits: hits.filter((hit) => secondOfHit(hit) >= before),
    dense: dense.filter(({ to }) => to >= before),
  };
}

function itemsOf({ hits, dense }: HitMemory): Item[] {
  return [...hits.map(itemOf), ...dense.map((each) => ({ ...each, old: true }))].toSorted(inOrder);
}

function itemOf(hit: number): Item {
  const second = secondOfHit(hit);
  return { hit, from: second, to: second, count: 1, old: false };
}

/** Hits of one second stand in order; those of the second in which dense ones begin or end, around them. */
function inOrder(one: Item, other: Item): number {
  return one.from - other.from || one.to - other.to || (one.hit ?? 0) - (other.hit ?? 0);
}

function markOld(items: readonly Item[], from: number, to: number): void {
  for (const item of items.slice(from, to + 1)) item.old = true;
}

/** The runs among items, by their places, both included. */
function runsIn(items: readonly Item[], { atLeast, within }: Window): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let [start, count] = [0, 0];
  for (const [end, item] of items.entries()) {
    count += item.count;
    for (;;) {
      const first = items[start];
      if (first === undefined || item.from - first.to < within) break;
      count -= first.count;
      start += 1;
    }
    if (count < atLeast) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.to >= start) last.to = end;
    else runs.push({ from: start, to: end });
  }
  return runs;
}

/**
 * Amid a run only how many there are is remembered: every window that reaches in from outside holds the `atLeast` hits at
 * the edge, which are kept, so it is full whatever is amid.
 */
function remembered(
  items: readonly Item[],
  runs: readonly { from: number; to: number }[],
  { atLeast }: Window,
): HitMemory {
  const kept: Item[] = [];
  let next = 0;
  for (const { from, to } of runs) {
    const [first, last] = [from + atLeast, to - atLeast];
    const amid = items.slice(first, last + 1);
    const [begin, end] = [amid[0], amid.at(-1)];
    if (begin === undefined || end === undefined || amid.length < 2) continue;
    kept.push(...items.slice(next, first));
    kept.push({
      from: begin.from,
      to: end.to,
      count: amid.reduce((sum, item) => sum + item.count, 0),
      old: true,
    });
    next = last + 1;
  }
  kept.push(...items.slice(next));
  const hits = kept.flatMap((item) => item.hit ?? []).slice(-MAX_HITS);
  const dense = kept.flatMap(({ hit, from, to, count }) => (hit === undefined ? [{ from, to, count }] : []));
  return { hits, dense };
}
