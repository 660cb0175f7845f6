/**
 * What is to be delivered: one pass over the log for all tracking sets, and one over the past for those that want it.
 *
 * Deliveries are written along with how far the log was looked at, before anything is sent. Whatever is interrupted is
 * done again from where it was, and comes to the same.
 */
import { readArrived, type ArrivedEvent } from '../store/arrived.ts';
import { dropLease, takeLease } from '../store/leases.ts';
import type { Store } from '../store/meter.ts';
import { secondOfRow } from '../store/rowid.ts';
import {
  loadPlanState,
  plannedAmong,
  writePlanned,
  type NewDelivery,
  type PlanState,
  type Wanted,
} from '../store/track-plan.ts';
import { lookBack } from './backfill.ts';
import { finderOf } from './match.ts';
import { hourOf, partsOf, type Found } from './parts.ts';
import { loadTakers, type Taker } from './takers.ts';

export interface Planning {
  store: Store;
  /** Unix ms. */
  clock: () => number;
}

/** Events that are looked at at once. */
const STEP = 5_000;

/** What one pass may take; the rest waits for the next. */
const PASS_MS = 20_000;

/** Whoever dies with it holds up the others no longer than this. */
const LEASE_MS = 60_000;

/**
 * Plans what came in, and what is left of the past. Where events began to come in less than `gatherMs` ago nothing is
 * planned yet, so that a busy minute becomes a few objects: whatever wakes this later finds them.
 */
export async function planDeliveries({ store, clock }: Planning, gatherMs: number): Promise<void> {
  const began = clock();
  const state = await loadPlanState(store);
  if (state === undefined || !isDue(state, began, gatherMs)) return;
  const holder = crypto.randomUUID();
  if (!(await takeLease(store, LEASE, { holder, now: began, forMs: LEASE_MS }))) return;
  try {
    const isOver = (): boolean => clock() - began > PASS_MS;
    await planArrived(store, clock, isOver);
    await lookBack({ store, clock, isOver });
  } finally {
    await dropLease(store, LEASE, holder);
  }
}

const LEASE = 'tracks';

function isDue({ seq, last, waiting, backfilling }: PlanState, now: number, gatherMs: number): boolean {
  if (backfilling || last - seq >= STEP) return true;
  return waiting !== undefined && now - waiting * 1000 >= gatherMs;
}

async function planArrived(store: Store, clock: () => number, isOver: () => boolean): Promise<void> {
  let state = await loadPlanState(store);
  let find = finderOf(await loadTakers(store));
  while (state !== undefined && state.seq < state.last && !isOver()) {
    const { seq: after, version } = state;
    const { events, through, last } = await readArrived(store, { after, limit: STEP });
    const deliveries = await deliveriesOf(store, events, { find, from: after + 1, to: through });
    const next = await writePlanned(store, version, { deliveries, seq: through, now: clock() });
    if (next === undefined) {
      // A set was made or changed, or another planned: again, from what holds now.
      state = await loadPlanState(store);
      find = finderOf(await loadTakers(store));
    } else {
      state = { ...state, version: next, seq: through, last };
    }
  }
}

/** The deliveries that a stretch of the log makes. An event that a set may have already is looked up first. */
async function deliveriesOf(
  store: Store,
  events: readonly ArrivedEvent[],
  { find, from, to }: { find: (event: ArrivedEvent['summary']) => Taker[]; from: number; to: number },
): Promise<NewDelivery[]> {
  const found = new Map<Taker, Found[]>();
  const doubtful: Wanted[] = [];
  for (const event of events) {
    for (const taker of find(event.summary)) {
      if (event.latest <= taker.since) continue;
      const { rowId, length, at } = event;
      const list = found.get(taker) ?? [];
      found.set(taker, list);
      list.push({ rowId, arrived: at * 1000, ...(length === undefined ? {} : { length }) });
      if (event.revised || isPast(taker, rowId))
        doubtful.push({ track: taker.number, hour: hourOf(event), rowId });
    }
  }
  const had = doubtful.length === 0 ? [] : await plannedAmong(store, doubtful);
  const has = new Set(had.map(({ track, rowId }) => `${track}/${rowId}`));
  const mark = String(from).padStart(12, '0');
  return [...found].flatMap(([taker, list]) =>
    partsOf(
      list.filter(({ rowId }) => !has.has(`${taker.number}/${rowId}`)),
      { track: taker, mark, stretch: { from, to } },
    ),
  );
}

/** Whether looking back finds the event too. */
function isPast({ backfill }: Taker, rowId: number): boolean {
  if (backfill === undefined) return false;
  const second = secondOfRow(rowId);
  return backfill.from <= second && second < backfill.to;
}
