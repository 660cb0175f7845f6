/**
 * The events that came in, in the order of the log, for whoever takes each of them once: tracking sets, alarms.
 *
 * An event is told where it was stored first, and again where a record that came in changed it, as it is now. That rules
 * changed is no arrival: events that are something else by that are not told again.
 */
import * as v from 'valibot';
import type { EventSummary } from '../../shared/event/event.ts';
import { logRangeOf, readLogRange } from './changes.ts';
import type { StoredEvent } from './event-row.ts';
import { fromJson, int, maybeInt, rows, run, type Row, type Store } from './meter.ts';
import { eventsAt, type Place } from './places.ts';

/** An event that came in, as it is now. */
export interface ArrivedEvent {
  rowId: number;
  summary: EventSummary;
  /** Whether it was stored before this stretch of the log: it may have been told earlier. */
  revised: boolean;
  /** Unix seconds when it came in. */
  at: number;
  /** The number of the log at which it came in last, within this stretch. */
  latest: number;
  /** Characters of its record; undefined where that is too long for a row. */
  length?: number;
}

/** A stretch of the log. */
export interface Arrived {
  /** Each once, in the order in which they came in. What is gone by now is not among them. */
  events: ArrivedEvent[];
  /** The last number that was looked at: where to go on. Equal to `last` where there is nothing more. */
  through: number;
  /** The newest number of the log. */
  last: number;
}

/** Bytes of bodies as stored that are read at once; one batch of the log has a tenth of it at most. */
const MAX_BODIES = 8_000_000;

/** Batches of the log that are looked at at once. */
const MAX_BATCHES = 500;

/**
 * What came in after a number that an earlier answer gave as `through` or `last` (0: from the beginning): whole batches
 * of the log until they hold `limit` events, and no more of them than fit into memory. Two round trips, or one where all
 * of it was read a moment ago; what it costs depends on these events alone, not on what is stored or was looked at before.
 */
export async function readArrived(
  store: Store,
  { after, limit }: { after: number; limit: number },
): Promise<Arrived> {
  const [range, looked, revised, arrived] = await run(store, [
    logRangeOf(store),
    store.db.prepare(LOOKED).bind(after, limit),
    store.db.prepare(REVISED).bind(after, limit),
    store.db.prepare(ARRIVED).bind(after, limit),
  ]);
  const { last } = readLogRange(range);
  const before = new Map(rows(revised, readRevised));
  const stretch = rows(looked, (row) => maybeInt(row, 'last'))[0] ?? Math.max(after, last);
  const { places, through } = withinMemory(rows(arrived, readPlace), stretch);
  const found = await eventsAt(store, places);
  const events = new Map<number, ArrivedEvent>();
  for (const { rowId, first, at } of places) {
    const told = events.get(rowId);
    const event = found.get(rowId);
    if (told) told.latest = first;
    else if (event) {
      events.set(rowId, { ...arrivedOf(event, first, at), revised: before.get(first)?.has(rowId) ?? false });
    }
  }
  return { events: [...events.values()], through, last };
}

/** An event in a batch of the log. */
interface ArrivedPlace extends Place {
  /** The first number of the batch. */
  first: number;
  /** Unix seconds. */
  at: number;
  /** Of its body as stored. */
  bytes: number;
}

function readPlace(row: Row): ArrivedPlace {
  return {
    rowId: int(row, 'id'),
    seq: int(row, 'seq'),
    first: int(row, 'first'),
    at: int(row, 'at'),
    bytes: int(row, 'bytes'),
  };
}

/** Those in the batches before the first that is too much, and the last number before that. */
function withinMemory(
  places: readonly ArrivedPlace[],
  through: number,
): { places: readonly ArrivedPlace[]; through: number } {
  let bytes = 0;
  const tooMuch = places.find((place) => (bytes += place.bytes) > MAX_BODIES);
  if (tooMuch === undefined || tooMuch.first === places[0]?.first) return { places, through };
  return { places: places.filter(({ first }) => first < tooMuch.first), through: tooMuch.first - 1 };
}

function readRevised(row: Row): [number, ReadonlySet<number>] {
  const base = int(row, 'base');
  return [int(row, 'first'), new Set(fromJson(row, 'revised', OFFSETS).map((offset) => base + offset))];
}

const OFFSETS = v.array(v.number());

function arrivedOf(
  { rowId, summary, record }: StoredEvent,
  first: number,
  at: number,
): Omit<ArrivedEvent, 'revised'> {
  const length = record.kind === 'inline' ? record.text.length : undefined;
  return { rowId, summary, at, latest: first, ...(length === undefined ? {} : { length }) };
}

const STRETCH = `
  WITH stretch AS (
    SELECT * FROM (
      SELECT *, sum(json_array_length(arrived)) OVER (ORDER BY first) - json_array_length(arrived) AS earlier
      FROM (
        SELECT first, last, at, base, revised, CASE cause WHEN 'arrival' THEN offsets ELSE '[]' END AS arrived
        FROM change WHERE first > ?1 ORDER BY first LIMIT ${MAX_BATCHES}
      )
    ) WHERE earlier < ?2
  )`;

const LOOKED = `${STRETCH} SELECT max(last) AS last FROM stretch`;

const REVISED = `${STRETCH} SELECT first, base, revised FROM stretch WHERE arrived <> '[]' AND revised <> '[]'`;

// Bodies are read in the end, and only those that were not read a moment ago.
const ARRIVED = `${STRETCH}
  SELECT stretch.first, stretch.at, event.id, event.seq, length(event.body) AS bytes
  FROM stretch CROSS JOIN json_each(stretch.arrived) AS place CROSS JOIN event ON event.id = stretch.base + place.value
  ORDER BY stretch.first, event.id`;
