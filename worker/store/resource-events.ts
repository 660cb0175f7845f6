/** The events that name one resource, in several cuts at once. */
import type { Arrival } from '../../shared/api/coverage.ts';
import { fold } from '../../shared/query/fold.ts';
import { matches } from '../../shared/query/matches.ts';
import type { ResolvedQuery, ResolvedTerm } from '../../shared/query/query.ts';
import { arrivalsOf, readArrivals } from './coverage.ts';
import { candidatesOf } from './candidates.ts';
import { readEvent, type StoredEvent } from './event-row.ts';
import { NAME_KINDS, token } from './index-tokens.ts';
import { rows, run, type Store } from './meter.ts';
import { ABOVE_ALL, firstRowId } from './rowid.ts';
import { inScope, whoseIs, type Scope } from './scope.ts';
import { searchOf, type Search } from './search.ts';

/** Some of a resource's events: of those that the index gives for the query, so many are looked at. */
export type Cut = { limit: number } & (
  | {
      order: 'newest';
      query: ResolvedQuery;
      /** Row id below which to begin. */
      before?: number | undefined;
    }
  | { order: 'oldest'; query: { terms: Choice[] } }
);

/** Terms that the index decides by itself. */
export type Choice = Extract<ResolvedTerm, { kind: 'choice' }>;

export interface CutFound {
  /** Those that answer the query, in the order that was asked for. */
  events: StoredEvent[];
  /** The last row id that was looked at, where there may be more beyond. */
  end?: number;
}

/**
 * Gives the events that name a resource by its id, for each cut, and the arrivals of the scope's accounts, in one
 * round trip. What only bears the id as its name is no such event.
 */
export async function readResourceEvents<const C extends readonly Cut[]>(
  store: Store,
  { scope, id }: { scope: Scope; id: string },
  cuts: C,
): Promise<{ cuts: { [K in keyof C]: CutFound }; arrivals: Arrival[] }> {
  const searches = cuts.map(({ query }) => searchOf(query, scope));
  const statements = cuts.flatMap((cut, i) => {
    const search = searches[i];
    return search?.kind === 'match' ? [statementOf(store, cut, naming(search, id))] : [];
  });
  const [arrived, ...results] = await run(store, [arrivalsOf(store, scope.accounts), ...statements]);
  const found = ({ query, limit }: Cut, i: number): CutFound => {
    const read = searches[i]?.kind === 'match' ? rows(results.shift(), readEvent) : [];
    const end = read.length > limit ? read[limit - 1] : undefined;
    const events = read
      .slice(0, limit)
      .filter(
        ({ summary }) =>
          isNamed(summary.resources, id) && inScope(scope, whoseIs(summary)) && matches(query, summary),
      );
    return { events, ...(end ? { end: end.rowId } : {}) };
  };
  return { cuts: mapped(cuts, found), arrivals: readArrivals(arrived) };
}

/** The same tuple with something else for each of its parts. */
function mapped<C extends readonly Cut[]>(
  cuts: C,
  found: (cut: Cut, i: number) => CutFound,
): { [K in keyof C]: CutFound };
function mapped(cuts: readonly Cut[], found: (cut: Cut, i: number) => CutFound): CutFound[] {
  return cuts.map(found);
}

/** Whether one of the resources has the id, in any case. */
function isNamed(resources: readonly { id: string }[], id: string): boolean {
  return resources.some((resource) => fold(resource.id) === fold(id));
}

type Match = Extract<Search, { kind: 'match' }>;

/** The search among the events that name the id. */
function naming(search: Match, id: string): Match {
  return { ...search, expression: `(${search.expression}) AND "${token(NAME_KINDS.resourceId, id)}"` };
}

function statementOf(store: Store, cut: Cut, search: Match): D1PreparedStatement {
  const limit = cut.limit + 1;
  if (cut.order === 'oldest') return store.db.prepare(OLDEST).bind(search.expression, limit);
  const { before = ABOVE_ALL, query } = cut;
  const top = query.to === undefined ? ABOVE_ALL : firstRowId(query.to);
  return candidatesOf(store, search, {
    below: Math.min(before, top),
    floor: firstRowId(query.from ?? 0),
    limit,
  });
}

const OLDEST = `
  SELECT rowid AS id, lower(hex(eid)) AS eid, seq, hex(body) AS body FROM event_fts
  WHERE event_fts MATCH ?1 ORDER BY rowid LIMIT ?2`;
