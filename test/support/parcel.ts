/** Parcels of a tracking set, and what targets are given beside them. */
import { createHash } from 'node:crypto';
import type { Json } from '../../shared/event/event.ts';
import { parseRecord } from '../../shared/event/parse.ts';
import { mayReach } from '../../worker/access/reach.ts';
import type { Item, Parcel, Tools } from '../../worker/tracks/targets/target.ts';
import { records } from './record.ts';

export const TRACK = { id: 'payments', name: 'Payments' };

/** The event of a record, as it is delivered. */
export function itemOf(record: Json): Item {
  const parsed = parseRecord(record, { source: 'api', received: '2026-11-22T08:00:00Z' });
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  const { summary, record: text } = parsed.event;
  return { id: summary.id, time: Date.parse(summary.time), record: text, summary };
}

/** A parcel of these events, as NDJSON. */
export function parcelOf(events: readonly Item[], changes: Partial<Parcel> = {}): Parcel {
  const body = Uint8Array.from(Buffer.from(events.map(({ record }) => `${record}\n`).join('')));
  return {
    id: 'd41',
    track: TRACK,
    key: '2026112216/payments-d41.ndjson',
    contentType: 'application/x-ndjson',
    body,
    events,
    count: events.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    ...changes,
  };
}

/** A parcel of that many events. */
export function someParcel(count = 3): Parcel {
  return parcelOf(records(count).map((record) => itemOf(record)));
}

/** Tools with the real network, where these private hosts may be called and every name has a public address. */
export function toolsFor(allowPrivate: readonly string[], changes: Partial<Tools> = {}): Tools {
  return {
    fetch,
    get objects(): R2Bucket {
      throw new Error('no bucket of our own here');
    },
    reach: (url) =>
      mayReach(url, { allowPrivate, resolve: async () => ({ ok: true, addresses: ['93.184.215.14'] }) }),
    now: Date.now(),
    ...changes,
  };
}
