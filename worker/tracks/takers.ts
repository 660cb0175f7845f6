/** Tracking sets with what they take. */
import type { Store } from '../store/meter.ts';
import { loadPlannedTracks, type PlannedTrack } from '../store/track-plan.ts';
import { readSelector, type Selector } from './match.ts';

/** A set with what it takes, read once for a pass. */
export interface Taker extends Omit<PlannedTrack, 'selector'> {
  selector: Selector;
}

/** Every set. A query that was taken once can always be read. */
export async function loadTakers(store: Store): Promise<Taker[]> {
  const tracks = await loadPlannedTracks(store);
  return tracks.map((track) => {
    const read = readSelector(track.selector, track.accounts);
    if (!read.ok) throw new Error(`the query of the tracking set ${track.id} cannot be read`);
    return { ...track, selector: read.selector };
  });
}
