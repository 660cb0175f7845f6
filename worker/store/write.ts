/**
 * Storing a batch of events: rows, index, tallies of arrival and the change log in one transaction.
 *
 * What is new is decided by the database (`ON CONFLICT DO NOTHING`), never by what was read before, so the
 * same records may arrive concurrently. A change of a stored event names the `seq` it was read at and is not
 * done if another came first. Both give back what they did; the caller tries again with the rest.
 */
import { hexToId } from '../../shared/event/identity.ts';
import type { Source } from '../../shared/event/event.ts';
import {
  bindEvent,
  readEvent,
  type BoundEvent,
  type Change,
  type NewEvent,
  type StoredEvent,
} from './event-row.ts';
import { rows, run, text, type Row, type Store } from './meter.ts';
import { SLOTS } from './rowid.ts';

/** A stored event that a second arrival changed. */
export interface ChangedEvent {
  event: NewEvent;
  change: Change;
}

export interface Batch {
  source: Source;
  /** Unix seconds. */
  now: number;
  added: NewEvent[];
  changed: ChangedEvent[];
}

/** Stores the batch; gives the ids of the events that are now as the batch has them. */
export async function writeEvents(
  store: Store,
  { source, now, added, changed }: Batch,
): Promise<Set<string>> {
  const bound = [
    ...added.map((event) => bindEvent(event, { seq: 0, moved: false, conflict: isConflict(event) })),
    ...changed.map(({ event, change }) => bindEvent(event, change)),
  ];
  const done = new Set<string>();
  for (const part of bySize(bound)) for (const id of await writePart(store, source, now, part)) done.add(id);
  return done;
}

/** A bound value stays below what deployed D1 takes. */
const MAX_BOUND = 800_000;

/** The rows in runs of at most MAX_BOUND characters, a single longer row alone. */
function* bySize(bound: BoundEvent[]): Generator<BoundEvent[]> {
  let part: BoundEvent[] = [];
  let size = 0;
  for (const row of bound) {
    const length = row[2].length + row[3].length + row[4].length + 200;
    if (size + length > MAX_BOUND && part.length > 0) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(row);
    size += length;
  }
  if (part.length > 0) yield part;
}

async function writePart(store: Store, source: Source, now: number, part: BoundEvent[]): Promise<string[]> {
  const fresh = part.filter(([, , , , , , seq]) => seq === 0);
  const added = JSON.stringify(fresh);
  const changed = JSON.stringify(part.filter(([, , , , , , seq]) => seq !== 0));
  const { db } = store;
  const [insert, update] = await run(store, [
    db.prepare(INSERT).bind(added),
    db.prepare(UPDATE).bind(changed, fresh.length),
    db.prepare(ACCOUNTS).bind(added),
    db.prepare(ARRIVALS).bind(added, changed, source, now),
    db.prepare(LOG).bind(added, changed, now, part.length),
  ]);
  return [...rows(insert, readId), ...rows(update, readId)];
}

function readId(row: Row): string {
  return hexToId(text(row, 'eid'));
}

function isConflict({ summary }: NewEvent): boolean {
  return summary.is.includes('conflict');
}

/** The stored events among these identities (hex). */
export async function findEvents(store: Store, eids: string[]): Promise<StoredEvent[]> {
  const [found] = await run(store, [store.db.prepare(FIND).bind(JSON.stringify(eids))]);
  return rows(found, readEvent);
}

const FIND = `
  SELECT event.id, lower(hex(event.eid)) AS eid, event.seq, hex(event.body) AS body
  FROM json_each(?1) AS wanted JOIN event ON event.eid = unhex(wanted.value)`;

// Every statement of the transaction sees the same last number until LOG, which is the last of them, adds one.
const LAST = `(SELECT coalesce(max(last), 0) FROM change)`;

// A second holds ${SLOTS} events; one more is not stored, and the caller refuses it.
const INSERT = `
  WITH arriving AS (
    SELECT value ->> 0 AS eid, value ->> 1 AS second, value ->> 2 AS names, value ->> 3 AS facts,
      value ->> 4 AS body, value ->> 9 AS address, key + 1 AS place, row_number() OVER (PARTITION BY value ->> 1 ORDER BY key) - 1 AS slot
    FROM json_each(?1)
  ), placed AS (
    SELECT *, slot + coalesce((
      SELECT max(id) + 1 - second * ${SLOTS} FROM event WHERE id >= second * ${SLOTS} AND id < (second + 1) * ${SLOTS}
    ), 0) AS free
    FROM arriving
  )
  INSERT INTO event (id, eid, seq, names, facts, address, body)
  SELECT second * ${SLOTS} + free, unhex(eid), ${LAST} + place, names, facts, unhex(address), unhex(body)
  FROM placed WHERE free < ${SLOTS}
  ON CONFLICT (eid) DO NOTHING
  RETURNING lower(hex(eid)) AS eid`;

const UPDATE = `
  UPDATE event SET seq = ${LAST} + ?2 + changed.key + 1, names = changed.value ->> 2, facts = changed.value ->> 3,
    address = unhex(changed.value ->> 9), body = unhex(changed.value ->> 4)
  FROM json_each(?1) AS changed
  WHERE event.eid = unhex(changed.value ->> 0) AND event.seq = changed.value ->> 6
  RETURNING lower(hex(eid)) AS eid`;

const ACCOUNTS = `
  INSERT INTO account (id) SELECT DISTINCT value ->> 5 FROM json_each(?1) WHERE true ON CONFLICT (id) DO NOTHING`;

const ARRIVALS = `
  WITH arriving AS (
    SELECT value ->> 5 AS account, value ->> 1 AS second, value ->> 0 AS eid, 1 AS new, value ->> 8 AS conflict FROM json_each(?1)
    UNION ALL
    SELECT value ->> 5, value ->> 1, value ->> 0, 0, value ->> 8 FROM json_each(?2)
  ), stored AS (
    SELECT arriving.* FROM arriving JOIN event ON event.eid = unhex(arriving.eid) WHERE event.seq > ${LAST}
  )
  INSERT INTO arrival (account, source, last_received, newest, accepted, conflict)
  SELECT account, ?3, ?4, max(second), sum(new), sum(conflict) FROM stored GROUP BY account
  ON CONFLICT (account, source) DO UPDATE SET last_received = max(last_received, excluded.last_received),
    newest = max(newest, excluded.newest), accepted = accepted + excluded.accepted,
    conflict = conflict + excluded.conflict`;

const LOG = `
  WITH touched AS (
    SELECT event.id, moved FROM (
      SELECT value ->> 0 AS eid, 0 AS moved FROM json_each(?1)
      UNION ALL
      SELECT value ->> 0, value ->> 7 FROM json_each(?2)
    ) AS arriving JOIN event ON event.eid = unhex(arriving.eid) WHERE event.seq > ${LAST}
  ), base AS (SELECT min(id) AS id FROM touched)
  INSERT INTO change (first, last, at, base, offsets, moved)
  SELECT ${LAST} + 1, ${LAST} + ?4, ?3, base.id, json_group_array(touched.id - base.id),
    coalesce(json_group_array(touched.id - base.id) FILTER (WHERE moved), '[]')
  FROM touched, base HAVING count(*) > 0`;
