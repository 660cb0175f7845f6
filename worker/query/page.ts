/** Pages of what was counted. */

/** Where a group stands among others: by its number, the greatest first, then by its key. */
export interface Place {
  at: number;
  key: string;
}

/** The groups of one page, and the place to go on after where there are more. */
export interface Page<G> {
  shown: G[];
  after?: Place;
}

/**
 * Puts groups in order and cuts the page of `limit` that comes after a place. Groups are found again by their place,
 * not by a number of rows, so what changes in between moves no other group.
 */
export function pageOf<G>(
  groups: readonly G[],
  { limit, after }: { limit: number; after?: Place | undefined },
  placeOf: (group: G) => Place,
): Page<G> {
  const placed = groups
    .map((group) => ({ group, place: placeOf(group) }))
    .filter(({ place }) => after === undefined || compare(after, place) < 0)
    .toSorted((one, other) => compare(one.place, other.place));
  const shown = placed.slice(0, limit);
  const last = shown.at(-1);
  const more = placed.length > limit && last !== undefined;
  return { shown: shown.map(({ group }) => group), ...(more ? { after: last.place } : {}) };
}

function compare(one: Place, other: Place): number {
  if (one.at !== other.at) return other.at - one.at;
  if (one.key === other.key) return 0;
  return one.key < other.key ? -1 : 1;
}
