/** What a destination of a tracking set is: one `send` for each kind, behind one contract. */
import type { EventSummary } from '../../../shared/event/event.ts';
import type { OpenTarget } from '../../../shared/api/targets.ts';
import type { Reach } from '../../access/reach.ts';

/** An event as it is delivered. */
export interface Item {
  id: string;
  /** Unix ms. */
  time: number;
  /** What is delivered of it, redacted: one line of JSON, an object. */
  record: string;
  summary: EventSummary;
}

/** What is delivered at once. It is the same at each attempt, so that a repeat overwrites or is recognised. */
export interface Parcel {
  /** Of the delivery. */
  id: string;
  track: { id: string; name: string };
  /** Of the object, below the target's prefix: `2026112219/…`. */
  key: string;
  contentType: string;
  /** The object: the records as NDJSON by time, gzip or not, as `contentType` says. */
  body: Uint8Array<ArrayBuffer>;
  /** The same as single events, for targets that take no objects. */
  events: readonly Item[];
  count: number;
  /** Of `body`, hex. */
  sha256: string;
}

export type FailureKind =
  /** It does not take what it was given; the same again will fail again. */
  | 'refused'
  /** The credential is wrong or may not write there. */
  | 'forbidden'
  /** There is no such bucket, topic or address. */
  | 'gone'
  /** No answer: no such name, no connection, too slow. */
  | 'unreachable'
  /** It asks to be called less often. */
  | 'busy'
  /** It failed. */
  | 'server'
  /** It points to where a Worker may not call. */
  | 'inward';

/** Why a parcel did not arrive. Of the target's answer nothing else is kept. */
export interface Failure {
  kind: FailureKind;
  status?: number;
  /** As the provider names it: `NoSuchBucket`. */
  code?: string;
  /** At most 200 printable characters. */
  text: string;
}

export type Sent = { ok: true } | { ok: false; failure: Failure };

export interface Tools {
  fetch: typeof fetch;
  /** Where targets of type `r2` are. */
  objects: R2Bucket;
  /** Decides where the Worker may call. */
  reach: Reach;
  /** Unix ms of this attempt. */
  now: number;
}

/** Delivers to one kind of target. What a target can do wrong is a value. */
export type Send<T extends OpenTarget['type']> = (
  target: Extract<OpenTarget, { type: T }>,
  parcel: Parcel,
  tools: Tools,
) => Promise<Sent>;

/** The key of a parcel's object in a bucket. */
export function objectKey({ prefix }: { prefix: string }, { key }: { key: string }): string {
  return prefix === '' ? key : `${prefix}/${key}`;
}

/** What an object says about itself, so that a reader can check it. */
export function objectMetadata({ id, track, count, sha256 }: Parcel): Record<string, string> {
  return { batch: id, track: track.id, count: String(count), sha256 };
}
