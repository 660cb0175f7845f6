/** The statement of a page: what the index gives for a search, newest first. */
import { NONE } from './index-tokens.ts';
import type { Store } from './meter.ts';
import type { Search } from './search.ts';

/** Row ids from `floor` up to, but without, `below`. */
export interface Stretch {
  below: number;
  floor: number;
  limit: number;
}

/** Of so many listed values of a kind those that are wanted are looked for, and so many are asked for whole. */
const MAX_LISTED = 20_000;
const MAX_WANTED = 1_000;

/** The statement whose rows `readEvent` reads. */
export function candidatesOf(
  store: Store,
  { expression, listed }: Extract<Search, { kind: 'match' }>,
  { below, floor, limit }: Stretch,
): D1PreparedStatement {
  if (listed.length === 0) return store.db.prepare(PAGE).bind(expression, below, floor, limit);
  return store.db.prepare(PAGE_BY_LISTED).bind(expression, below, floor, limit, JSON.stringify(listed));
}

// JS numbers past 2^31 are bound as REAL, which FTS5 does not take as a bound of rowid: hence the casts.
const pageWhere = (match: string): string => `
  SELECT rowid AS id, lower(hex(eid)) AS eid, seq, hex(body) AS body FROM event_fts
  WHERE event_fts MATCH ${match} AND rowid < CAST(?2 AS INTEGER) AND rowid >= CAST(?3 AS INTEGER)
  ORDER BY rowid DESC LIMIT ?4`;

const PAGE = pageWhere('?1');

// `{0}`, `{1}` … in the expression give way to the listed values that are asked for there. Where there are too many
// of them, `otherwise` stands in their place: all events where they are wanted, none where they are not.
const PAGE_BY_LISTED = pageWhere(`(
  WITH RECURSIVE filled(n, text) AS (
    SELECT 0, ?1
    UNION ALL
    SELECT n + 1, replace(text, '{' || n || '}', (
      SELECT CASE
        WHEN count(*) = ${MAX_LISTED} OR sum(hit) > ${MAX_WANTED} THEN ?5 ->> ('$[' || n || '].otherwise')
        WHEN sum(hit) > 0 THEN '(' || group_concat('"' || kind || value || '"', ' OR ') FILTER (WHERE hit) || ')'
        ELSE '"${NONE}"' END
      FROM (
        SELECT kind, value,
          substr(value, 1, length(?5 ->> ('$[' || n || '].head'))) = ?5 ->> ('$[' || n || '].head')
            AND instr(value, ?5 ->> ('$[' || n || '].piece')) > 0 AS hit
        FROM listed WHERE kind = ?5 ->> ('$[' || n || '].kind') LIMIT ${MAX_LISTED}
      )
    )) FROM filled WHERE n < json_array_length(?5)
  ) SELECT text FROM filled ORDER BY n DESC LIMIT 1)`);
