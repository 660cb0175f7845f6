/** Deliveries of a tracking set, to be shown. */
import * as v from 'valibot';
import { DELIVERY_STATES, deliveryProblem, type Delivery } from '../../shared/api/tracks.ts';
import { fromJson, int, maybeInt, maybeText, rows, run, type Row, type Store } from './meter.ts';

/** A page, newest first. `next` is absent where there are no more. */
export async function listDeliveries(
  store: Store,
  track: string,
  { before, limit }: { before: number; limit: number },
): Promise<{ deliveries: Delivery[]; next?: number } | undefined> {
  const [known, found] = await run(store, [
    store.db.prepare(`SELECT number FROM track WHERE id = ?1`).bind(track),
    store.db.prepare(PAGE).bind(track, before, limit + 1),
  ]);
  if (known?.results.length === 0) return undefined;
  const all = rows(found, (row) => row);
  const shown = all.slice(0, limit);
  const last = shown.at(-1);
  return {
    deliveries: shown.map((row) => readDelivery(row, track)),
    ...(all.length > limit && last !== undefined ? { next: int(last, 'number') } : {}),
  };
}

const PAGE = `
  SELECT * FROM delivery WHERE track = (SELECT number FROM track WHERE id = ?1) AND number < ?2
  ORDER BY number DESC LIMIT ?3`;

/** The id of a delivery: what tells it from all others, of other sets too. */
export function deliveryId(track: string, number: number): string {
  return `${track}-${number}`;
}

function readDelivery(row: Row, track: string): Delivery {
  const state = v.parse(v.picklist(DELIVERY_STATES), row['state']);
  const [nextTry, done, bytes] = [maybeInt(row, 'next_try'), maybeInt(row, 'done'), maybeInt(row, 'bytes')];
  const [key, sha256] = [maybeText(row, 'key'), maybeText(row, 'sha256')];
  return {
    id: deliveryId(track, int(row, 'number')),
    state,
    count: int(row, 'count'),
    hour: new Date(int(row, 'hour') * 3_600_000).toISOString(),
    ...(key === undefined ? {} : { key }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(sha256 === undefined ? {} : { sha256 }),
    attempts: int(row, 'attempts'),
    created: timeOf(int(row, 'created')),
    ...(state === 'delivered' && done !== undefined ? { delivered: timeOf(done) } : {}),
    ...(state === 'pending' && nextTry ? { nextTry: timeOf(nextTry) } : {}),
    ...(row['from_seq'] === null ? { backfill: true } : {}),
    ...(row['problem'] === null ? {} : { problem: fromJson(row, 'problem', deliveryProblem) }),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
