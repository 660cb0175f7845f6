/** How things stand between the extension and its Worker, for a panel to show. */
import type { Problem, Saved } from '../../protocol/connection.ts';
import type { Standing } from '../../protocol/panel.ts';
import type { Held } from '../keeper.ts';
import { readingBackOf } from '../sync/reading-back.ts';

export interface Facts {
  /** The connection that is kept, as it may be shown. */
  saved: Saved | null;
  /** What of the copy may be shown. */
  held: Held | undefined;
  /** Why the last sync did not end well; null where it did, or where there was none. */
  problem: Problem | null;
  isSyncing: boolean;
}

/** What panels are told. */
export function standingOf({ saved, held, problem, isSyncing }: Facts): Standing {
  if (saved === null) return { kind: 'signed-out' };
  const { copy, shelf } = held ?? {};
  if (copy === undefined || shelf === undefined) {
    return problem ? { kind: 'failing', saved, problem } : { kind: 'connecting', saved };
  }
  const { me, coverage, lastGood, from, filling } = copy;
  const readingBack = readingBackOf(copy);
  const syncing = filling && isSyncing ? { done: shelf.rows, of: null } : null;
  return {
    kind: 'connected',
    saved,
    me,
    coverage,
    ...(readingBack && { readingBack }),
    lastGood,
    problem,
    cache: { from, events: shelf.rows, syncing },
  };
}
