/** Events of many short stretches of time at once, with their records. */
import type { Mark } from '../../shared/event/event.ts';
import { matches } from '../../shared/query/matches.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { readEvent, type StoredEvent } from './event-row.ts';
import { rows, run, type Store } from './meter.ts';
import { firstRowId, secondOfRow } from './rowid.ts';
import { inScope, whoseIs, type Scope } from './scope.ts';
import { searchOf } from './search.ts';

/** Unix seconds, both included. */
export interface Window {
  from: number;
  to: number;
}

/** Events that are looked at, the newest: with their records what fits into memory beside each other. */
const MAX_EVENTS = 3_000;

/** What was found in windows of time. */
export interface InWindows {
  /** Newest first, each once. */
  events: StoredEvent[];
  /** Unix second before which nothing was looked at, as there is too much after it; 0 where all was. */
  since: number;
  beside: D1Result[];
}

/** The events with a mark in windows of time, and the results of the statements `beside`. One round trip. */
export async function readWindows(
  store: Store,
  { mark, scope, windows }: { mark: Mark; scope: Scope; windows: readonly Window[] },
  beside: readonly D1PreparedStatement[] = [],
): Promise<InWindows> {
  const query: ResolvedQuery = { terms: [{ kind: 'choice', key: 'is', negated: false, values: [mark] }] };
  const search = searchOf(query, scope);
  if (search.kind === 'nothing') return { events: [], since: 0, beside: [] };
  const stretches = unite(windows).map(({ from, to }) => ({
    floor: firstRowId(from),
    below: firstRowId(to + 1),
  }));
  const statement = store.db
    .prepare(IN_WINDOWS)
    .bind(search.expression, JSON.stringify(stretches), MAX_EVENTS);
  const [found, ...results] = await run(store, [statement, ...beside]);
  const read = rows(found, readEvent);
  const last = read.length < MAX_EVENTS ? undefined : read.at(-1);
  const events = read.filter(({ summary }) => inScope(scope, whoseIs(summary)) && matches(query, summary));
  return { events, since: last === undefined ? 0 : secondOfRow(last.rowId) + 1, beside: results };
}

const IN_WINDOWS = `
  SELECT event_fts.rowid AS id, lower(hex(eid)) AS eid, seq, hex(body) AS body
  FROM json_each(?2) AS stretch CROSS JOIN event_fts
  WHERE event_fts MATCH ?1
    AND event_fts.rowid >= CAST(stretch.value ->> 'floor' AS INTEGER)
    AND event_fts.rowid < CAST(stretch.value ->> 'below' AS INTEGER)
  ORDER BY event_fts.rowid DESC LIMIT ?3`;

/** Windows that overlap as one, newest first. */
export function unite(windows: readonly Window[]): Window[] {
  const united: Window[] = [];
  for (const { from, to } of windows.toSorted((one, other) => other.to - one.to)) {
    const last = united.at(-1);
    if (last && to >= last.from) last.from = Math.min(last.from, from);
    else united.push({ from, to });
  }
  return united;
}
