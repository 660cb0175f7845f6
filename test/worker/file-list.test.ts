import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Bucket } from '../../worker/ingest/files/bucket.ts';
import { findFiles, readWalk, type Walk } from '../../worker/ingest/files/list.ts';
import { fileCountsOf, readFileCounts, waitingCount, waitingFiles } from '../../worker/store/file-places.ts';
import { openStore, rows, run } from '../../worker/store/meter.ts';
import { logPrefixes } from '../../worker/tencent/buckets.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const SOURCE = 'files-audit-1250000001';
const HOUR = 3600;
const NOW = Math.floor(Date.now() / 1000);
const KEPT = 90 * 24 * HOUR;

let worker: TestWorker;
let bucket: Bucket;
let objects: Map<string, { modified: number; etag: string }>;
let lists = 0;
let now = NOW;
let walk: Walk;

beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());
beforeEach(async () => {
  await worker.db.prepare('DELETE FROM file').run();
  objects = new Map();
  [lists, now, walk] = [0, NOW, readWalk('{}')];
  bucket = {
    store: openStore(worker.db),
    source: SOURCE,
    prefixes: logPrefixes('trail'),
    clock: () => now * 1000,
    client: {
      credential: { secretId: 'AKIDlist', secretKey: 'made-up-secret' },
      endpoint: 'https://cos.ap-guangzhou.myqcloud.com',
      addressing: 'host',
      bucket: 'audit-1250000001',
      region: 'ap-guangzhou',
      fetch: listing,
      timeoutMs: 1000,
    },
  };
});

/** Lists what is in `objects`, as a store does. */
const listing: typeof fetch = async (input) => {
  lists += 1;
  const asked = new URL(input instanceof Request ? input.url : input).searchParams;
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(asked.get('prefix') ?? '') && key > (asked.get('marker') ?? ''))
    .toSorted();
  const page = keys.slice(0, 1000).map((key) => {
    const { modified, etag } = objects.get(key) ?? { modified: 0, etag: '' };
    const time = new Date(modified * 1000).toISOString();
    return `<Contents><Key>${key}</Key><Size>9</Size><LastModified>${time}</LastModified><ETag>"${etag}"</ETag></Contents>`;
  });
  return new Response(
    `<ListBucketResult><IsTruncated>${keys.length > 1000}</IsTruncated>${page.join('')}</ListBucketResult>`,
  );
};

/** Looks once, a minute after the last time; gives the keys that are new, and takes them for read. */
async function look(): Promise<string[]> {
  now += 60;
  const found = await findFiles(bucket, walk, KEPT);
  if (!found.ok) throw new Error(found.failure.code);
  walk = readWalk(JSON.stringify(found.walk));
  const waiting = await waitingFiles(bucket.store, SOURCE, { now, limit: 100_000 });
  await worker.db.prepare(`UPDATE file SET state = 'read'`).run();
  return waiting.map(({ key }) => key).toSorted();
}

function put(key: string, modified = now, etag = 'one'): string {
  objects.set(key, { modified, etag });
  return key;
}

/** A bucket with so many files of the last weeks, one every five minutes. */
function fill(count: number): void {
  for (let i = 0; i < count; i += 1) {
    const modified = NOW - i * 300;
    put(`trail/${new Date(modified * 1000).toISOString().slice(0, 13).replaceAll(/\D/g, '')}/${i}`, modified);
  }
}

test('a small bucket is seen whole at each tick', async () => {
  const both = [put('trail/2026112214/log'), put('cloudaudit/trail/1795000000')];
  put('trailer/2026112214/log');
  expect(await look()).toEqual(both.toSorted());
  expect(await look()).toEqual([]);
  expect(await look()).toEqual([]);
  const late = put('trail/2025010100/late');
  expect(await look()).toEqual([late]);
});

test('in a large one what is new is seen at once, what is late when the walk comes by', async () => {
  fill(10_000);
  expect((await look()).length).toBe(8000);
  while (walk.under !== undefined) await look();
  expect(await look()).toEqual([]);
  expect(walk.under).toBeDefined();
  const fresh = put(`trail/${new Date(now * 1000).toISOString().slice(0, 13).replaceAll(/\D/g, '')}/new`);
  const late = put('trail/2025010100/late');
  const grown = put('trail/elsewhere', now);
  const seen = [await look(), await look(), await look(), await look()];
  expect(seen[0]).toContain(fresh);
  expect(seen.flat().toSorted()).toEqual([fresh, late, grown].toSorted());
});

test('lists of a tick are bounded, and what is remembered too', async () => {
  fill(10_000);
  for (let tick = 0; tick < 6; tick += 1) {
    const before = lists;
    await look();
    expect(lists - before).toBeLessThanOrEqual(12);
  }
  const remembered = await worker.db.prepare('SELECT count(*) AS n FROM file').first<number>('n');
  expect(remembered).toBeLessThan(400);
});

test('to look what waits and what is broken costs no more for all that was read', async () => {
  await worker.db
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
       INSERT INTO file (source, key, etag, size, modified, state)
       SELECT ?1, 'trail/' || i, 'one', 9, ?2 - i, iif(i % 500 = 1, iif(i > 1000, 'waiting', 'broken'), 'read') FROM n`,
    )
    .bind(SOURCE, NOW)
    .run();
  const { store } = bucket;
  const before = store.cost.rowsRead;
  expect(await waitingFiles(store, SOURCE, { now, limit: 200 })).toHaveLength(2);
  expect(await waitingCount(store, SOURCE)).toBe(2);
  const [counted] = await run(store, [fileCountsOf(store)]);
  expect(rows(counted, readFileCounts)).toMatchObject([{ waiting: 2, broken: 2, bytes: 18 }]);
  expect(store.cost.rowsRead - before).toBeLessThan(60);
});

test('what was overwritten waits again, from its start; what is older than any event kept does not', async () => {
  const key = put('trail/2026112214/log');
  put('trail/2020010100/log', NOW - KEPT - HOUR);
  expect(await look()).toEqual([key]);
  put(key, now, 'two');
  expect(await look()).toEqual([key]);
});

test('files are looked for in both places of a prefix, each once', () => {
  expect(logPrefixes('trail')).toEqual(['trail/', 'cloudaudit/trail/']);
  expect(logPrefixes('/trail/')).toEqual(['trail/', 'cloudaudit/trail/']);
  expect(logPrefixes('cloudaudit')).toEqual(['cloudaudit/']);
  expect(logPrefixes('cloudaudit/trail')).toEqual(['cloudaudit/trail/']);
  expect(logPrefixes('')).toEqual(['']);
});
