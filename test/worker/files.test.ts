import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readBuckets } from '../../worker/ingest/files/files.ts';
import { openStore, type Store } from '../../worker/store/meter.ts';
import { findSource } from '../../worker/store/sources.ts';
import { knowKey } from '../support/api-key.ts';
import { records } from '../support/record.ts';
import { startS3, type S3 } from '../support/s3.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const BUCKET = 'audit-1250000001';
const SOURCE = `files-${BUCKET}`;
const KEY = { accessKeyId: 'AKIDfiles', secretAccessKey: 'made-up-secret' };
const ENV = {
  SIDETRAIL_LOCAL: '1',
  TENCENT_SECRET_ID: KEY.accessKeyId,
  TENCENT_SECRET_KEY: KEY.secretAccessKey,
  TENCENT_BUCKETS: `${BUCKET}/ap-guangzhou/trail`,
};

let worker: TestWorker;
let s3: S3;
let store: Store;
/** Added to the machine's clock. */
let ahead = 0;
const clock = (): number => Date.now() + ahead;

beforeAll(async () => {
  worker = await startWorker();
  store = openStore(worker.db);
  await knowKey(store, { secretId: KEY.accessKeyId, account: '1250000001' });
});
afterAll(() => worker.close());
beforeEach(async () => {
  ahead = 0;
  s3 = await startS3({ buckets: [BUCKET], credential: KEY, clock, addressing: 'host' });
});
afterEach(async () => {
  await s3.close();
  await worker.db.batch(
    ['event', 'arrival', 'file', 'source', 'dead_letter'].map((table) =>
      worker.db.prepare(`DELETE FROM ${table}`),
    ),
  );
});

async function read(options: { forMs?: number; arrived?: () => void } = {}): Promise<void> {
  await readBuckets(
    { store, objects: worker.objects, fetch: s3.fetch, clock, arrived: () => {}, ...options },
    ENV,
  );
}

/** NDJSON of so many events; files with different letters have different ones. */
function lines(count: number, letter: string): string {
  return records(count, (i) => ({ requestID: `${letter}-${i}`, requestParameters: 'x'.repeat(900) }))
    .map((each) => JSON.stringify(each))
    .join('\n');
}

async function counts(): Promise<{ stored: number; duplicate: number; refused: number }> {
  const { results } = await worker.db
    .prepare(
      `SELECT (SELECT count(*) FROM event) AS stored, coalesce(sum(duplicate), 0) AS duplicate,
       coalesce(sum(refused), 0) AS refused FROM arrival`,
    )
    .all<{ stored: number; duplicate: number; refused: number }>();
  return results[0] ?? { stored: -1, duplicate: -1, refused: -1 };
}

/** What is said of the bucket's files. */
async function told(): Promise<
  { waiting: number; broken: number; reasons: { key: string; reason: string }[] } | undefined
> {
  const { json } = await worker.call('/v1/sources');
  return json.sources.find(({ id }: { id: string }) => id === SOURCE)?.files;
}

function gets(): string[] {
  return s3.calls.filter(({ key }) => key !== '').map(({ key }) => key);
}

test('files of every layout are read once, plain or gzip, lines or a list', async () => {
  await s3.put(BUCKET, 'trail/2026112214/log-1', lines(20, 'a'));
  await s3.put(BUCKET, 'trail/202611221/log.txt', `[${lines(10, 'b').replaceAll('\n', ',')}]`);
  await s3.put(BUCKET, 'cloudaudit/trail/1795000000', gzipSync(lines(30, 'c')));
  await s3.put(BUCKET, 'trail/elsewhere/über/log.gz', gzipSync(lines(5, 'd')));
  await s3.put(BUCKET, 'trail/empty', '');
  await s3.put(BUCKET, 'other/2026112214/log', lines(7, 'e'));
  await read();
  expect(await counts()).toEqual({ stored: 65, duplicate: 0, refused: 0 });
  const { json } = await worker.call('/v1/events?q=source:files&limit=1000');
  expect(json.events).toHaveLength(65);
  expect(gets()).toHaveLength(4);
  await read();
  expect(gets()).toHaveLength(4);
  expect(await findSource(store, SOURCE)).toMatchObject({
    kind: 'files',
    account: '1250000001',
    failures: 0,
  });
});

