/**
 * Events by column: what lists, filters and counts need of them, one UTC day of one account at a time.
 *
 * A column is a dictionary of the values that occur and a code for each row, so a condition is decided once per
 * value and a count adds up codes. Stores keep a column as one text (see encode.ts).
 */
import type { EventSummary, Purchase, Resource, Source, Mark, Person, Operator } from '../event/event.ts';

/** What one event has in each column. What no query asks of columns (agent, title, message, ms) is left out. */
export interface Fields {
  operator: Operator;
  person: Person | null;
  call: Pick<EventSummary, 'product' | 'event' | 'action' | 'via'>;
  region: string;
  resources: Resource[];
  address: Pick<EventSummary, 'ip' | 'network'> & { place?: string };
  /** `error` without its message. */
  result: { outcome: EventSummary['outcome']; layer?: 'api' | 'cam'; code?: string };
  is: Mark[];
  sensitive: string[];
  /** Without deals, which are different each time. */
  purchase: Omit<Purchase, 'deals'> | null;
  sources: Source[];
  tags: string[];
  /** Different in almost every row, so only copies that are asked for them keep them. */
  request: { requestId: string; eventId?: string };
}

export type FieldName = keyof Fields;

/** Every field. */
export const FIELD_NAMES: readonly FieldName[] = [
  'operator',
  'person',
  'call',
  'region',
  'resources',
  'address',
  'result',
  'is',
  'sensitive',
  'purchase',
  'sources',
  'tags',
  'request',
];

/** One event on its way into columns or out of them. */
export interface Row {
  /** Unix seconds. */
  second: number;
  /** What its keeper knows it by, unique within a second: an event id, or a place in a table. */
  key: string;
  fields: Fields;
}

/** Every text that a day is kept as: when, which, and the fields. */
export type ColumnName = 'minute' | 'second' | 'key' | FieldName;

/** A day as it is kept: of some columns or all, each as the text that encode.ts made. */
export interface EncodedDay {
  account: string;
  /** Days since 1970-01-01, UTC. */
  day: number;
  /** Rows in it. */
  size: number;
  columns: { readonly [C in ColumnName]?: string };
}

/** A column that was read: row `i` has `values[codes[i]]`. */
export interface Column<T> {
  values: readonly T[];
  codes: Uint16Array;
}

/** A day that can be asked; its columns are read when they are first needed. Newest first. */
export interface Day {
  account: string;
  day: number;
  size: number;
  /** The fields that it was kept with. */
  fields: readonly FieldName[];
  /** Unix seconds of each row. */
  seconds(): Uint32Array;
  keys(): Column<string>;
  /** Throws where the day was kept without that field. */
  column<F extends FieldName>(name: F): Column<Fields[F]>;
}
