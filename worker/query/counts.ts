/** Counts of groups, as answers give them. */
import type { Group } from '../../shared/columns/group.ts';

/** How many events there are of something, told apart by what they did and what came of it. */
export type Counts = Pick<Group, 'count' | 'reads' | 'writes' | 'ok' | 'failed' | 'denied'>;

export const NO_COUNTS: Counts = { count: 0, reads: 0, writes: 0, ok: 0, failed: 0, denied: 0 };

export function countsOf({ count, reads, writes, ok, failed, denied }: Counts): Counts {
  return { count, reads, writes, ok, failed, denied };
}

/** When something happened first and last: RFC 3339 UTC, whole seconds. */
export function spanOf({ first, last }: Pick<Group, 'first' | 'last'>): { first: string; last: string } {
  return { first: timeOf(first), last: timeOf(last) };
}

/** A unix second as RFC 3339, UTC. */
export function timeOf(second: number): string {
  return new Date(second * 1000).toISOString();
}

/** One group for all with the same name, in order of first appearance. None of their rows may be the same. */
export function merged(groups: Iterable<readonly [name: string, group: Group]>): Map<string, Group> {
  const byName = new Map<string, Group>();
  for (const [name, group] of groups) {
    const known = byName.get(name);
    byName.set(name, known === undefined ? group : sumOf(known, group));
  }
  return byName;
}

/** Both groups as one, with the keys of the one that is newer. */
function sumOf(one: Group, other: Group): Group {
  const { keys, newest } = other.last > one.last ? other : one;
  return {
    keys,
    newest,
    count: one.count + other.count,
    reads: one.reads + other.reads,
    writes: one.writes + other.writes,
    ok: one.ok + other.ok,
    failed: one.failed + other.failed,
    denied: one.denied + other.denied,
    first: Math.min(one.first, other.first),
    last: Math.max(one.last, other.last),
  };
}
