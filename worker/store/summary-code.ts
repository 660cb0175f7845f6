/**
 * A summary as a list of its fields by place, and back: beside a record that holds the same strings, the names
 * of the fields would cost more than their values once compressed.
 */
import type { Arrival, EventSummary } from '../../shared/event/event.ts';

/** Places are part of what is stored: add at the end, never move or remove one. */
const PLACES = [
  'requestId',
  'eventId',
  'account',
  'operator',
  'person',
  'event',
  'product',
  'action',
  'via',
  'region',
  'resources',
  'ip',
  'network',
  'place',
  'agent',
  'outcome',
  'error',
  'is',
  'tags',
  'title',
  'filled',
  'sensitive',
  'purchase',
  'classified',
] as const satisfies (keyof EventSummary)[];

/** Stands for a field that is not there: no field has it for a value, and it is shorter than null. */
const ABSENT = 0;

/** What the row itself holds is left out: id, seq, the whole second of the time. */
export interface RowPart {
  id: string;
  seq: number;
  /** Unix seconds. */
  second: number;
}

export function encodeSummary(event: EventSummary): unknown[] {
  const arrivals = event.sources.map(({ source, received }) => [source, Date.parse(received)]);
  return [Date.parse(event.time) % 1000, arrivals, ...PLACES.map((place) => event[place] ?? ABSENT)];
}

export function decodeSummary(
  coded: [ms: number, arrivals: [Arrival['source'], number][], ...fields: unknown[]],
  row: RowPart,
): EventSummary {
  const [ms, arrivals, ...values] = coded;
  const fields = PLACES.flatMap((place, i) =>
    values[i] === ABSENT || values[i] === undefined ? [] : [[place, values[i]]],
  );
  const time = new Date(row.second * 1000 + ms).toISOString();
  return {
    id: row.id,
    seq: row.seq,
    time: ms === 0 ? time.replace('.000Z', 'Z') : time,
    sources: arrivals.map(([source, received]) => ({ source, received: new Date(received).toISOString() })),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- encodeSummary put these values at these places
    ...(Object.fromEntries(fields) as Omit<EventSummary, 'id' | 'seq' | 'time' | 'sources'>),
  };
}
