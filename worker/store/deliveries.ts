/** Deliveries on their way: which is next, what is in it, and what became of it. */
import type * as v from 'valibot';
import type { deliveryProblem } from '../../shared/api/tracks.ts';
import type { Place } from './places.ts';
import { int, maybeInt, rows, run, text, type Row, type Store } from './meter.ts';
import type { Who } from './history.ts';
import { insertChange, insertChangeDone } from './track-history.ts';
import { readSending, tryAtOnce, type Sending } from './tracks.ts';

export type DeliveryProblem = v.InferOutput<typeof deliveryProblem>;

/** A set that something may be sent to now. */
export interface DueTrack extends Sending {
  /** Failures since the last success. */
  failures: number;
  /** Unix ms of the first of them. */
  failing?: number;
  /** The number of the newest delivery that waits. */
  newest: number;
}

/** Nothing is put off that long: the clock that it was put off by was wrong. */
const IMPOSSIBLE_MS = 2 * 3_600_000;

/**
 * The sets that something may be sent to now: those that waited longest first, and last those that failed, since who does
 * not answer holds up the others. `now` is unix ms.
 */
export async function dueTracks(store: Store, now: number): Promise<DueTrack[]> {
  const [found] = await run(store, [store.db.prepare(DUE).bind(now, now + IMPOSSIBLE_MS)]);
  return rows(found, (row) => {
    const failing = maybeInt(row, 'failing');
    return {
      ...readSending(row),
      failures: int(row, 'failures'),
      newest: int(row, 'newest'),
      ...(failing === undefined ? {} : { failing }),
    };
  });
}

const NOT_PUT_OFF = (until: string): string => `(${until} <= ?1 OR ${until} > ?2)`;

const DUE = `
  SELECT * FROM (
    SELECT track.*, (
      SELECT min(number) FROM delivery INDEXED BY delivery_pending
      WHERE track = track.number AND state = 'pending'
    ) AS oldest, (
      SELECT max(number) FROM delivery INDEXED BY delivery_pending
      WHERE track = track.number AND state = 'pending'
    ) AS newest FROM track WHERE active = 1 AND ${NOT_PUT_OFF('next_try')}
  ) WHERE oldest IS NOT NULL ORDER BY failures > 0, oldest`;

/** A delivery that is to be sent. */
export interface PendingDelivery {
  number: number;
  name: string;
  attempts: number;
  /** Unix ms. */
  created: number;
  /** Unix ms of the first attempt. */
  tried?: number;
}

/** A delivery, and where its events are that are still there. */
export interface Next {
  delivery: PendingDelivery;
  places: Place[];
}

/** The oldest delivery that may be sent now, and where its events are; undefined where the set has none, or was changed. */
export async function nextDelivery(store: Store, track: Sending, now: number): Promise<Next | undefined> {
  const bound = [now, now + IMPOSSIBLE_MS, track.number, track.updated] as const;
  const [next, places] = await run(store, [
    store.db.prepare(`SELECT * FROM (${NEXT})`).bind(...bound),
    store.db.prepare(PLACES).bind(...bound),
  ]);
  const [delivery] = rows(next, readPending);
  if (delivery === undefined) return undefined;
  return { delivery, places: rows(places, (row) => ({ rowId: int(row, 'id'), seq: int(row, 'seq') })) };
}

function readPending(row: Row): PendingDelivery {
  const tried = maybeInt(row, 'tried');
  return {
    number: int(row, 'number'),
    name: text(row, 'name'),
    attempts: int(row, 'attempts'),
    created: int(row, 'created'),
    ...(tried === undefined ? {} : { tried }),
  };
}

const NEXT = `
  SELECT * FROM delivery INDEXED BY delivery_pending
  WHERE track = ?3 AND state = 'pending' AND ${NOT_PUT_OFF('next_try')}
    AND EXISTS (SELECT 1 FROM track WHERE number = ?3 AND active = 1 AND updated = ?4)
  ORDER BY number LIMIT 1`;

// What is gone by now is left out.
const PLACES = `
  WITH next AS MATERIALIZED (${NEXT})
  SELECT event.id, event.seq
  FROM next CROSS JOIN json_each(next.offsets) AS place CROSS JOIN event ON event.id = next.base + place.value`;

