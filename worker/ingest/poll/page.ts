/** One page: asked for at its pace, and what of it the store does not have yet. */
import type { Json, ParsedEvent } from '../../../shared/event/event.ts';
import { idToHex } from '../../../shared/event/identity.ts';
import type { DeadLetter } from '../../store/arrivals.ts';
import type { StoredEvent } from '../../store/event-row.ts';
import { secondOf } from '../../store/rowid.ts';
import { findEvents } from '../../store/write.ts';
import { describeEvents, type EventsPage } from '../../tencent/events.ts';
import type { Failed } from '../../tencent/failure.ts';
import { deadLetterOf } from '../intake.ts';
import { sortRecord, type SortContext } from '../sort.ts';
import { isNewestFirst } from './order.ts';
import { persist } from './persist.ts';
import { pause, type Reader } from './reader.ts';
import { READABLE } from './state.ts';

/** Asks for a page of a stretch (unix seconds), as often as it takes. */
export async function askPage(
  reader: Reader,
  { from, to, token }: { from: number; to: number; token?: string | undefined },
): Promise<EventsPage | Failed> {
  return await persist(async () => {
    reader.left -= 1;
    await pause((await reader.slot()) - reader.clock());
    const now = reader.clock();
    const startTime = Math.max(from, Math.floor(now / 1000) - READABLE);
    // The oldest stretch of a back-fill may pass out of reach while it waits.
    if (startTime >= to) return { ok: true, records: [], listOver: true };
    return await describeEvents(
      reader.client,
      {
        region: reader.region,
        startTime,
        endTime: to,
        ...(token === undefined ? {} : { nextToken: token }),
      },
      now,
    );
  }, reader);
}

/** What a page says, beside what the store has of it. */
export interface Sifted {
  /** To be stored: those that are not, and those that another source told otherwise. */
  events: ParsedEvent[];
  /** Unix seconds of those that are not stored at all. */
  absent: number[];
  deadLetters: DeadLetter[];
  /** True where everything on it was read from this interface by the moment that was asked for. */
  known: boolean;
  newestFirst: boolean | undefined;
}

/**
 * Takes a page apart. `received` is the unix ms that its events are stored with; `by` that of the last whole poll, where
 * it matters whether the page was known then.
 */
export async function siftPage(
  reader: Reader,
  records: readonly Json[],
  { received, by }: { received: number; by?: number | undefined },
): Promise<Sifted> {
  const context: SortContext = {
    source: 'api',
    received: new Date(received).toISOString(),
    account: reader.account,
    writable: '*',
    retention: reader.retention,
    now: reader.clock(),
  };
  const sorted = records.map((record) => sortRecord(record, context));
  const parsed = sorted.flatMap((each) => (each.kind === 'event' ? [each.event] : []));
  const stored = await storedAs(reader, parsed);
  const readBefore = (event: ParsedEvent): number | undefined => {
    const arrival = stored.get(event.summary.id)?.summary.sources.find(({ source }) => source === 'api');
    return arrival === undefined ? undefined : Date.parse(arrival.received);
  };
  return {
    events: parsed.filter(
      (event) => readBefore(event) === undefined || differs(event, stored.get(event.summary.id)),
    ),
    absent: parsed
      .filter(({ summary }) => !stored.has(summary.id))
      .map(({ summary }) => secondOf(summary.time)),
    deadLetters: sorted.flatMap((each) =>
      each.kind === 'broken' || each.kind === 'unreadable' ? deadLetterOf(each, context) : [],
    ),
    known:
      by !== undefined && parsed.length > 0 && parsed.every((event) => (readBefore(event) ?? Infinity) <= by),
    newestFirst: isNewestFirst(parsed.map(({ summary }) => secondOf(summary.time))),
  };
}

async function storedAs(
  { store }: Reader,
  events: readonly ParsedEvent[],
): Promise<ReadonlyMap<string, StoredEvent>> {
  if (events.length === 0) return new Map();
  const found = await findEvents(
    store,
    events.map(({ summary }) => idToHex(summary.id) ?? ''),
  );
  return new Map(found.map((event) => [event.summary.id, event]));
}

/** Whether the interface says something else now than when it was read. What is too long for a row is not compared. */
function differs({ record }: ParsedEvent, stored: StoredEvent | undefined): boolean {
  return stored?.record.kind === 'inline' && stored.record.text !== record;
}
