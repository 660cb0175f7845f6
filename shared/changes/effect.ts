/** What one write did to one resource, as far as its request tells. */
import type { EventSummary, Json } from '../event/event.ts';
import type { JsonObject } from '../event/json.ts';

/** One write, of any outcome, about some resources. */
export interface Write extends Pick<EventSummary, 'event' | 'outcome' | 'error' | 'resources'> {
  /** Unix seconds. */
  second: number;
  request: Json;
  response: Json;
}

/** The resource that is looked at. */
export interface Target {
  id: string;
  /** Kinds that records give it. */
  types: readonly string[];
}

/** A setting of the resource. */
export interface Setting {
  /** Its place in the request, in the product's words. */
  name: string;
  /** The part of the resource that it is of: `ListenerId=lbl-0a1b2c3d`; '' for the resource itself. */
  of: string;
}

export type Effect =
  /** It has this value now; null: none. */
  | { op: 'set'; setting: Setting; value: Json }
  /** These are among its entries now, or no longer. */
  | { op: 'add' | 'remove'; setting: Setting; values: Json[] }
  /** These took the place of entries that the request does not name. */
  | { op: 'overwrite'; setting: Setting; values: Json[] }
  /** What calls of the same tie set has no value now. */
  | { op: 'clear'; setting: Setting };

export type Effects =
  | {
      kind: 'known';
      effects: Effect[];
      /** What actions that undo each other share. */
      tie: string;
      /** What became of the resource as a whole. */
      fate: 'stays' | 'made' | 'gone';
      /** Whether it put back settings that it does not name. */
      resets: boolean;
    }
  /** The request cannot be read, or says too much to look at, so it may have set anything. */
  | { kind: 'unreadable' };

/** A call with what its parts need to know of it. */
export interface Call {
  event: string;
  request: JsonObject;
  id: string;
  /** Kinds of the resource, as single words. */
  kinds: ReadonlySet<string>;
}
