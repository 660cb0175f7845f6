/** What of Sidetrail itself can go wrong, as it is now. */
import type { Track } from '../../shared/api/tracks.ts';
import { apiKeysOf, readApiKey, type ApiKey } from './api-keys.ts';
import { int, rows, run, type Store } from './meter.ts';
import { readSourceRow, sourcesOf, type ReadSource } from './sources.ts';
import { lastTickOf, readLastTick } from './ticks.ts';
import { readTrackStates, trackStatesOf } from './track-states.ts';

export interface Watched {
  sources: ReadSource[];
  keys: ApiKey[];
  tracks: Track[];
  /** Unix seconds when the newest record came in that could not be read. */
  refused?: number;
  /** Unix seconds when the tick was done last; absent before the first. */
  ticked?: number;
  /** Of the database. */
  bytes: number;
  /** Bytes that it may have. */
  limit: number;
}

/** Reads all of it at the unix second `now`. One round trip. */
export async function loadWatched(store: Store, now: number): Promise<Watched> {
  const [sources, keys, tracks, last, dead] = await run(store, [
    sourcesOf(store),
    apiKeysOf(store),
    trackStatesOf(store),
    lastTickOf(store),
    store.db.prepare(`SELECT received FROM dead_letter ORDER BY id DESC LIMIT 1`),
  ]);
  const tick = readLastTick(last);
  const [refused] = rows(dead, (row) => int(row, 'received'));
  return {
    sources: rows(sources, readSourceRow),
    keys: rows(keys, readApiKey),
    tracks: readTrackStates(tracks, now * 1000),
    ...(tick === undefined ? {} : { ticked: Math.floor(tick.at / 1000) }),
    ...(refused === undefined ? {} : { refused }),
    ...store.size,
  };
}
