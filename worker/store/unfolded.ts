/** Events that the days do not have as they are now: by the change log, or by row id where the days are built anew. */
import type { Row as ColumnRow } from '../../shared/columns/columns.ts';
import { rowOf } from '../../shared/columns/row.ts';
import { keyOfRow } from './day-columns.ts';
import { readEvent } from './event-row.ts';
import { int, maybeInt, rows, type Row, type Store } from './meter.ts';
import { whoseIs, type Whose } from './scope.ts';

/** How far the events are folded into the days. */
export interface Progress {
  /** All changes up to this number are. */
  seq: number;
  /** And of the batch after it, the row ids up to this one. */
  place: number;
  /** While the days are built anew, newest first: the events from this row id on are. */
  above?: number;
}

/** An event to be folded. */
export interface UnfoldedEvent {
  rowId: number;
  whose: Whose;
  row: ColumnRow;
  /** How far things are when this one is folded, and all before it. */
  reached: Progress;
}

/** The next events, in the order in which they are to be folded. */
export interface Unfolded {
  events: UnfoldedEvent[];
  /** How far things are when these are folded. */
  reached: Progress;
  /** Whether more may be left that could have been read: of the log, of the walk. */
  cut: boolean;
}

/** What is read at once, beside a number of events: bytes of bodies as stored, characters of what columns keep of them. */
const MAX_BODIES = 8_000_000;
const MAX_TEXT = 16_000_000;

/** Batches of the log that are looked at at once. */
const MAX_BATCHES = 1_000;

/** The statements whose results `readChanged` reads: the next changes in the log, about `limit` of them. */
export function changedOf({ db }: Store, limit: number): [D1PreparedStatement, D1PreparedStatement] {
  return [db.prepare(REACHED).bind(limit), db.prepare(CHANGED).bind(limit, MAX_BODIES)];
}

/** The next changes after `from`. */
export function readChanged(
  [reached, changed]: readonly (D1Result | undefined)[],
  from: Progress,
  limit: number,
): Unfolded {
  const { events, cut } = readUnfolded(changed, limit, (rowId, row) => ({
    seq: int(row, 'first') - 1,
    place: rowId,
  }));
  const seq = rows(reached, (row) => maybeInt(row, 'last'))[0];
  const whole = seq === undefined ? from : { seq, place: 0 };
  return { events, cut, reached: (cut ? events.at(-1)?.reached : undefined) ?? whole };
}

/** The statement whose result `readWalked` reads: the next `limit` events below what is built already. */
export function walkedOf({ db }: Store, limit: number): D1PreparedStatement {
  return db.prepare(WALKED).bind(limit, MAX_BODIES);
}

/** The next events of a walk that came to `from`. */
export function readWalked(walked: D1Result | undefined, from: Progress, limit: number): Unfolded {
  const { seq, place } = from;
  const { events, cut } = readUnfolded(walked, limit, (above) => ({ seq, place, above }));
  return { events, cut, reached: (cut ? events.at(-1)?.reached : undefined) ?? { seq, place } };
}

function readUnfolded(
  result: D1Result | undefined,
  limit: number,
  reachedBy: (rowId: number, row: Row) => Progress,
): { events: UnfoldedEvent[]; cut: boolean } {
  const found = rows(result, (row) => row);
  const last = found.at(-1);
  const events: UnfoldedEvent[] = [];
  let text = 0;
  for (const stored of found) {
    const { rowId, summary } = readEvent(stored);
    const row = rowOf(summary, keyOfRow(rowId));
    events.push({ rowId, whose: whoseIs(summary), row, reached: reachedBy(rowId, stored) });
    text += JSON.stringify(row.fields).length;
    if (text > MAX_TEXT) return { events, cut: true };
  }
  const isFull = found.length >= limit || (last !== undefined && int(last, 'bytes') >= MAX_BODIES);
  return { events, cut: isFull };
}

// Whole batches after those that are folded, until they hold so many events.
const STRETCH = `
  WITH stretch AS (
    SELECT first, last, base, offsets FROM (
      SELECT *, sum(json_array_length(offsets)) OVER (ORDER BY first) - json_array_length(offsets) AS earlier
      FROM (
        SELECT first, last, base, offsets FROM change WHERE first > (SELECT seq FROM fold)
        ORDER BY first LIMIT ${MAX_BATCHES}
      )
    ) WHERE earlier < ?1
  )`;

const REACHED = `${STRETCH} SELECT max(last) AS last FROM stretch`;

// An event that changed again is folded at its last number only, one that is gone is not. The first are read whatever
// their size. Sizes are summed without the bodies, which are read in the end.
const CHANGED = `${STRETCH}, changed AS (
    SELECT event.id, stretch.first, length(event.body) AS length,
      sum(length(event.body)) OVER (ORDER BY stretch.first, event.id) AS bytes
    FROM stretch CROSS JOIN json_each(stretch.offsets) AS place
    CROSS JOIN event ON event.id = stretch.base + place.value
    WHERE event.seq BETWEEN stretch.first AND stretch.last
      AND (stretch.first > (SELECT seq FROM fold) + 1 OR event.id > (SELECT place FROM fold))
  )
  SELECT first, bytes, event.id, lower(hex(event.eid)) AS eid, event.seq, hex(event.body) AS body
  FROM changed CROSS JOIN event ON event.id = changed.id
  WHERE bytes - length < ?2 ORDER BY first, event.id LIMIT ?1`;

const WALKED = `
  WITH walked AS (
    SELECT id, length, sum(length) OVER (ORDER BY id DESC) AS bytes FROM (
      SELECT id, length(body) AS length FROM event WHERE id < (SELECT above FROM fold) ORDER BY id DESC LIMIT ?1
    )
  )
  SELECT bytes, event.id, lower(hex(event.eid)) AS eid, event.seq, hex(event.body) AS body
  FROM walked CROSS JOIN event ON event.id = walked.id
  WHERE bytes - length < ?2 ORDER BY event.id DESC`;
