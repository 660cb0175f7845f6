/** Which things an operator was the first to name, in stretches of time. */
import type { EventSummary, Resource } from '../../shared/event/event.ts';
import { readEvent } from './event-row.ts';
import { FACT_KINDS, NAME_KINDS, numberToken, token } from './index-tokens.ts';
import { int, rows, text, type Row, type Store } from './meter.ts';
import { firstRowId } from './rowid.ts';

/** What an operator of an account did in a while; unix seconds, both included. */
export interface Stretch {
  account: string;
  operator: string;
  from: number;
  to: number;
}

/** An event, and what no older event of the account names. */
export interface Sighting {
  event: EventSummary;
  things: Resource[];
}

/** Events that one answer looks at, and characters of the names in them: each name is asked of the index. */
const MAX_EVENTS = 3_000;
const MAX_NAMES = 200_000;

/**
 * The statement whose result `readSightings` reads. It looks beyond what a caller with some operators only may see, so
 * it is not for them.
 */
export function sightingsOf({ db }: Store, stretches: readonly Stretch[]): D1PreparedStatement {
  return db.prepare(FIRST_SEEN).bind(JSON.stringify(stretches.map(boundOf)), MAX_EVENTS, MAX_NAMES);
}

/** What was seen in those of the stretches that were looked at: the first ones, up to the bound of one answer. */
export function readSightings(result: D1Result | undefined): { sightings: Sighting[]; looked: number } {
  const found = rows(result, (row) => row);
  const [looked = 0] = found.slice(0, 1).map((row) => int(row, 'looked'));
  return { sightings: found.filter(({ id }) => id !== null).map(readSighting), looked };
}

function readSighting(row: Row): Sighting {
  const { summary } = readEvent(row);
  const fresh = new Set(text(row, 'fresh').split(' '));
  const things = summary.resources.filter(({ id }) => fresh.has(token(NAME_KINDS.resourceId, id)));
  return { event: summary, things };
}

function boundOf({ account, operator, from, to }: Stretch): object {
  const within = `"${numberToken(FACT_KINDS.account, account)}"`;
  const match = `${within} AND "${numberToken(FACT_KINDS.operator, operator)}"`;
  return { within, match, floor: firstRowId(from), below: firstRowId(to + 1) };
}

// Tokens are escaped: they hold nothing that JSON or the expression would take for an end of theirs.
const FIRST_SEEN = `
  WITH found AS MATERIALIZED (
    SELECT stretch.key AS stretch, event_fts.rowid AS id, stretch.value ->> 'within' AS within
    FROM json_each(?1) AS stretch CROSS JOIN event_fts
    WHERE event_fts MATCH stretch.value ->> 'match'
      AND event_fts.rowid >= CAST(stretch.value ->> 'floor' AS INTEGER)
      AND event_fts.rowid < CAST(stretch.value ->> 'below' AS INTEGER)
    LIMIT ?2
  ), looked AS MATERIALIZED (
    SELECT stretch, found.id, within, event.names,
      sum(length(event.names)) OVER (ORDER BY stretch, found.id) AS size,
      row_number() OVER (ORDER BY stretch, found.id) AS place
    FROM found CROSS JOIN event ON event.id = found.id
  ), bound AS MATERIALIZED (
    SELECT coalesce((SELECT min(stretch) FROM looked WHERE size > ?3 OR place = ?2), json_array_length(?1)) AS looked
  ), named AS MATERIALIZED (
    SELECT min(looked.id) AS id, looked.within AS within, name.value AS token
    FROM bound CROSS JOIN looked CROSS JOIN json_each('["' || replace(looked.names, ' ', '","') || '"]') AS name
    WHERE looked.stretch < bound.looked AND substr(name.value, 1, 1) = '${NAME_KINDS.resourceId}'
    GROUP BY looked.within, name.value
  ), first AS MATERIALIZED (
    SELECT id, group_concat(token, ' ') AS fresh FROM named
    WHERE NOT EXISTS (
      SELECT 1 FROM event_fts
      WHERE event_fts MATCH named.within || ' AND "' || named.token || '"' AND event_fts.rowid < named.id
    )
    GROUP BY id
  )
  SELECT bound.looked, event.id, lower(hex(event.eid)) AS eid, event.seq, hex(event.body) AS body, first.fresh
  FROM bound LEFT JOIN first LEFT JOIN event ON event.id = first.id
  ORDER BY event.id DESC`;
