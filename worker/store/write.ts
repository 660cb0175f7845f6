/**
 * Storing a batch of events: rows, index, tallies of arrival and the change log in one transaction.
 *
 * What is new is decided by the database (`ON CONFLICT DO NOTHING`), never by what was read before, so the
 * same records may arrive concurrently. A change of a stored event names the `seq` it was read at and is not
 * done if another came first. Both give back what they did; the caller tries again with the rest.
 */
import { CATALOGUE } from '../../shared/catalogue/rules.ts';
import { hexToId } from '../../shared/event/identity.ts';
import type { Source } from '../../shared/event/event.ts';
import {
  bindEvent,
  firstRevision,
  readEvent,
  type BoundEvent,
  type NewEvent,
  type Revision,
  type StoredEvent,
} from './event-row.ts';
import { boundParts } from './bound-parts.ts';
import { rows, run, text, type Row, type Store } from './meter.ts';
import { ABOVE_ALL, PUSHED_SLOTS, SLOTS } from './rowid.ts';

/** A stored event that a second arrival changed. */
export interface RevisedEvent {
  event: NewEvent;
  revision: Revision;
}

export interface EventBatch {
  source: Source;
  /** Unix seconds. */
  now: number;
  /** The version that the events were classified by. */
  version: number;
  added: NewEvent[];
  revised: RevisedEvent[];
  /** The id of the source that they were read from, where the Worker reads it itself: its marks tell what is late. */
  reader?: string | undefined;
  /** Done in the transaction that stores the last of the batch; alone where there is nothing to store. */
  along?: readonly D1PreparedStatement[] | undefined;
}

/** Stores the batch; gives the ids of the events that are now as the batch has them. */
export async function writeEvents(
  store: Store,
  { added, revised, along = [], ...batch }: EventBatch,
): Promise<Set<string>> {
  const bound = [
    ...added.map((event) => bindEvent(event, firstRevision(event))),
    ...revised.map(({ event, revision }) => bindEvent(event, revision)),
  ];
  const done = new Set<string>();
  const parts = [...boundParts(bound)];
  if (parts.length === 0 && along.length > 0) await run(store, [...along]);
  for (const [i, part] of parts.entries()) {
    const isLast = i === parts.length - 1;
    for (const id of await writePart(store, batch, part, isLast ? along : [])) done.add(id);
  }
  return done;
}

async function writePart(
  store: Store,
  { source, now, version, reader }: Pick<EventBatch, 'source' | 'now' | 'version' | 'reader'>,
  part: BoundEvent[],
  along: readonly D1PreparedStatement[],
): Promise<string[]> {
  const bound = part.map(({ listed: _listed, ...event }) => event);
  const fresh = bound.filter(({ seq }) => seq === 0);
  const added = JSON.stringify(fresh);
  const revised = JSON.stringify(bound.filter(({ seq }) => seq !== 0));
  const listed = JSON.stringify([...new Set(part.flatMap((event) => event.listed))]);
  const slots = READ_SOURCES.has(source) ? SLOTS : PUSHED_SLOTS;
  const { db } = store;
  const [insert, update] = await run(store, [
    db.prepare(INSERT).bind(added, slots),
    db.prepare(UPDATE).bind(revised, fresh.length),
    db.prepare(LISTED).bind(listed),
    db.prepare(ACCOUNTS).bind(added),
    db.prepare(ARRIVALS).bind(added, revised, source, now, reader ?? null),
    ...(reader === undefined ? [] : [db.prepare(READERS).bind(accountsIn(part), reader)]),
    db.prepare(LOG).bind(added, revised, now, part.length, 'arrival'),
    lateOf(store, version),
    ...along,
  ]);
  return [...rows(insert, readId), ...rows(update, readId)];
}

function accountsIn(part: readonly BoundEvent[]): string {
  return JSON.stringify([...new Set(part.map(({ account }) => account))]);
}

/**
 * Stores what events are called after they were looked at anew: nothing arrived, so nothing is counted, and no name
 * in them is new. Gives the ids of those that are now as they are here.
 */
export async function rewriteEvents(
  store: Store,
  { now, version, revised }: Pick<EventBatch, 'now' | 'version' | 'revised'>,
): Promise<Set<string>> {
  const done = new Set<string>();
  for (const part of boundParts(revised.map(({ event, revision }) => bindEvent(event, revision)))) {
    const events = JSON.stringify(part);
    const [update] = await run(store, [
      store.db.prepare(UPDATE).bind(events, 0),
      store.db.prepare(LOG).bind('[]', events, now, part.length, 'rules'),
      lateOf(store, version),
    ]);
    for (const id of rows(update, readId)) done.add(id);
  }
  return done;
}

/** Where events were written by a version that is not the present one, all are looked at anew. */
function lateOf({ db }: Store, version: number): D1PreparedStatement {
  return db.prepare(LATE).bind(version, CATALOGUE);
}

