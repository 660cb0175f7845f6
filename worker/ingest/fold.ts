/** What the tick does about answers: changed events go into the days that are counted, in bounded steps. */
import { partsOf, readParts, type BoundPart } from '../store/day-columns.ts';
import {
  buildAnew,
  isBehind,
  isFolded,
  readState,
  stateOf,
  writeFolded,
  type FoldState,
} from '../store/fold.ts';
import { run, type Store } from '../store/meter.ts';
import {
  changedOf,
  readChanged,
  readWalked,
  walkedOf,
  type Unfolded,
  type UnfoldedEvent,
} from '../store/unfolded.ts';
import { eventsByDay, mergeDay, operatorsIn } from './merge-days.ts';

/** Steps of one tick: what is left waits for the next. */
const STEPS = 20;

/** Events that one step folds. */
const EVENTS = 5_000;

/** Bytes of days that one step reads and writes back. */
const MAX_BYTES = 6_000_000;

/** Rows that one tick writes into days: scattered changes rewrite many for each event. */
const MAX_ROWS = 1_000_000;

/** Folds what changed since the last tick, or a bounded part of it. */
export async function fold(store: Store): Promise<void> {
  let rows = 0;
  for (let step = 0; step < STEPS && rows < MAX_ROWS; step += 1) {
    const done = await foldStep(store);
    if (done === undefined) return;
    rows += done.rows;
  }
}

/** One step; gives how many rows it wrote, or undefined where nothing is left to do or another tick does it. */
export async function foldStep(store: Store): Promise<{ rows: number } | undefined> {
  const [found] = await run(store, [stateOf(store)]);
  const state = readState(found);
  if (isFolded(state)) return undefined;
  if (isBehind(state)) {
    await buildAnew(store, state.version);
    return { rows: 0 };
  }
  const unfolded = await readUnfolded(store, state);
  const { parts, events } = await mergeInto(store, unfolded.events);
  const isAll = events.length === unfolded.events.length;
  const written = await writeFolded(store, state.version, {
    parts,
    operators: operatorsIn(events),
    reached: (isAll ? undefined : events.at(-1)?.reached) ?? unfolded.reached,
  });
  return written ? { rows: parts.reduce((sum, { rows }) => sum + Number(rows), 0) } : undefined;
}

async function readUnfolded(store: Store, { progress }: FoldState): Promise<Unfolded> {
  if (progress.above === undefined) {
    return readChanged(await run(store, changedOf(store, EVENTS)), progress, EVENTS);
  }
  const [walked] = await run(store, [walkedOf(store, EVENTS)]);
  return readWalked(walked, progress, EVENTS);
}

/** The parts of days with the events merged into them: of as many of the events as one step can. */
async function mergeInto(
  store: Store,
  events: readonly UnfoldedEvent[],
): Promise<{ parts: BoundPart[]; events: readonly UnfoldedEvent[] }> {
  const days = eventsByDay(events);
  const spans = days.map(({ span }) => span);
  const [found] = days.length === 0 ? [] : await run(store, [partsOf(store, spans, MAX_BYTES)]);
  const read = found === undefined ? [] : readParts(found, spans);
  const unread = days[read.length]?.events[0];
  const taken = unread === undefined ? events : events.slice(0, events.indexOf(unread));
  const parts = eventsByDay(taken).flatMap((day, i) => mergeDay(day, read[i] ?? []));
  return { parts, events: taken };
}
