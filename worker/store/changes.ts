/** The change log: what became of the store since a number. */
import type { EventSummary } from '../../shared/event/event.ts';
import { hexToId } from '../../shared/event/identity.ts';
import { arrivalsOf, readArrival, type Arrival } from './arrivals.ts';
import { readEvent } from './event-row.ts';
import { int, maybeInt, rows, run, text, type Store } from './meter.ts';
import { firstRowId } from './rowid.ts';
import { inScope, type Scope } from './scope.ts';
import { searchOf } from './search.ts';

/** An event as it is now, or one that the caller may no longer see. */
export type Change =
  | { kind: 'event'; seq: number; event: EventSummary }
  | { kind: 'gone'; seq: number; id: string };

export interface ChangesRequest {
  scope: Scope;
  /** The last number that the caller has seen. */
  after: number;
  /** Unix seconds: older events are left out. */
  since: number;
  limit: number;
}

export interface Changes {
  /** In order of `seq`, at most `limit` events. */
  changes: Change[];
  /** The last number that was looked at; equal to `log.last` where there is nothing more. */
  through: number;
  log: LogRange;
  arrivals: Arrival[];
}

/** What the log still holds; zeros where it is empty. */
export interface LogRange {
  first: number;
  last: number;
}

/** The statement whose row `readLogRange` reads. */
export function logRangeOf(store: Store): D1PreparedStatement {
  return store.db.prepare(RANGE);
}

export function readLogRange(result: D1Result | undefined): LogRange {
  const [range] = rows(result, (row) => ({
    first: maybeInt(row, 'first') ?? 0,
    last: maybeInt(row, 'last') ?? 0,
  }));
  return range ?? { first: 0, last: 0 };
}

/** What changed after a number. One page looks at a bounded stretch of the log, however little it may show. */
export async function readChanges(
  store: Store,
  { scope, after, since, limit }: ChangesRequest,
): Promise<Changes> {
  const search = searchOf({ terms: [] }, scope);
  const [range, looked, events, moved, arrivals] = await run(store, [
    logRangeOf(store),
    store.db.prepare(LOOKED).bind(after, limit),
    store.db
      .prepare(EVENTS)
      .bind(after, limit, search.kind === 'nothing' ? '""' : search.expression, firstRowId(since)),
    store.db.prepare(MOVED).bind(after, limit),
    arrivalsOf(store, scope.accounts),
  ]);
  const log = readLogRange(range);
  const shown = rows(events, readEvent)
    .map(({ summary }) => summary)
    .filter((summary) => inScope(scope, summary));
  const full = shown.length >= limit ? shown.at(-1)?.seq : undefined;
  const through = full ?? rows(looked, (row) => maybeInt(row, 'last'))[0] ?? log.last;
  const ids = new Set(shown.map(({ id }) => id));
  const gone = rows(moved, (row) => ({ id: hexToId(text(row, 'eid')), seq: int(row, 'seq') }));
  const changes: Change[] = [
    ...shown.map((event) => ({ kind: 'event' as const, seq: event.seq, event })),
    ...gone
      .filter(({ id, seq }) => seq <= through && !ids.has(id))
      .map(({ id, seq }) => ({ kind: 'gone' as const, seq, id })),
  ];
  return {
    changes: changes.toSorted((one, other) => one.seq - other.seq),
    through,
    log,
    arrivals: rows(arrivals, readArrival),
  };
}

const RANGE = `SELECT (SELECT min(first) FROM change) AS first, (SELECT max(last) FROM change) AS last`;

// The stretch of the log that one page looks at: whole batches until they hold `limit` events.
const STRETCH = `
  WITH stretch AS (
    SELECT * FROM (
      SELECT *, sum(json_array_length(offsets)) OVER (ORDER BY first) - json_array_length(offsets) AS earlier
      FROM (SELECT * FROM change WHERE last > ?1 ORDER BY first LIMIT 100)
    ) WHERE earlier < ?2
  )`;

const LOOKED = `${STRETCH} SELECT max(last) AS last FROM stretch`;

// An event that changed again later is told there: its number is no longer in this batch.
const EVENTS = `${STRETCH}
  SELECT found.rowid AS id, lower(hex(found.eid)) AS eid, found.seq, hex(found.body) AS body
  FROM stretch CROSS JOIN json_each(stretch.offsets) AS place
  CROSS JOIN event_fts AS found ON found.rowid = stretch.base + place.value
  WHERE found.event_fts MATCH ?3 AND found.rowid >= CAST(?4 AS INTEGER)
    AND found.seq > ?1 AND found.seq BETWEEN stretch.first AND stretch.last
  ORDER BY found.seq LIMIT ?2`;

const MOVED = `${STRETCH}
  SELECT lower(hex(event.eid)) AS eid, event.seq
  FROM stretch CROSS JOIN json_each(stretch.moved) AS place
  CROSS JOIN event ON event.id = stretch.base + place.value
  WHERE event.seq > ?1 AND event.seq BETWEEN stretch.first AND stretch.last`;