/** Sources that the Worker reads itself, and files that an admin brings. */
const READ_SOURCES: ReadonlySet<Source> = new Set(['api', 'files']);

function readId(row: Row): string {
  return hexToId(text(row, 'eid'));
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
const LAST = `(SELECT coalesce((SELECT last FROM change ORDER BY first DESC LIMIT 1), 0))`;

// A second holds a bounded number of events; one more is not stored, and the caller refuses it.
const INSERT = `
  WITH arriving AS (
    SELECT value, value ->> 'second' AS second, key + 1 AS place,
      row_number() OVER (PARTITION BY value ->> 'second' ORDER BY key) - 1 AS slot
    FROM json_each(?1)
  ), placed AS (
    SELECT *, slot + coalesce((
      SELECT max(id) + 1 - second * ${SLOTS} FROM event WHERE id >= second * ${SLOTS} AND id < (second + 1) * ${SLOTS}
    ), 0) AS free
    FROM arriving
  )
  INSERT INTO event (id, eid, seq, names, facts, address, body)
  SELECT second * ${SLOTS} + free, unhex(value ->> 'eid'), ${LAST} + place, value ->> 'names', value ->> 'facts',
    unhex(value ->> 'address'), unhex(value ->> 'body')
  FROM placed WHERE free < ?2
  ON CONFLICT (eid) DO NOTHING
  RETURNING lower(hex(eid)) AS eid`;

const UPDATE = `
  UPDATE event SET seq = ${LAST} + ?2 + revised.key + 1, names = value ->> 'names', facts = value ->> 'facts',
    address = unhex(value ->> 'address'), body = unhex(value ->> 'body')
  FROM json_each(?1) AS revised
  WHERE event.eid = unhex(value ->> 'eid') AND event.seq = value ->> 'seq'
  RETURNING lower(hex(eid)) AS eid`;

const LISTED = `
  INSERT INTO listed (kind, value) SELECT substr(value, 1, 1), substr(value, 2) FROM json_each(?1) WHERE true
  ON CONFLICT (kind, value) DO NOTHING`;

const ACCOUNTS = `
  INSERT INTO account (id) SELECT DISTINCT value ->> 'account' FROM json_each(?1) WHERE true
  ON CONFLICT (id) DO NOTHING`;

// What of the batch this transaction stored: the others have an older number.
const STORED = `
  WITH stored AS (
    SELECT event.id, arriving.value FROM (
      SELECT value FROM json_each(?1) UNION ALL SELECT value FROM json_each(?2)
    ) AS arriving JOIN event ON event.eid = unhex(arriving.value ->> 'eid') WHERE event.seq > ${LAST}
  )`;

// An event is late where its source had said before this transaction that nothing of that time would come any more. A
// mark is the end of what was read: events of its own second are not.
const ARRIVALS = `${STORED}, judged AS (
    SELECT value, ?4 - (value ->> 'second') AS age, value ->> 'seq' = 0
      AND value ->> 'second' >= source.since AND value ->> 'second' < source.settled_to AS late
    FROM stored LEFT JOIN source ON source.id = ?5
  )
  INSERT INTO arrival (
    account, source, last_received, newest, accepted, conflict, late, late_total, late_longest
  )
  SELECT value ->> 'account', ?3, ?4, max(value ->> 'second'), sum(value ->> 'seq' = 0), sum(value ->> 'conflict'),
    count(*) FILTER (WHERE late), coalesce(sum(age) FILTER (WHERE late), 0), coalesce(max(age) FILTER (WHERE late), 0)
  FROM judged GROUP BY 1
  ON CONFLICT (account, source) DO UPDATE SET last_received = max(last_received, excluded.last_received),
    newest = max(newest, excluded.newest), accepted = accepted + excluded.accepted,
    conflict = conflict + excluded.conflict, late = late + excluded.late,
    late_total = late_total + excluded.late_total, late_longest = max(late_longest, excluded.late_longest)`;

const READERS = `
  INSERT INTO source_account (account, source) SELECT value, ?2 FROM json_each(?1) WHERE true
  ON CONFLICT (account, source) DO NOTHING`;

const LOG = `${STORED}, base AS (SELECT min(id) AS id FROM stored)
  INSERT INTO change (first, last, at, base, offsets, moved, revised, cause)
  SELECT ${LAST} + 1, ${LAST} + ?4, ?3, base.id, json_group_array(stored.id - base.id),
    coalesce(json_group_array(json_set(value -> 'moved', '$.offset', stored.id - base.id))
      FILTER (WHERE value ->> 'moved' IS NOT NULL), '[]'),
    coalesce(json_group_array(stored.id - base.id) FILTER (WHERE value ->> 'seq' <> 0), '[]'), ?5
  FROM stored, base HAVING count(*) > 0`;

const LATE = `
  UPDATE classification SET turn = turn + 1, below = ${ABOVE_ALL}, looked = 0 WHERE version <> ?1 OR catalogue <> ?2`;