/** What arrived. Times are unix ms. */
export interface Arrival {
  now: number;
  count: number;
  /** Where it went; absent where nothing was left to be sent. */
  object?: { key: string; bytes: number; sha256: string };
}

/** Writes down that a delivery arrived. */
export async function settleDelivered(
  store: Store,
  track: Sending,
  { number }: PendingDelivery,
  { now, count, object }: Arrival,
): Promise<void> {
  const { db } = store;
  const { key = null, bytes = null, sha256 = null } = object ?? {};
  await run(store, [
    db.prepare(DELIVERED).bind(number, now, count, key, bytes, sha256),
    ...(object === undefined ? [] : [db.prepare(WENT_WELL).bind(track.number, now)]),
  ]);
}

const DELIVERED = `
  UPDATE delivery SET state = 'delivered', attempts = attempts + 1, done = ?2, count = ?3, key = ?4, bytes = ?5,
    sha256 = ?6, problem = NULL, tried = coalesce(tried, ?2)
  WHERE number = ?1 AND state = 'pending'`;

// A problem is told as long as what had one is still among the oldest that wait.
const WENT_WELL = `
  UPDATE track SET failures = 0, failing = NULL, next_try = 0, delivered = max(coalesce(delivered, 0), ?2),
    problem = CASE WHEN EXISTS (
      SELECT 1 FROM (
        SELECT problem FROM delivery WHERE track = ?1 AND state = 'pending' ORDER BY number LIMIT 20
      ) AS waiting WHERE waiting.problem IS NOT NULL
    ) THEN problem END
  WHERE number = ?1`;

/** What becomes of what did not arrive. Times are unix ms. */
export interface Setback {
  now: number;
  problem: DeliveryProblem;
  /** When the set is tried again. */
  trackAt: number;
  /** When this delivery is. */
  deliveryAt: number;
  /** It is given up, and with it what was planned before then and is still waiting; undefined: nothing is. */
  deadBefore?: number;
}

/** Writes down that a delivery failed. */
export async function settleFailed(
  store: Store,
  track: Sending,
  { number }: PendingDelivery,
  { now, problem, trackAt, deliveryAt, deadBefore }: Setback,
): Promise<void> {
  const { db } = store;
  const told = JSON.stringify(problem);
  await run(store, [
    db.prepare(FAILED).bind(number, now, told, deliveryAt),
    db
      .prepare(WENT_WRONG)
      .bind(track.number, now, JSON.stringify({ ...problem, at: now }), trackAt, track.updated),
    ...(deadBefore === undefined
      ? []
      : [db.prepare(GIVE_UP).bind(track.number, number, deadBefore, now, told)]),
  ]);
}

const FAILED = `
  UPDATE delivery SET attempts = attempts + 1, tried = coalesce(tried, ?2), next_try = ?4, problem = ?3
  WHERE number = ?1 AND state = 'pending'`;

// A set that was changed meanwhile begins anew.
const WENT_WRONG = `
  UPDATE track SET failures = failures + 1, failing = coalesce(failing, ?2), next_try = ?4, problem = ?3
  WHERE number = ?1 AND updated = ?5`;

const GIVE_UP = `
  UPDATE delivery SET state = 'dead', done = ?4, problem = coalesce(problem, ?5)
  WHERE track = ?1 AND state = 'pending' AND (number = ?2 OR created < ?3)`;

/** Has everything that was given up of a set tried again, as if it were new; gives how many deliveries that is. */
export async function replayDead(store: Store, id: string, who: Who): Promise<number> {
  const [replayed] = await run(store, [
    store.db.prepare(REPLAY).bind(id),
    insertChangeDone(store, { ...who, track: id, kind: 'replayed', what: {} }),
    ...tryAtOnce(store, id),
  ]);
  return replayed?.results.length ?? 0;
}

const REPLAY = `
  UPDATE delivery SET state = 'pending', attempts = 0, tried = NULL, next_try = 0, done = NULL
  WHERE track = (SELECT number FROM track WHERE id = ?1) AND state = 'dead' RETURNING number`;

/** Writes down what a test delivery came to. Where it went well, what waits is not put off any longer. */
export async function settleTest(store: Store, id: string, tested: { ok: boolean }, who: Who): Promise<void> {
  await run(store, [
    ...(tested.ok ? tryAtOnce(store, id) : []),
    insertChange(store, { ...who, track: id, kind: 'tested', what: tested }),
  ]);
}
