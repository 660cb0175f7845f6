/** What a question finds before the copy begins: pages of the Worker, one list of several queries. */
import type { Client } from '../../../shared/api/client.ts';
import type { EventSummary } from '../../../shared/event/event.ts';
import type { Problem } from '../../protocol/connection.ts';
import type { OperatorRef } from '../../protocol/panel.ts';
import { problemOf } from '../worker.ts';
import { secondOf } from '../sync/times.ts';

const PAGE = 200;
/** Pages in a row of which nothing counts, before the reader is asked whether to go on. */
const MOST = 5;

/** One of the queries, and how far it was followed. `next` is null at its end. */
interface Strand {
  q: string;
  next: string | null | undefined;
  /** Fetched, and not given yet. */
  waiting: EventSummary[];
}

export interface Older {
  strands: readonly Strand[];
  /** What was given so far, newest first. */
  events: EventSummary[];
}

export type Page =
  | { kind: 'page'; complete: boolean }
  /** The Worker stopped at its bound: all from `through` (unix s) on was looked at. */
  | { kind: 'partial'; through: number }
  | { kind: 'problem'; problem: Problem };

/** Nothing asked yet. */
export function olderOf(queries: readonly string[]): Older {
  return { strands: queries.map((q) => ({ q, next: undefined, waiting: [] })), events: [] };
}

/** Whether everything was given. */
export function isComplete({ strands }: Older): boolean {
  return strands.every(({ next, waiting }) => next === null && waiting.length === 0);
}

/** Fetches the next page and adds it to what was given. `by` are those whose events count; null: anybody's. */
export async function nextPage(
  older: Older,
  { client, tz, by }: { client: Client; tz: string; by: readonly OperatorRef[] | null },
): Promise<Page> {
  let through: number | undefined;
  for (const strand of older.strands) {
    for (let asked = 0; strand.waiting.length === 0 && strand.next !== null; asked += 1) {
      const cursor = strand.next === undefined ? {} : { cursor: strand.next };
      const called = await client.call('GET /v1/events', {
        query: { q: strand.q, tz, limit: PAGE, ...cursor },
      });
      if (called.kind !== 'answer') return { kind: 'problem', problem: problemOf(called) };
      const { events, next, partial } = called.body;
      strand.next = next;
      strand.waiting = events.filter((event) => by === null || isBy(event, by));
      const reached = partial?.through ?? events.at(-1)?.time;
      const isStopped = partial !== undefined || asked === MOST;
      if (isStopped && reached !== undefined) through = Math.max(through ?? 0, secondOf(reached));
      if (isStopped) break;
    }
  }
  give(older);
  if (through !== undefined) return { kind: 'partial', through };
  return { kind: 'page', complete: isComplete(older) };
}

/** Gives the newest of what waits, until one of the queries has to be asked again. An event may be in two. */
function give({ strands, events }: Older): void {
  const given = new Set(events.map(({ id }) => id));
  for (;;) {
    if (strands.some(({ next, waiting }) => waiting.length === 0 && next !== null)) return;
    const [newest] = strands
      .filter(({ waiting }) => waiting.length > 0)
      .toSorted(({ waiting: [one] }, { waiting: [other] }) => timeOf(other) - timeOf(one));
    const event = newest?.waiting.shift();
    if (event === undefined) return;
    if (!given.has(event.id)) events.push(event);
    given.add(event.id);
  }
}

function timeOf(event: EventSummary | undefined): number {
  return event === undefined ? 0 : secondOf(event.time);
}

/** `person:` finds claimed persons too, whom nobody vouches for. */
function isBy(event: EventSummary, by: readonly OperatorRef[]): boolean {
  const person = event.person?.status === 'exact' ? event.person.id : undefined;
  return by.some(
    ({ account, id }) => account === event.account && (id === event.operator.id || id === person),
  );
}
