/** The events that name one resource, in several cuts at once. */
import type { Arrival } from '../../shared/api/coverage.ts';
import { fold } from '../../shared/query/fold.ts';
import type { ResolvedTerm } from '../../shared/query/query.ts';
import { arrivalsOf, readArrival } from './arrivals.ts';
import { readEvent, type StoredEvent } from './event-row.ts';
import { NAME_KINDS, token } from './index-tokens.ts';
import { rows, run, type Store } from './meter.ts';
import { ABOVE_ALL } from './rowid.ts';
import { inScope, whoseIs, type Scope } from './scope.ts';
import { searchOf } from './search.ts';

/** Some of a resource's events. */
export interface Cut {
  /** What else must hold; only terms that the index decides by itself. */
  terms: ResolvedTerm[];
  order: 'newest' | 'oldest';
  /** Row id below which to begin. */
  before?: number | undefined;
  limit: number;
}

export interface CutFound {
  /** In the order that was asked for. */
  events: StoredEvent[];
  /** The last row id that was looked at, where there are more beyond. */
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
  const searches = cuts.map(({ terms }) => searchOf({ terms }, scope));
  const statements = cuts.flatMap((cut, i) => {
    const search = searches[i];
    return search?.kind === 'match'
      ? [statementOf(store, cut, `(${search.expression}) AND ${named(id)}`)]
      : [];
  });
  const [arrived, ...results] = await run(store, [arrivalsOf(store, scope.accounts), ...statements]);
  const found = (cut: Cut, i: number): CutFound => {
    const read = searches[i]?.kind === 'match' ? rows(results.shift(), readEvent) : [];
    const end = read.length > cut.limit ? read[cut.limit - 1] : undefined;
    const events = read
      .slice(0, cut.limit)
      .filter(({ summary }) => isNamed(summary.resources, id) && inScope(scope, whoseIs(summary)));
    return { events, ...(end ? { end: end.rowId } : {}) };
  };
  return { cuts: mapped(cuts, found), arrivals: rows(arrived, readArrival) };
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

function named(id: string): string {
  return `"${token(NAME_KINDS.resourceId, id)}"`;
}

function statementOf({ db }: Store, { order, before, limit }: Cut, expression: string): D1PreparedStatement {
  return db.prepare(order === 'newest' ? NEWEST : OLDEST).bind(expression, before ?? ABOVE_ALL, limit + 1);
}

const pageWhere = (order: string): string => `
  SELECT rowid AS id, lower(hex(eid)) AS eid, seq, hex(body) AS body FROM event_fts
  WHERE event_fts MATCH ?1 AND rowid < CAST(?2 AS INTEGER) ORDER BY rowid ${order} LIMIT ?3`;

const NEWEST = pageWhere('DESC');
const OLDEST = pageWhere('ASC');