test('a late file is found whatever its key, and one that grew is read again', async () => {
  await s3.put(BUCKET, 'trail/2026112214/log', lines(10, 'a'));
  await read();
  await s3.put(BUCKET, 'trail/2026010100/late', lines(3, 'b'));
  await s3.put(BUCKET, 'trail/2026112214/log', `${lines(10, 'a')}\n${lines(2, 'c')}`);
  await read();
  expect(await counts()).toEqual({ stored: 15, duplicate: 10, refused: 0 });
});

test('a long file is read over several ticks, each going on where the one before ended', async () => {
  await s3.put(BUCKET, 'trail/2026112214/long.gz', gzipSync(lines(2300, 'a')));
  const stored: number[] = [];
  for (let tick = 0; tick < 5; tick += 1) {
    await read({ forMs: 1 });
    stored.push((await counts()).stored);
  }
  expect(stored).toEqual([500, 1000, 1500, 2000, 2300]);
  expect((await counts()).duplicate).toBe(0);
  expect(gets()).toHaveLength(5);
});

test('who dies after a chunk was stored neither loses nor doubles', async () => {
  await s3.put(BUCKET, 'trail/2026112214/long', lines(1200, 'a'));
  const dying = read({
    arrived: () => {
      throw new Error('killed');
    },
  });
  await expect(dying).rejects.toThrow('killed');
  await read();
  expect(await counts()).toEqual({ stored: 1200, duplicate: 0, refused: 0 });
});

test('a broken file is kept aside with the reason and holds up no other; mended, it is read', async () => {
  const zipped = gzipSync(lines(400, 'a'));
  await s3.put(BUCKET, 'trail/2026112214/cut.gz', zipped.subarray(0, zipped.length / 2));
  await s3.put(BUCKET, 'trail/2026112214/image.png', 'no log at all');
  await s3.put(BUCKET, 'trail/2026112215/log', lines(10, 'b'));
  await read();
  const before = await counts();
  expect(before.stored).toBeGreaterThanOrEqual(10);
  expect(before.stored).toBeLessThan(410);
  const { reasons = [], ...files } = (await told()) ?? {};
  expect(files).toMatchObject({ waiting: 0, broken: 2 });
  expect(Object.fromEntries(reasons.map(({ key, reason }) => [key, reason]))).toEqual({
    'trail/2026112214/cut.gz': 'It is gzip that is damaged or breaks off.',
    'trail/2026112214/image.png': 'There is no JSON in it.',
  });
  const asked = gets().length;
  await read();
  expect(gets()).toHaveLength(asked);
  await s3.put(BUCKET, 'trail/2026112214/cut.gz', zipped);
  await read();
  expect((await counts()).stored).toBe(410);
  expect(await told()).toMatchObject({ broken: 1 });
});

test('a connection that breaks in a file is no fault of the file: it goes on later from there', async () => {
  await s3.put(BUCKET, 'trail/2026112214/long', lines(3000, 'a'));
  await read({ forMs: 1 });
  s3.faults.next.push('slow', 'truncated');
  s3.faults.slowMs = 0;
  await read();
  expect((await counts()).stored).toBeLessThan(3000);
  expect(await told()).toMatchObject({ waiting: 1, broken: 0 });
  ahead = 20 * 60_000;
  await read();
  expect(await counts()).toEqual({ stored: 3000, duplicate: 0, refused: 0 });
  expect((await findSource(store, SOURCE))?.problem).toBeUndefined();
});

test('a missing permission is said with what to do, and over once it is given', async () => {
  await s3.put(BUCKET, 'trail/2026112214/log', lines(10, 'a'));
  for (const [allowed, action] of [
    [[], 'GetBucket'],
    [['list'], 'GetObject'],
  ] as const) {
    s3.keys.set(KEY.accessKeyId, { ...KEY, allowed: [...allowed] });
    ahead += 3_600_000;
    await read();
    const source = await findSource(store, SOURCE);
    expect(source?.problem).toMatchObject({ kind: 'permission', advice: expect.stringContaining(action) });
  }
  s3.keys.set(KEY.accessKeyId, KEY);
  ahead += 3_600_000;
  await read();
  expect(await counts()).toEqual({ stored: 10, duplicate: 0, refused: 0 });
  expect((await findSource(store, SOURCE))?.problem).toBeUndefined();
});

test('two ticks at the same time read each file once', async () => {
  await s3.put(BUCKET, 'trail/2026112214/log', lines(50, 'a'));
  await Promise.all([read(), read()]);
  expect(await counts()).toEqual({ stored: 50, duplicate: 0, refused: 0 });
});
