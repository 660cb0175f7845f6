/** How the events of a set are cut into deliveries: by the hour in which they happened, and by size. */
import { secondOfRow } from '../store/rowid.ts';
import type { NewDelivery } from '../store/track-plan.ts';

/** What one delivery holds at most; the characters are those of the records. */
const MAX_EVENTS = 5_000;
const MAX_CHARACTERS = 4_000_000;

/** What a record counts for whose length is not known, since it is too long for a row. */
const LONG_RECORD = 500_000;

/** An event that a set takes. */
export interface Found {
  rowId: number;
  /** Characters of its record, where known. */
  length?: number;
  /** Unix ms when it came in. */
  arrived: number;
}

/** Whose deliveries they are and where they come from: `mark` is in their names, and once in all those of a set. */
export interface Origin {
  track: { number: number; id: string };
  mark: string;
  /** The stretch of the log; absent where they are of a past range. */
  stretch?: { from: number; to: number };
}

/** The deliveries of events, by time. The same events and origin give the same names, so that a repeat overwrites. */
export function partsOf(events: readonly Found[], { track, mark, stretch }: Origin): NewDelivery[] {
  const inOrder = events.toSorted((one, other) => one.rowId - other.rowId);
  const parts: Found[][] = [];
  let room = { hour: -1, characters: 0 };
  for (const event of inOrder) {
    const hour = hourOf(event);
    const length = event.length ?? LONG_RECORD;
    const part = parts.at(-1);
    if (part === undefined || hour !== room.hour || part.length === MAX_EVENTS || length > room.characters) {
      parts.push([event]);
      room = { hour, characters: MAX_CHARACTERS - length };
    } else {
      part.push(event);
      room.characters -= length;
    }
  }
  return parts.flatMap((part, i) => {
    const [first] = part;
    if (first === undefined) return [];
    const ids = part.map(({ rowId }) => rowId);
    const hour = hourOf(first);
    return {
      track: track.number,
      hour,
      stretch: stretch ?? null,
      name: `${folderOf(hour)}/${track.id}_${mark}_${i + 1}`,
      base: first.rowId,
      top: ids.at(-1) ?? first.rowId,
      offsets: ids.map((id) => id - first.rowId),
      arrived: Math.min(...part.map(({ arrived }) => arrived)),
    };
  });
}

/** The unix hour in which an event happened. */
export function hourOf({ rowId }: { rowId: number }): number {
  return Math.floor(secondOfRow(rowId) / 3600);
}

/** CloudAudit names folders by the hour in China: YYYYMMDDHH. */
function folderOf(hour: number): string {
  return new Date((hour + 8) * 3_600_000).toISOString().replaceAll(/[-T]/g, '').slice(0, 10);
}
