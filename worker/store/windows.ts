/** Events of many short stretches of time at once, with their records. */
import type { Mark } from '../../shared/event/event.ts';
import { matches } from '../../shared/query/matches.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { readEvent, type StoredEvent } from './event-row.ts';
import { rows, run, type Store } from './meter.ts';
import { firstRowId } from './rowid.ts';
import { inScope, whoseIs, type Scope } from './scope.ts';
import { searchOf } from './search.ts';

/** Unix seconds, both included. */
export interface Window {
  from: number;
  to: number;
}

/** Events that one round trip brings. */
const MAX_EVENTS = 5_000;

/**
 * The events with a mark in windows of time, newest first, each once, and the results of the statements `beside`. One
 * round trip, unless there are very many events.
 */
export async function readWindows(
  store: Store,
  { mark, scope, windows }: { mark: Mark; scope: Scope; windows: readonly Window[] },
  beside: readonly D1PreparedStatement[] = [],
): Promise<{ events: StoredEvent[]; beside: D1Result[] }> {
  const query: ResolvedQuery = { terms: [{ kind: 'choice', key: 'is', negated: false, values: [mark] }] };
  const search = searchOf(query, scope);
  const found: StoredEvent[] = [];
  const results: D1Result[] = [];
  if (search.kind === 'nothing') return { events: found, beside: results };
  let left = unite(windows).map(({ from, to }) => ({ floor: firstRowId(from), below: firstRowId(to + 1) }));
  for (let waiting = beside; left.length > 0; waiting = []) {
    const statement = store.db.prepare(IN_WINDOWS).bind(search.expression, JSON.stringify(left), MAX_EVENTS);
    const [result, ...others] = await run(store, [statement, ...waiting]);
    results.push(...others);
    const read = rows(result, readEvent);
    found.push(...read);
    const last = read.length < MAX_EVENTS ? 0 : (read.at(-1)?.rowId ?? 0);
    left = left.flatMap(({ floor, below }) =>
      floor < last ? [{ floor, below: Math.min(below, last) }] : [],
    );
  }
  const events = found.filter(({ summary }) => inScope(scope, whoseIs(summary)) && matches(query, summary));
  return { events, beside: results };
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
