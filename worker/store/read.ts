/** Reading events: pages of a query, one event by id. */
import type { Arrival } from '../../shared/api/coverage.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { idToHex } from '../../shared/event/identity.ts';
import { matches } from '../../shared/query/matches.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { arrivalsOf, readArrivals } from './coverage.ts';
import { readEvent, type StoredEvent } from './event-row.ts';
import { rows, run, type Store } from './meter.ts';
import { ABOVE_ALL, firstRowId } from './rowid.ts';
import { inScope, whoseIs, type Scope } from './scope.ts';
import { candidatesOf } from './candidates.ts';
import { searchOf } from './search.ts';

export interface PageRequest {
  query: ResolvedQuery;
  scope: Scope;
  /** Row id below which to begin; the newest where absent. */
  before?: number;
  limit: number;
}

export interface Page extends Omit<StoredPage, 'events'> {
  /** Newest first. */
  events: EventSummary[];
}

/** A page with the row ids and records of its events. */
export interface StoredPage {
  /** Newest first. */
  events: StoredEvent[];
  /** Row id below which the next page begins; absent where this is the last. */
  next?: number;
  /** Set where the budget ran out before the page was full: everything from here on has been looked at. */
  through?: string;
  arrivals: Arrival[];
}

/** What one answer may cost. Looking at a candidate costs more than reading it: its body is unpacked. */
const BUDGET = { rowsRead: 200_000, sqlMs: 2_000, candidates: 20_000 };

/** Rows that are fetched at once when the index alone cannot decide. */
const MAX_CHUNK = 1_000;

/**
 * A page of the events that match, and the arrivals of the scope's accounts. The index gives candidates and
 * `matches` decides; where it turns candidates away, more are fetched until the page is full or the budget gone.
 */
export async function readPage(store: Store, request: PageRequest): Promise<Page> {
  const page = await readStoredPage(store, request);
  return { ...page, events: page.events.map(({ summary }) => summary) };
}

/** The same page with its events as they are stored. */
export async function readStoredPage(
  store: Store,
  { query, scope, before, limit }: PageRequest,
): Promise<StoredPage> {
  const search = searchOf(query, scope);
  const floor = query.from === undefined ? 0 : firstRowId(query.from);
  const top = query.to === undefined ? ABOVE_ALL : firstRowId(query.to);
  let below = Math.min(before ?? ABOVE_ALL, top);
  const found: StoredEvent[] = [];
  let arrivals: Arrival[] | undefined;
  let chunk = limit + 1;
  let candidates = 0;
  for (;;) {
    const stretch = { below, floor, limit: chunk };
    const statements = search.kind === 'nothing' ? [] : [candidatesOf(store, search, stretch)];
    const coverage = arrivals === undefined ? [arrivalsOf(store, scope.accounts)] : [];
    const results = await run(store, [...coverage, ...statements]);
    arrivals ??= readArrivals(results.shift());
    const page = search.kind === 'nothing' ? [] : rows(results.shift(), readEvent);
    found.push(...page.filter(({ summary }) => inScope(scope, whoseIs(summary)) && matches(query, summary)));
    candidates += page.length;
    const last = page.at(-1);
    const exhausted = page.length < chunk || last === undefined;
    if (exhausted || found.length > limit) return pageOf(found, limit, arrivals);
    below = last.rowId;
    const { rowsRead, sqlMs } = store.cost;
    if (rowsRead > BUDGET.rowsRead || sqlMs > BUDGET.sqlMs || candidates > BUDGET.candidates) {
      return { ...pageOf(found, limit, arrivals), next: below, through: last.summary.time };
    }
    chunk = Math.min(MAX_CHUNK, chunk * 4);
  }
}

function pageOf(found: StoredEvent[], limit: number, arrivals: Arrival[]): StoredPage {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const more = found.length > limit && last !== undefined;
  return { events: shown, ...(more ? { next: last.rowId } : {}), arrivals };
}

/** One event by its id, if it is in the scope. */
export async function readEventById(
  store: Store,
  scope: Scope,
  id: string,
): Promise<StoredEvent | undefined> {
  const eid = idToHex(id);
  if (eid === undefined) return undefined;
  const search = searchOf({ terms: [] }, scope);
  if (search.kind === 'nothing') return undefined;
  const [found] = await run(store, [store.db.prepare(BY_ID).bind(eid, search.expression)]);
  return rows(found, readEvent).find(({ summary }) => inScope(scope, whoseIs(summary)));
}

// Joined, not compared with a subquery: FTS5 takes a bound of rowid that is no integer (none found) for no bound.
const BY_ID = `
  SELECT event.id, lower(hex(event.eid)) AS eid, event.seq, hex(event.body) AS body
  FROM event CROSS JOIN event_fts ON event_fts.rowid = event.id
  WHERE event.eid = unhex(?1) AND event_fts MATCH ?2`;
