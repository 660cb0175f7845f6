/** A stretch of event time, read page by page into the store. What is read is stored together with how far that is. */
import type { ParsedEvent } from '../../../shared/event/event.ts';
import { countArrivals, keepDeadLetters, type DeadLetter } from '../../store/arrivals.ts';
import { countLag } from '../../store/lag.ts';
import type { Failure } from '../../tencent/failure.ts';
import { accept } from '../accept.ts';
import { leaveOut } from '../storage.ts';
import { askPage, siftPage } from './page.ts';
import { isOver, type Reader } from './reader.ts';
import type { Window } from './state.ts';

/** So many events are stored at a time: cheaper than page by page, and little to read again after a kill. */
const BATCH = 500;

export interface WindowRead {
  /** Unix ms that a page's events are stored with, asked for when it is there. */
  received: () => number;
  /** Reading may stop at the first page that was known by this moment, unix ms, where pages come newest first. */
  by?: number | undefined;
  /** Whether the next page is asked for while one is stored. */
  ahead: boolean;
  /** Whether the lag of what is new is counted. */
  live: boolean;
  /** The statements that say how far it is read. */
  progress: (told: Progress) => D1PreparedStatement[];
}

export type Progress =
  /** On to the page of `token`; without one it begins again. */
  | { kind: 'on'; token: string | undefined; read: number }
  /** `early`: not to the end, since what follows is known. */
  | { kind: 'done'; early: boolean; read: number; newestFirst: boolean | undefined };

export type WindowEnd = { kind: 'done' } | { kind: 'later' } | { kind: 'failed'; failure: Failure };

/** Reads a window from where it stopped, until its end, a failure, or until the reader's time is up. */
export async function readWindow(reader: Reader, window: Window, how: WindowRead): Promise<WindowEnd> {
  let { token } = window;
  let gathered = nothing();
  let read = 0;
  let newestFirst: boolean | undefined;
  const settle = async (told: Progress): Promise<void> => {
    await storeGathered(reader, gathered, how.live, how.progress(told));
    gathered = nothing();
  };
  let coming = askPage(reader, { ...window, token });
  for (;;) {
    const page = await coming;
    if (!page.ok) {
      // A token may be one that the vendor does not take any more: then the window begins again.
      const isTaken = page.failure.kind !== 'refused';
      if (token !== undefined) await settle({ kind: 'on', token: isTaken ? token : undefined, read });
      return { kind: 'failed', failure: page.failure };
    }
    const next = page.listOver ? undefined : page.nextToken;
    const goesOn = next !== undefined && !isOver(reader);
    if (goesOn && how.ahead) coming = begin(askPage(reader, { ...window, token: next }));
    const sifted = await siftPage(reader, page.records, { received: how.received(), by: how.by });
    read += page.records.length;
    newestFirst ??= sifted.newestFirst;
    gathered.events.push(...sifted.events);
    gathered.absent.push(...sifted.absent);
    gathered.deadLetters.push(...sifted.deadLetters);
    const early = next !== undefined && sifted.known && sifted.newestFirst === true;
    if (next === undefined || early) {
      await settle({ kind: 'done', early, read, newestFirst });
      return { kind: 'done' };
    }
    token = next;
    if (!goesOn) {
      await settle({ kind: 'on', token, read });
      return { kind: 'later' };
    }
    if (gathered.events.length >= BATCH) await settle({ kind: 'on', token, read });
    if (!how.ahead) coming = askPage(reader, { ...window, token });
  }
}

/** A promise that may fail before anybody waits for it. */
function begin<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

interface Gathered {
  events: ParsedEvent[];
  /** Unix seconds. */
  absent: number[];
  deadLetters: DeadLetter[];
}

function nothing(): Gathered {
  return { events: [], absent: [], deadLetters: [] };
}

async function storeGathered(
  reader: Reader,
  { events, absent, deadLetters }: Gathered,
  live: boolean,
  progress: readonly D1PreparedStatement[],
): Promise<void> {
  const { store, objects, classifier, source, clock } = reader;
  const now = clock();
  const seconds = Math.floor(now / 1000);
  await keepDeadLetters(store, { source: 'api', now: seconds, deadLetters, counted: true });
  const left = await leaveOut({ store, source: 'api', now }, events);
  const lags = live ? absent.map((second) => Math.max(0, seconds - second)) : [];
  const { accepted, duplicate, overflow } = await accept(
    { store, objects, source: 'api', classifier, now, reader: source },
    events.filter(({ summary }) => !left.has(summary.id)),
    [...countLag(store, { source, now: seconds, lags }), ...progress],
  );
  const tallies = [...Map.groupBy([...duplicate, ...overflow], ({ summary }) => summary.account)].map(
    ([account, those]) => {
      const refused = those.filter((event) => overflow.includes(event)).length;
      return { account, duplicate: those.length - refused, refused };
    },
  );
  if (tallies.length > 0) await countArrivals(store, { source: 'api', now: seconds, tallies });
  if (accepted + duplicate.length > 0) reader.arrived();
}
