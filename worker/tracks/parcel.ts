/** What is sent: made of the stored events when it is sent. */
import { deliveryId } from '../store/delivery-list.ts';
import type { StoredEvent } from '../store/event-row.ts';
import { findRecord } from '../store/records.ts';
import type { Sending } from '../store/tracks.ts';
import { bytes, hexDigest } from '../tencent/bytes.ts';
import type { Item, Parcel } from './targets/target.ts';

export interface Contents {
  /** Of the delivery. */
  number: number;
  /** Of the object, without suffix. */
  name: string;
  items: Item[];
}

/** Long records that are fetched side by side. */
const AT_ONCE = 10;

/** The events as they are delivered, by time. One whose record is gone is gone too. */
export async function itemsOf(events: readonly StoredEvent[], objects: R2Bucket): Promise<Item[]> {
  const items: (Item & { rowId: number })[] = [];
  for (let i = 0; i < events.length; i += AT_ONCE) {
    const some = await Promise.all(
      events.slice(i, i + AT_ONCE).map(async ({ rowId, summary, record }) => {
        const text = await findRecord(objects, record);
        const { id } = summary;
        return text === undefined
          ? []
          : [{ rowId, id, time: Date.parse(summary.time), record: text, summary }];
      }),
    );
    items.push(...some.flat());
  }
  return items
    .toSorted((one, other) => one.time - other.time || one.rowId - other.rowId)
    .map(({ rowId: _rowId, ...item }) => item);
}

/** The parcel of a delivery: NDJSON, gzip where the set says so. */
export async function parcelOf(track: Sending, { number, name, items }: Contents): Promise<Parcel> {
  const lines = items.map(({ record, summary }) =>
    track.format === 'records' ? record : JSON.stringify(summary),
  );
  const plain = bytes(lines.map((line) => `${line}\n`).join(''));
  const body = track.compress ? await gzip(plain) : plain;
  return {
    id: deliveryId(track.id, number),
    track: { id: track.id, name: track.name },
    key: `${name}.json${track.compress ? '.gz' : ''}`,
    contentType: track.compress ? 'application/gzip' : 'application/x-ndjson',
    body,
    events: items,
    count: items.length,
    sha256: await hexDigest('SHA-256', body),
  };
}

async function gzip(plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
