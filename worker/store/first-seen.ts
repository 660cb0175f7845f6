/** Which things an operator was the first to name, in stretches of time. */
import type { EventSummary, Resource } from '../../shared/event/event.ts';
import { readEvent } from './event-row.ts';
import { FACT_KINDS, NAME_KINDS, numberToken, token } from './index-tokens.ts';
import { text, type Row, type Store } from './meter.ts';
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

/** Events that one answer looks at: far more than people leave beside what they order. */
const MAX_EVENTS = 50_000;

/**
 * The statement whose rows `readSighting` reads. It looks beyond what a caller with some operators only may see, so
 * it is not for them.
 */
export function sightingsOf({ db }: Store, stretches: readonly Stretch[]): D1PreparedStatement {
  return db.prepare(FIRST_SEEN).bind(JSON.stringify(stretches.map(boundOf)), MAX_EVENTS);
}

export function readSighting(row: Row): Sighting {
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
  WITH looked AS MATERIALIZED (
    SELECT event_fts.rowid AS id, stretch.value ->> 'within' AS within
    FROM json_each(?1) AS stretch CROSS JOIN event_fts
    WHERE event_fts MATCH stretch.value ->> 'match'
      AND event_fts.rowid >= CAST(stretch.value ->> 'floor' AS INTEGER)
      AND event_fts.rowid < CAST(stretch.value ->> 'below' AS INTEGER)
    LIMIT ?2
  ), named AS MATERIALIZED (
    SELECT min(event.id) AS id, looked.within AS within, name.value AS token
    FROM looked CROSS JOIN event ON event.id = looked.id
      CROSS JOIN json_each('["' || replace(event.names, ' ', '","') || '"]') AS name
    WHERE substr(name.value, 1, 1) = '${NAME_KINDS.resourceId}'
    GROUP BY looked.within, name.value
  ), first AS MATERIALIZED (
    SELECT id, group_concat(token, ' ') AS fresh FROM named
    WHERE NOT EXISTS (
      SELECT 1 FROM event_fts
      WHERE event_fts MATCH named.within || ' AND "' || named.token || '"' AND event_fts.rowid < named.id
    )
    GROUP BY id
  )
  SELECT event.id, lower(hex(event.eid)) AS eid, event.seq, hex(event.body) AS body, first.fresh
  FROM first CROSS JOIN event ON event.id = first.id
  ORDER BY event.id DESC`;
