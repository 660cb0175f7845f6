/** Events at known row ids: those that counts name as their examples, and those that are to be delivered. */
import { readEvent, type StoredEvent } from './event-row.ts';
import { rows, run, type Store } from './meter.ts';
import { inScope, whoseIs, type Scope } from './scope.ts';

/** Where an event is, and the number of its last change. */
export interface Place {
  rowId: number;
  seq: number;
}

/**
 * The events at these places, by row id; those that were read a moment ago are not read again. One that is gone by now is
 * left out.
 */
export async function eventsAt(store: Store, places: readonly Place[]): Promise<Map<number, StoredEvent>> {
  const found = new Map<number, StoredEvent>();
  const missing: number[] = [];
  for (const { rowId, seq } of places) {
    const known = store.recent.find(rowId, seq);
    if (known === undefined) missing.push(rowId);
    else found.set(rowId, known);
  }
  for (const event of await readPlaces(store, EVERYBODY, missing)) {
    found.set(event.rowId, event);
    store.recent.keep(event);
  }
  return found;
}

const EVERYBODY: Scope = { accounts: '*', operators: '*' };

/** The events at these row ids that are in the scope, newest first. One that is gone by now is left out. */
export async function readPlaces(
  store: Store,
  scope: Scope,
  rowIds: readonly number[],
): Promise<StoredEvent[]> {
  if (rowIds.length === 0) return [];
  const [found] = await run(store, [placesOf(store, rowIds)]);
  return readPlacesOf(found, scope);
}

/** The statement whose result `readPlacesOf` reads. */
export function placesOf(store: Store, rowIds: readonly number[]): D1PreparedStatement {
  return store.db.prepare(PLACES).bind(JSON.stringify(rowIds));
}

export function readPlacesOf(result: D1Result | undefined, scope: Scope): StoredEvent[] {
  return rows(result, readEvent).filter(({ summary }) => inScope(scope, whoseIs(summary)));
}

const PLACES = `
  SELECT event.id, lower(hex(event.eid)) AS eid, event.seq, hex(event.body) AS body
  FROM json_each(?1) AS place CROSS JOIN event ON event.id = place.value ORDER BY event.id DESC`;
