/**
 * What is done before the database is full. Writes are what matters: from four fifths on the oldest reads go before
 * their time, and shortly before the end reads are not stored any more, which is told as a gap.
 */
import type { ParsedEvent, Source } from '../../shared/event/event.ts';
import { idToHex } from '../../shared/event/identity.ts';
import { openDay, rowsOf } from '../../shared/columns/decode.ts';
import { accountsOf, readAccount } from '../store/accounts.ts';
import { bindParts, dayOfRow, rowIdOf, type StoredPart } from '../store/day-columns.ts';
import { growStorageGap, storageGapOf } from '../store/gaps.ts';
import { rows, run, type Size, type Store } from '../store/meter.ts';
import {
  closeStorageGaps,
  keepReadsSince,
  loadRoom,
  oldestReads,
  readSpan,
  removeEvents,
  storedAmong,
  tellFollowers,
  type OldestReads,
} from '../store/room.ts';
import { firstRowId, secondOf } from '../store/rowid.ts';

/**
 * `ample`: all is as it should be. `ok`: so it is, but reads that were removed for want of room may not come in again.
 * `short`: reads are kept for a shorter time. `full`: they are not stored.
 */
export type Level = 'ample' | 'ok' | 'short' | 'full';

/** How full the database is, by parts of what it may have. */
export function levelOf({ bytes, limit }: Size): Level {
  const part = bytes / limit;
  if (part >= FULL) return 'full';
  if (part >= SHORT) return 'short';
  return part >= AMPLE ? 'ok' : 'ample';
}

const FULL = 0.95;
const SHORT = 0.8;
/** Lower than `SHORT`, or what was removed would come in and be removed again. */
const AMPLE = 0.7;

const DAY = 86_400;

/** Days of which reads are kept however full it is: what is read again for late records is not older. */
const KEPT_DAYS = 2;

/** Steps of one tick, and the reads that one removes: what is left waits for the next. */
export const STEPS = 20;
export const STEP = 500;

/**
 * Removes the oldest reads, day by day (UTC), while the database is nearly full, in so many steps at most. `now` is unix
 * ms. What is said goes before what is done: a day whose reads are going is one whose reads are not kept.
 */
export async function shorten(store: Store, now: number, steps = STEPS): Promise<void> {
  const { since: before, told } = await loadRoom(store);
  if (levelOf(store.size) !== 'full') await run(store, [closeStorageGaps(store, Math.floor(now / 1000))]);
  if (before === 0 && !isShort(store)) return;
  const [found] = await run(store, [accountsOf(store)]);
  const all = rows(found, readAccount);
  const accounts = all.map(({ id }) => id);
  const last = (Math.floor(now / 1000 / DAY) - KEPT_DAYS) * DAY;
  let since = before;
  for (let step = 0; step < steps; step += 1) {
    const bound = isShort(store) ? Math.max(since, last) : since;
    const oldest = await oldestReads(store, accounts, { below: firstRowId(bound), limit: STEP });
    const [next] = oldest.toSorted((one, other) => (one.rowIds[0] ?? 0) - (other.rowIds[0] ?? 0));
    if (next === undefined) {
      if (told < since) await tellFollowers(store, since);
      const isPast = all.every(({ floor }) => floor >= since);
      if (levelOf(store.size) === 'ample' || isPast) await keepReadsSince(store, 0);
      return;
    }
    const day = dayOfRow(next.rowIds[0] ?? 0).day;
    if ((day + 1) * DAY > since) await keepReadsSince(store, (since = (day + 1) * DAY));
    await removeStep(store, next, day);
  }
}

function isShort({ size }: Store): boolean {
  const level = levelOf(size);
  return level === 'short' || level === 'full';
}

/** Removes those of the reads that are of a day, from the events and from what is kept by column. */
async function removeStep(store: Store, { account, rowIds }: OldestReads, day: number): Promise<void> {
  const ofDay = rowIds.filter((rowId) => dayOfRow(rowId).day === day);
  const places = ofDay.map((rowId) => dayOfRow(rowId).place);
  const span = { account, day, low: Math.min(...places), high: Math.max(...places) };
  const { version, parts } = await readSpan(store, span);
  const gone = new Set(ofDay);
  await removeEvents(store, account, {
    rowIds: ofDay,
    // One that has no rows left stays: it says where the part after it begins.
    parts: parts.flatMap((each) => [...bindParts(account, day, each.part, without(each, gone))]),
    version,
  });
}

function without({ encoded }: StoredPart, gone: ReadonlySet<number>): ReturnType<typeof rowsOf> {
  return rowsOf(openDay(encoded)).filter((row) => !gone.has(rowIdOf(row)));
}

/** Who stores events, from where, when. */
interface Storing {
  store: Store;
  source: Source;
  /** Unix ms. */
  now: number;
}

/**
 * Which of the events are not to be stored for want of room, by id, and why: reads that are not stored yet. What is
 * missed by that is a gap. Costs nothing while there is room.
 */
export async function leaveOut(
  { store, source, now }: Storing,
  events: readonly ParsedEvent[],
): Promise<Map<string, string>> {
  const level = levelOf(store.size);
  const reads = events.filter(({ summary }) => summary.action === 'read');
  if (level === 'ample' || reads.length === 0) return new Map();
  const { since } = await loadRoom(store);
  const isOld = ({ summary }: ParsedEvent): boolean => secondOf(summary.time) < since;
  const asked = reads.filter((event) => level === 'full' || isOld(event));
  if (asked.length === 0) return new Map();
  const stored = await storedAmong(store, asked.map(hexOf));
  const left = asked.filter((event) => !stored.has(hexOf(event)));
  // That those before `since` are missing is told by `since` itself.
  const missed = left.filter((event) => !isOld(event));
  if (missed.length > 0) await run(store, gapsOf({ store, source, now }, missed));
  return new Map(
    left.map((event) => [
      event.summary.id,
      isOld(event)
        ? `reads before ${timeOf(since)} are not kept: the database is nearly full`
        : 'reads are not stored: the database is full',
    ]),
  );
}

function gapsOf({ store, source, now }: Storing, missed: readonly ParsedEvent[]): D1PreparedStatement[] {
  return [...Map.groupBy(missed, ({ summary }) => summary.account)].flatMap(([account, events]) => {
    const seconds = events.map(({ summary }) => secondOf(summary.time));
    return growStorageGap(store, {
      source: storageGapOf(source, account),
      starts: Math.min(...seconds),
      ends: Math.max(...seconds) + 1,
      now: Math.floor(now / 1000),
    });
  });
}

function hexOf({ summary }: ParsedEvent): string {
  return idToHex(summary.id) ?? '';
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
