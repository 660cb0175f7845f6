/** The change log: what became of the store since a number. */
import type { Arrival } from '../../shared/api/coverage.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { hexToId } from '../../shared/event/identity.ts';
import { arrivalsOf, readArrivals } from './coverage.ts';
import { readEvent } from './event-row.ts';
import { int, maybeInt, maybeText, rows, run, text, type Row, type Store } from './meter.ts';
import { firstRowId } from './rowid.ts';
import { inScope, whoseIs, type Scope, type Whose } from './scope.ts';

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

/**
 * What changed after a number. One page looks at a bounded stretch of the log, however little of it the scope lets
 * through: rows are fetched by id and the scope decides here, since a full-text search per row costs a hundred times
 * as much.
 */
export async function readChanges(
  store: Store,
  { scope, after, since, limit }: ChangesRequest,
): Promise<Changes> {
  const [range, looked, touched, moved, arrivals] = await run(store, [
    logRangeOf(store),
    store.db.prepare(LOOKED).bind(after, limit),
    store.db.prepare(EVENTS).bind(after, limit, firstRowId(since)),
    store.db.prepare(MOVED).bind(after, limit),
    arrivalsOf(store, scope.accounts),
  ]);
  const log = readLogRange(range);
  const events = rows(touched, readEvent).map(({ summary }) => summary);
  const full = events.length === limit ? events.at(-1)?.seq : undefined;
  const through = full ?? rows(looked, (row) => maybeInt(row, 'last'))[0] ?? log.last;
  const shown = events.filter((event) => inScope(scope, whoseIs(event)));
  const ids = new Set(shown.map(({ id }) => id));
  const gone = rows(moved, readMoved).filter(
    ({ seq, id, whose }) => seq <= through && !ids.has(id) && inScope(scope, whose),
  );
  const changes: Change[] = [
    ...shown.map((event) => ({ kind: 'event' as const, seq: event.seq, event })),
    ...gone.map(({ seq, id }) => ({ kind: 'gone' as const, seq, id })),
  ];
  return {
    changes: changes.toSorted((one, other) => one.seq - other.seq),
    through,
    log,
    arrivals: readArrivals(arrivals),
  };
}

/** An event that changed hands, and whose it was. */
function readMoved(row: Row): { seq: number; id: string; whose: Whose } {
  const whose = {
    account: text(row, 'account'),
    operator: text(row, 'operator'),
    person: maybeText(row, 'person') ?? null,
  };
  return { seq: int(row, 'seq'), id: hexToId(text(row, 'eid')), whose };
}

const RANGE = `
  SELECT (SELECT first FROM change ORDER BY first LIMIT 1) AS first,
    (SELECT last FROM change ORDER BY first DESC LIMIT 1) AS last`;

// The stretch of the log that one page looks at: whole batches, from the one that holds the next number on, until
// they hold `limit` events.
const STRETCH = `
  WITH stretch AS (
    SELECT * FROM (
      SELECT *, sum(json_array_length(offsets)) OVER (ORDER BY first) - json_array_length(offsets) AS earlier
      FROM (
        SELECT * FROM change
        WHERE first >= coalesce((SELECT first FROM change WHERE first <= ?1 + 1 ORDER BY first DESC LIMIT 1), 0)
          AND last > ?1
        ORDER BY first LIMIT 100
      )
    ) WHERE earlier < ?2
  )`;

const LOOKED = `${STRETCH} SELECT max(last) AS last FROM stretch`;

// An event that changed again later is told there: its number is no longer in this batch.
const EVENTS = `${STRETCH}
  SELECT event.id, lower(hex(event.eid)) AS eid, event.seq, hex(event.body) AS body
  FROM stretch CROSS JOIN json_each(stretch.offsets) AS place
  CROSS JOIN event ON event.id = stretch.base + place.value
  WHERE event.id >= CAST(?3 AS INTEGER) AND event.seq > ?1 AND event.seq BETWEEN stretch.first AND stretch.last
  ORDER BY event.seq LIMIT ?2`;

const MOVED = `${STRETCH}
  SELECT lower(hex(event.eid)) AS eid, event.seq, moved.value ->> 'account' AS account,
    moved.value ->> 'operator' AS operator, moved.value ->> 'person' AS person
  FROM stretch CROSS JOIN json_each(stretch.moved) AS moved
  CROSS JOIN event ON event.id = stretch.base + (moved.value ->> 'offset')
  WHERE event.seq > ?1 AND event.seq BETWEEN stretch.first AND stretch.last`;
