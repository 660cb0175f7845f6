/** The days of the copy in memory, opened, and what a change makes of them. Pure. */
import type { Day, Row } from '../../shared/columns/columns.ts';
import { type Known, openDay, rowsOf } from '../../shared/columns/decode.ts';
import { encodeDay } from '../../shared/columns/encode.ts';
import type { KeptDay, PartKey } from './copy.ts';

export interface Shelf {
  /** Values that its days share. */
  known: Known;
  /** Newest day first; the parts of a day from its newest to its oldest row. */
  parts: readonly ShelfPart[];
  rows: number;
}

export interface ShelfPart {
  key: PartKey;
  day: Day;
}

export const EMPTY_SHELF: Shelf = { known: {}, parts: [], rows: 0 };

/** Rows of one part: what one more event makes to be written again. */
const MAX_PART = 10_000;

const DAY = 86_400;

/** What came of a change: the shelf as it is now, and what of it has to be written and removed to keep that. */
export interface Changed {
  shelf: Shelf;
  written: KeptDay[];
  removed: PartKey[];
}

/** A row and the account it belongs to. */
export interface Placed {
  account: string;
  row: Row;
}

/** The shelf of what was kept. */
export function shelfOf(kept: readonly KeptDay[], known: Known = {}): Shelf {
  return sorted(
    known,
    kept.map((day) => ({ key: keyOf(day), day: openDay(day, known) })),
  );
}

/**
 * Puts events in their places, each once, and takes the ids of `gone` away. Where several are of one second, those
 * that come now stand before what was there (`newer`: arrived later) or behind it.
 */
export function change(
  shelf: Shelf,
  { put, gone, newer }: { put: readonly Placed[]; gone: readonly string[]; newer: boolean },
): Changed {
  const leaving = new Set(gone);
  const stored = Map.groupBy(shelf.parts, ({ key: [account, day] }) => idOf(account, day));
  const coming = Map.groupBy(put, ({ account, row }) => idOf(account, dayOfSecond(row.second)));
  const left = leaving.size === 0 ? [] : shelf.parts.filter(({ day }) => holdsAny(day, leaving));
  const touched = new Set([...coming.keys(), ...left.map(({ key: [account, day] }) => idOf(account, day))]);

  const written: KeptDay[] = [];
  const removed: PartKey[] = [];
  for (const id of touched) {
    const before = stored.get(id) ?? [];
    const rows = united(
      before.flatMap(({ day }) => rowsOf(day)),
      (coming.get(id) ?? []).map(({ row }) => row),
      newer,
    );
    const [account = '', day = ''] = id.split(' ');
    const parts = encoded(
      account,
      Number(day),
      rows.filter(({ key }) => !leaving.has(key)),
    );
    written.push(...parts);
    removed.push(...before.map(({ key }) => key).slice(parts.length));
  }
  const kept = shelf.parts.filter(({ key: [account, day] }) => !touched.has(idOf(account, day)));
  return { shelf: sorted(shelf.known, [...kept, ...shelfOf(written, shelf.known).parts]), written, removed };
}

function holdsAny(day: Day, ids: ReadonlySet<string>): boolean {
  return day.keys().values.some((id) => ids.has(id));
}

function idOf(account: string, day: number): string {
  return `${account} ${day}`;
}

/** Takes away what is older than a second (whole days that end before it), of one account or of all. */
export function dropBefore(shelf: Shelf, second: number, account?: string): Changed {
  const old = shelf.parts.filter(
    ({ key }) => (account === undefined || key[0] === account) && (key[1] + 1) * DAY <= second,
  );
  const gone = new Set(old);
  return {
    shelf:
      old.length === 0
        ? shelf
        : sorted(
            shelf.known,
            shelf.parts.filter((part) => !gone.has(part)),
          ),
    written: [],
    removed: old.map(({ key }) => key),
  };
}

/** The second from which on no more than `rows` are on the shelf, at the beginning of a day. */
export function secondOfMost(shelf: Shelf, rows: number): number {
  let count = 0;
  for (const { key, day } of shelf.parts) {
    count += day.size;
    if (count > rows) return (key[1] + 1) * DAY;
  }
  return 0;
}

function united(stored: readonly Row[], coming: readonly Row[], newer: boolean): Row[] {
  const known = new Map(stored.map((row) => [row.key, row]));
  const added = new Map<string, Row>();
  for (const row of coming) (known.has(row.key) ? known : added).set(row.key, row);
  const rest = [...known.values()];
  // Changes come oldest first, pages newest first.
  return newer ? [...[...added.values()].toReversed(), ...rest] : [...rest, ...added.values()];
}

function encoded(account: string, day: number, rows: readonly Row[]): KeptDay[] {
  const newestFirst = rows.toSorted((one, other) => other.second - one.second);
  const parts = Math.ceil(newestFirst.length / MAX_PART);
  return Array.from({ length: parts }, (_, part) => ({
    ...encodeDay(account, day, newestFirst.slice(part * MAX_PART, (part + 1) * MAX_PART)),
    part,
  }));
}

function sorted(known: Known, parts: readonly ShelfPart[]): Shelf {
  const order = parts.toSorted(({ key: one }, { key: other }) =>
    one[1] === other[1] ? one[0].localeCompare(other[0]) || one[2] - other[2] : other[1] - one[1],
  );
  return { known, parts: order, rows: order.reduce((sum, { day }) => sum + day.size, 0) };
}

function keyOf({ account, day, part }: KeptDay): PartKey {
  return [account, day, part];
}

function dayOfSecond(second: number): number {
  return Math.floor(second / DAY);
}
