/**
 * What tracking sets are planned from: how far the log was looked at, which sets there are, which events they have, and
 * writing what is to be delivered along with how far that is.
 *
 * Whoever plans names the version at which it read; nothing is written where another planned, or a set was made or
 * changed, since.
 */
import * as v from 'valibot';
import { filters, type Filter } from '../../shared/api/tracks.ts';
import { grant } from '../../shared/api/parts.ts';
import { boundParts } from './bound-parts.ts';
import { fromJson, int, maybeInt, rows, run, text, type Row, type Store } from './meter.ts';
import type { Accounts } from './scope.ts';

/** How far things are. */
export interface PlanState {
  version: number;
  /** What came in up to this number of the log is planned, or came before there was any set. */
  seq: number;
  /** The newest number of the log. */
  last: number;
  /** Unix seconds at which the first that is not planned came in; absent where all is. */
  waiting?: number;
  /** Whether the past is still looked at for a set. */
  backfilling: boolean;
}

/** What a set takes, as it is stored. */
export const selector = v.union([v.object({ q: v.string() }), v.object({ filters })]);
export type StoredSelector = { q: string } | { filters: Filter[] };

/** Looking at the past for a set, newest first. */
export interface Backfill {
  /** Unix seconds; `to` is excluded. */
  from: number;
  to: number;
  /** Which of the set's searches is under way. */
  search: number;
  /** Row id below which it goes on. */
  below: number;
  done: boolean;
}

export interface PlannedTrack {
  number: number;
  id: string;
  selector: StoredSelector;
  accounts: Accounts;
  /** The number of the log after which it began. */
  since: number;
  backfill?: Backfill;
}

/** A delivery that is to be. */
export interface NewDelivery {
  /** Number of the set. */
  track: number;
  /** Unix hour of its events. */
  hour: number;
  stretch: { from: number; to: number } | null;
  name: string;
  base: number;
  top: number;
  offsets: number[];
  /** Unix ms when the first of its events came in. */
  arrived: number;
}

/** How far things are; undefined where there is no set. */
export async function loadPlanState(store: Store): Promise<PlanState | undefined> {
  const [state] = await run(store, [store.db.prepare(STATE)]);
  return rows(state, readState)[0];
}

function readState(row: Row): PlanState {
  const waiting = maybeInt(row, 'waiting');
  return {
    version: int(row, 'version'),
    seq: int(row, 'seq'),
    last: maybeInt(row, 'last') ?? 0,
    backfilling: int(row, 'backfilling') === 1,
    ...(waiting === undefined ? {} : { waiting }),
  };
}

// What came before the first set was made is for none.
const STATE = `
  WITH place AS (
    SELECT version, max(seq, (SELECT min(since) FROM track)) AS seq FROM track_plan WHERE EXISTS (SELECT 1 FROM track)
  )
  SELECT version, seq, (SELECT last FROM change ORDER BY first DESC LIMIT 1) AS last,
    (SELECT at FROM change WHERE first > seq ORDER BY first LIMIT 1) AS waiting,
    EXISTS (SELECT 1 FROM track_backfill WHERE done = 0) AS backfilling
  FROM place`;

/** Every set, paused ones too: what comes in meanwhile is delivered when they go on. */
export async function loadPlannedTracks(store: Store): Promise<PlannedTrack[]> {
  const [found] = await run(store, [store.db.prepare(TRACKS)]);
  return rows(found, readPlannedTrack);
}

const TRACKS = `
  SELECT number, id, selector, accounts, since, from_second, to_second, search, below, done
  FROM track LEFT JOIN track_backfill ON track = number ORDER BY number`;

function readPlannedTrack(row: Row): PlannedTrack {
  const from = maybeInt(row, 'from_second');
  return {
    number: int(row, 'number'),
    id: text(row, 'id'),
    selector: fromJson(row, 'selector', selector),
    accounts: fromJson(row, 'accounts', grant),
    since: int(row, 'since'),
    ...(from === undefined ? {} : { backfill: readBackfill(row, from) }),
  };
}

