/** The past for tracking sets that want it: events that were stored before a set was made, newest first. */
import { askerOf } from '../../shared/query/matches.ts';
import type { Store } from '../store/meter.ts';
import { readStoredPage, type StoredPage } from '../store/read.ts';
import { firstRowId } from '../store/rowid.ts';
import { loadPlanState, plannedAmong, writePlanned, type Backfill } from '../store/track-plan.ts';
import { hourOf, partsOf } from './parts.ts';
import { loadTakers, type Taker } from './takers.ts';

/** Events that are looked for at once. */
const PAGE = 1_000;

export interface Looking {
  store: Store;
  /** Unix ms. */
  clock: () => number;
  /** Whether the pass has taken its time. */
  isOver: () => boolean;
}

/** Looks back for each set that wants it, a page each in turn. */
export async function lookBack(looking: Looking): Promise<void> {
  const { store, isOver } = looking;
  while (!isOver()) {
    const state = await loadPlanState(store);
    if (state === undefined || !state.backfilling) return;
    let { version } = state;
    for (const taker of await loadTakers(store)) {
      const { backfill } = taker;
      if (backfill === undefined || backfill.done) continue;
      const next = await planPage(looking, version, { ...taker, backfill });
      // A set was made or changed, or another planned: again, from what holds now.
      if (next === undefined) break;
      version = next;
      if (isOver()) return;
    }
  }
}

/** Plans one page and gives the version after it; undefined where nothing was written. */
async function planPage(
  { store, clock }: Looking,
  version: number,
  { selector, backfill, ...track }: Taker & { backfill: Backfill },
): Promise<number | undefined> {
  const { from, to, search, below } = backfill;
  const query = selector.searches[search];
  const page: Pick<StoredPage, 'events' | 'next'> =
    query === undefined
      ? { events: [] }
      : await readStoredPage(store, {
          query: { ...query, from, to },
          scope: { accounts: track.accounts, operators: '*' },
          before: below,
          limit: PAGE,
        });
  const taken = page.events.filter(({ summary }) => selector.takes(summary, askerOf(summary)));
  const wanted = taken.map(({ rowId }) => ({ track: track.number, hour: hourOf({ rowId }), rowId }));
  const had = wanted.length === 0 ? [] : await plannedAmong(store, wanted);
  const has = new Set(had.map(({ rowId }) => rowId));
  const now = clock();
  const fresh = taken
    .filter(({ rowId }) => !has.has(rowId))
    .map(({ rowId, record }) => ({
      rowId,
      arrived: now,
      ...(record.kind === 'inline' ? { length: record.text.length } : {}),
    }));
  // Another set of the same id, made later, must not overwrite these.
  const mark = `past${track.number}-${search}-${String(below).padStart(14, '0')}`;
  return await writePlanned(store, version, {
    deliveries: partsOf(fresh, { track, mark }),
    past: {
      track: track.number,
      events: fresh.length,
      ...after(page.next, selector.searches.length, backfill),
    },
    now,
  });
}

/** Where it goes on: below the page, or at the newest event with the next search. */
function after(
  next: number | undefined,
  searches: number,
  { search, to }: Backfill,
): { search: number; below: number; done: boolean } {
  if (next !== undefined) return { search, below: next, done: false };
  return { search: search + 1, below: firstRowId(to), done: search + 1 >= searches };
}
