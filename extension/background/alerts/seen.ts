/** Which alerts were told in this browser: each is once, whenever the background or the browser starts anew. */
import type { ListedAlert } from '../../protocol/alerts.ts';
import type { Area } from '../store.ts';
import type { OpenAlerts } from './ask.ts';
import { isCalling } from './calling.ts';

/** Ids and nothing else of what alerts are about. */
export interface Seen {
  /** Whose they are: an address and a token, as a digest. */
  owner: string;
  ids: readonly string[];
  /** When the newest of them was noticed, ms since 1970. */
  newest: number;
}

/** Five times as many as are looked at: what was told stays told for long after it is done with. */
const MAX_IDS = 500;

/**
 * The alerts that are to be told now, and what is seen from then on. Who looks for the first time is told nothing: those
 * did not open just now.
 */
export function newsIn(
  { alerts, more }: OpenAlerts,
  before: Seen | undefined,
  owner: string,
): { news: ListedAlert[]; seen: Seen } {
  const known = before?.owner === owner ? before : undefined;
  const told = new Set(known?.ids);
  const fresh = alerts.filter((alert) => isCalling(alert) && !told.has(alert.id));
  // Where the list was cut, old ones come into sight as newer ones are done with.
  const news = known ? fresh.filter(({ opened }) => !more || Date.parse(opened) >= known.newest) : [];
  const newest = Math.max(known?.newest ?? 0, ...alerts.map(({ opened }) => Date.parse(opened)));
  const ids = [...told, ...fresh.map(({ id }) => id).toReversed()].slice(-MAX_IDS);
  return { news, seen: { owner, ids, newest } };
}

const KEY = 'alerts';

/** What was seen before; undefined where that is nothing, or cannot be read. */
export async function readSeen(area: Area): Promise<Seen | undefined> {
  const { [KEY]: kept } = await area.get(KEY);
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { owner, ids, newest }: Partial<Record<string, unknown>> = { ...kept };
  if (typeof owner !== 'string' || typeof newest !== 'number' || !Array.isArray(ids)) return undefined;
  return { owner, newest, ids: ids.filter((id) => typeof id === 'string') };
}

export function keepSeen(area: Area, seen: Seen): Promise<void> {
  return area.set({ [KEY]: seen });
}

export function forgetSeen(area: Area): Promise<void> {
  return area.remove(KEY);
}