function readBackfill(row: Row, from: number): Backfill {
  return {
    from,
    to: int(row, 'to_second'),
    search: int(row, 'search'),
    below: int(row, 'below'),
    done: int(row, 'done') === 1,
  };
}

/** An event that a set takes. */
export interface Wanted {
  /** Number of the set. */
  track: number;
  hour: number;
  rowId: number;
}

/** Those that are in a delivery of their set already. It costs as much as their sets have of those hours. */
export async function plannedAmong(store: Store, wanted: readonly Wanted[]): Promise<Wanted[]> {
  const found: Wanted[] = [];
  for (const part of boundParts(wanted)) {
    const [some] = await run(store, [store.db.prepare(PLANNED).bind(JSON.stringify(part))]);
    found.push(
      ...rows(some, (row) => ({ track: int(row, 'track'), hour: int(row, 'hour'), rowId: int(row, 'id') })),
    );
  }
  return found;
}

const PLANNED = `
  WITH wanted AS MATERIALIZED (
    SELECT value ->> 'track' AS track, value ->> 'hour' AS hour, value ->> 'rowId' AS id FROM json_each(?1)
  ), hours AS MATERIALIZED (
    SELECT track, hour, min(id) AS low, max(id) AS high FROM wanted GROUP BY track, hour
  )
  SELECT DISTINCT delivery.track, delivery.hour, delivery.base + place.value AS id
  FROM hours CROSS JOIN delivery ON delivery.track = hours.track AND delivery.hour = hours.hour
    AND delivery.base <= high AND delivery.top >= low
  CROSS JOIN json_each(delivery.offsets) AS place
  WHERE (delivery.track, delivery.base + place.value) IN (SELECT track, id FROM wanted)`;

/** What one step of planning comes to. */
export interface Planned {
  deliveries: readonly NewDelivery[];
  /** How far the log is planned then, where the step was about that. */
  seq?: number;
  /** How far the past of a set is, where the step was about that. */
  past?: { track: number; search: number; below: number; events: number; done: boolean };
  /** Unix ms. */
  now: number;
}

/** Writes a step in one transaction and gives the version after it; undefined where nothing was written. */
export async function writePlanned(
  store: Store,
  version: number,
  { deliveries, seq, past, now }: Planned,
): Promise<number | undefined> {
  const { db } = store;
  const written = await run(store, [
    ...Array.from(boundParts(deliveries), (part) =>
      db.prepare(INSERT).bind(JSON.stringify(part), now, version),
    ),
    ...(past === undefined
      ? []
      : [
          db
            .prepare(GO_ON)
            .bind(past.track, past.search, past.below, past.events, Number(past.done), version),
        ]),
    db.prepare(ADVANCE).bind(version, seq ?? null),
  ]);
  return written.at(-1)?.results.length === 1 ? version + 1 : undefined;
}

const INSERT = `
  INSERT INTO delivery (track, hour, from_seq, to_seq, name, base, top, offsets, count, arrived, state, created)
  SELECT value ->> 'track', value ->> 'hour', value ->> '$.stretch.from', value ->> '$.stretch.to', value ->> 'name',
    value ->> 'base', value ->> 'top', value -> 'offsets', json_array_length(value, '$.offsets'), value ->> 'arrived',
    'pending', ?2
  FROM json_each(?1) WHERE (SELECT version FROM track_plan) = ?3 ORDER BY key`;

const GO_ON = `
  UPDATE track_backfill SET search = ?2, below = CAST(?3 AS INTEGER), events = events + ?4, done = ?5
  WHERE track = ?1 AND (SELECT version FROM track_plan) = ?6`;

const ADVANCE = `
  UPDATE track_plan SET version = version + 1, seq = coalesce(?2, seq) WHERE version = ?1 RETURNING version`;
