/** Tracking sets in tests: making them, and what their bucket holds. */
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { Reply, TestWorker } from './worker.ts';

/** The bucket that targets of type r2 are in. */
export async function bucketOf(worker: TestWorker): Promise<R2Bucket> {
  const env = await worker.harness.getWorker<{ TRACKS: R2Bucket }>().getEnv();
  return env.TRACKS;
}

export async function addTrack(worker: TestWorker, track: object): Promise<Reply['json']> {
  const { status, json, text } = await worker.call('/v1/tracks', { method: 'POST', json: track });
  expect(status, text).toBe(201);
  return json;
}

/** A set that delivers plain objects under its own id. */
export function plainTrack(id: string, changes: object = {}): Record<string, unknown> {
  return { id, name: id, q: '', target: { type: 'r2', prefix: id }, compress: false, ...changes };
}

export interface Delivered {
  key: string;
  text: string;
  object: R2Object;
  /** Records or events, as JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into records of every form
  lines: any[];
}

/** Every object below a prefix. */
export async function objectsOf(bucket: R2Bucket, prefix: string): Promise<Delivered[]> {
  const found: Delivered[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await bucket.list({ prefix: `${prefix}/`, ...(cursor ? { cursor } : {}) });
    for (const { key } of page.objects) {
      const object = await bucket.get(key);
      if (object === null) throw new Error(`${key} is gone`);
      const bytes = Buffer.from(await object.arrayBuffer());
      const text = (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
      const lines = text
        .split('\n')
        .filter(Boolean)
        .map((line: string) => JSON.parse(line));
      found.push({ key, text, object, lines });
    }
    if (!page.truncated) return found;
    ({ cursor } = page);
  }
}

/** Request ids of all records below a prefix, sorted, as often as they are there. */
export async function requestsIn(bucket: R2Bucket, prefix: string): Promise<string[]> {
  const objects = await objectsOf(bucket, prefix);
  return objects.flatMap(({ lines }) => lines.map(({ requestID }): string => requestID)).toSorted();
}

export async function trackOf(worker: TestWorker, id: string): Promise<Reply['json']> {
  return (await worker.call(`/v1/tracks/${id}`)).json;
}

/** Every delivery of a set, newest first. */
export async function deliveriesOf(worker: TestWorker, id: string): Promise<Reply['json'][]> {
  const all: Reply['json'][] = [];
  for (let before = ''; ;) {
    const { json } = await worker.call(`/v1/tracks/${id}/deliveries?limit=100${before}`);
    all.push(...json.deliveries);
    if (json.next === null) return all;
    before = `&before=${json.next}`;
  }
}

/** Takes away everything that tests of tracking sets leave, so that they share a Worker: events, sets, objects. */
export async function empty(worker: TestWorker): Promise<void> {
  const bucket = await bucketOf(worker);
  for (let more = true; more;) {
    const { objects, truncated } = await bucket.list({ limit: 1000 });
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key));
    more = truncated;
  }
  const tables = ['event', 'track', 'track_backfill', 'removed_track', 'track_change', 'delivery', 'lease'];
  await worker.db.batch(
    [
      ...tables.map((table) => `DELETE FROM ${table}`),
      `DELETE FROM sqlite_sequence WHERE name IN ('track', 'delivery')`,
      // Numbers of the log are never used again.
      `DELETE FROM change WHERE first < (SELECT max(first) FROM change)`,
      `UPDATE change SET offsets = '[]', moved = '[]', revised = '[]'`,
    ].map((statement) => worker.db.prepare(statement)),
  );
}
