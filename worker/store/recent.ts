/**
 * Events that were read a moment ago. Alarm policies and tracking sets look at the same ones shortly after each other,
 * several sets take the same one, and unpacking an event is most of what reading it costs.
 */
import type { StoredEvent } from './event-row.ts';

export interface Recent {
  /** The event of a row as it was at that `seq`, which is as it is where the row still has it. */
  find(rowId: number, seq: number): StoredEvent | undefined;
  keep(event: StoredEvent): void;
}

/** What is kept at most: events, and characters of their records. */
const MOST = { events: 5_000, characters: 8_000_000 };

/** Keeps events until there are too many: those that were kept first go first. */
export function createRecent(most: typeof MOST = MOST): Recent {
  const events = new Map<number, StoredEvent>();
  let characters = 0;
  const forget = (event: StoredEvent | undefined): void => {
    if (event !== undefined && events.delete(event.rowId)) characters -= lengthOf(event);
  };
  return {
    find(rowId, seq) {
      const event = events.get(rowId);
      return event?.summary.seq === seq ? event : undefined;
    },
    keep(event) {
      forget(events.get(event.rowId));
      events.set(event.rowId, event);
      characters += lengthOf(event);
      while (events.size > most.events || characters > most.characters) {
        forget(events.values().next().value);
      }
    },
  };
}

function lengthOf({ record }: StoredEvent): number {
  return record.kind === 'inline' ? record.text.length : 0;
}

const BY_DATABASE = new WeakMap<D1Database, Recent>();

/** What was read of a database by this isolate, whatever request or job it was for. */
export function recentOf(db: D1Database): Recent {
  const known = BY_DATABASE.get(db);
  if (known !== undefined) return known;
  const recent = createRecent();
  BY_DATABASE.set(db, recent);
  return recent;
}
