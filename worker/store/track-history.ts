/** Who changed which tracking set, when and how. */
import type { TrackChanged } from '../../shared/api/tracks.ts';
import { insertChangeDone as insertDone, insertChangeWhere, type Who } from './history.ts';
import type { Store } from './meter.ts';

export interface NewChange extends Who {
  /** Id of the set. */
  track: string;
  kind: TrackChanged['kind'];
  /** Nothing secret. */
  what: object;
}

/** The statement that records what was done to a set, if there is such a set. */
export function insertChange(store: Store, { track, ...change }: NewChange): D1PreparedStatement {
  const condition = 'EXISTS (SELECT 1 FROM track WHERE id = ?1)';
  return insertChangeWhere(store, 'track', { ...change, id: track }, condition);
}

/**
 * The same for what the statement right before it in its transaction did: nothing is recorded where that did nothing.
 */
export function insertChangeDone(store: Store, { track, ...change }: NewChange): D1PreparedStatement {
  return insertDone(store, 'track', { ...change, id: track });
}
