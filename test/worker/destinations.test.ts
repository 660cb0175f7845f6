import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rootSecrets } from '../../worker/access/secrets.ts';
import { openStore } from '../../worker/store/meter.ts';
import { deliver } from '../../worker/tracks/deliver.ts';
import { provideHex } from '../bench/hex.ts';
import { startCloud } from '../support/cloud/cloud.ts';
import type { Cloud } from '../support/cloud/types.ts';
import { record, records } from '../support/record.ts';
import { startS3, type S3 } from '../support/s3.ts';
import {
  addTrack,
  bucketOf,
  deliveriesOf,
  empty,
  plainTrack,
  requestsIn,
  trackOf,
} from '../support/tracks.ts';
import { ROOT_SECRET, startWorker, type TestWorker } from '../support/worker.ts';

provideHex();

const BUCKET = 'audit-1250000000';
const TOPIC = '6b0f1f0e-0000-4000-8000-0000000000c1';
const credential = { secretId: 'AKIDMadeUpForTheTests0000001', secretKey: 'MadeUpSecretKeyOfTheTests00001' };
const storeKey = { accessKeyId: credential.secretId, secretAccessKey: credential.secretKey };
const cloudKey = { ...credential, account: '1250000001' };
const topic = { id: TOPIC, region: 'ap-guangzhou', account: '1250000001' };

let worker: TestWorker;
let store: S3;
let cloud: Cloud;
beforeAll(async () => {
  store = await startS3({ buckets: [BUCKET], credential: storeKey });
  cloud = await startCloud({ keys: [cloudKey], topics: [topic], perSecond: 1000 });
  const allowed = [store.endpoint, cloud.url].map((url) => new URL(url).host).join();
  worker = await startWorker({ SIDETRAIL_ALLOW_PRIVATE: allowed });
});
afterAll(async () => {
  await worker?.close();
  await store?.close();
  await cloud?.close();
});

/** Seconds that the clock of the ticks is ahead. */
let ahead = 0;
beforeEach(async () => {
  await empty(worker);
  ahead = 0;
});

function tick(secondsLater = 0): Promise<void> {
  ahead += secondsLater;
  return worker.tick(new Date(Date.now() + ahead * 1000));
}

function ids(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}-${i}`).toSorted();
}

async function send(prefix: string, count: number): Promise<void> {
  await worker.send(records(count, (i) => ({ requestID: `${prefix}-${i}` })));
}

const s3 = (prefix: string, changes: object = {}) => ({
  type: 's3',
  endpoint: store.endpoint,
  bucket: BUCKET,
  region: 'ap-guangzhou',
  prefix,
  addressing: 'path',
  credential,
  ...changes,
});

const cls = (changes: object = {}) => ({
  type: 'cls',
  topicId: TOPIC,
  region: 'ap-guangzhou',
  endpoint: cloud.url,
  credential,
  ...changes,
});

/** Request ids of the records below a prefix of the bucket, as often as they are there. */
async function requestsBelow(prefix: string): Promise<string[]> {
  const keys = (await store.list(BUCKET)).filter((key) => key.startsWith(`${prefix}/`));
  const texts = await Promise.all(keys.map(async (key) => (await store.get(BUCKET, key))?.body.toString()));
  const lines = texts.flatMap((text = '') => text.split('\n').filter(Boolean));
  return lines.map((line): string => JSON.parse(line).requestID).toSorted();
}

/** Request ids of the logs of a set, each event once. */
function requestsLogged(track: string): string[] {
  const logs = (cloud.logs(TOPIC) ?? []).filter(({ contents }) => contents['sidetrail_track'] === track);
  const events = new Map(logs.map(({ contents }) => [contents['sidetrail_id'], contents['requestID'] ?? '']));
  return [...events.values()].toSorted();
}

interface Trouble {
  happens: () => unknown;
  told: object;
  ends: () => unknown;
}

const inStore: [string, Trouble][] = [
  [
    'a revoked key',
    {
      happens: () => store.keys.delete(credential.secretId),
      told: { kind: 'forbidden', status: 403, code: 'InvalidAccessKeyId' },
      ends: () => store.keys.set(credential.secretId, storeKey),
    },
  ],
  [
    'a key that may no longer write',
    {
      happens: () => store.keys.set(credential.secretId, { ...storeKey, allowed: ['list'] }),
      told: { kind: 'forbidden', status: 403, code: 'AccessDenied' },
      ends: () => store.keys.set(credential.secretId, storeKey),
    },
  ],
  [
    'a vanished bucket',
    {
      happens: () => store.removeBucket(BUCKET),
      told: { kind: 'gone', status: 404, code: 'NoSuchBucket' },
      ends: () => store.addBucket(BUCKET),
    },
  ],
];

test.each(inStore)(
  '%s of an S3 store is told, holds up nobody else, and loses nothing',
  async (_, trouble) => {
    await addTrack(worker, plainTrack('stored', { target: s3('stored') }));
    await addTrack(worker, plainTrack('well'));
    await trouble.happens();
    await send('n', 5);
    await tick();
    expect(await trackOf(worker, 'stored')).toMatchObject({
      health: 'failing',
      backlog: 5,
      problem: trouble.told,
    });
    expect(await requestsIn(await bucketOf(worker), 'well')).toEqual(ids('n', 5));
    await trouble.ends();
    await tick(60);
    expect(await requestsBelow('stored')).toEqual(ids('n', 5));
    const well = await trackOf(worker, 'stored');
    expect(well).toMatchObject({ health: 'ok', backlog: 0 });
    expect(well.problem).toBeUndefined();
    for (const key of await store.list(BUCKET)) await store.remove(BUCKET, key);
  },
);

test('a bucket is in one region: for another the set says so until it is given the right one', async () => {
  await addTrack(worker, plainTrack('moved', { target: s3('moved', { region: 'ap-beijing' }) }));
  await send('n', 3);
  await tick();
  const { health, problem } = await trackOf(worker, 'moved');
  expect(health).toBe('failing');
  expect(problem).toMatchObject({ kind: 'refused', code: 'AuthorizationHeaderMalformed' });
  const json = { target: s3('moved') };
  expect((await worker.call('/v1/tracks/moved', { method: 'PATCH', json })).status).toBe(200);
  await tick();
  expect(await requestsBelow('moved')).toEqual(ids('n', 3));
  expect(await deliveriesOf(worker, 'moved')).toMatchObject([{ state: 'delivered', count: 3, attempts: 2 }]);
});

test('a topic of CLS gets each event; a revoked key and a vanished topic are told, and lose nothing', async () => {
  await addTrack(worker, plainTrack('logged', { target: cls() }));
  await send('first', 5);
  await tick();
  expect(requestsLogged('logged')).toEqual(ids('first', 5));
  cloud.keys.delete(credential.secretId);
  await send('second', 5);
  await tick(60);
  expect(await trackOf(worker, 'logged')).toMatchObject({
    health: 'failing',
    problem: { kind: 'forbidden' },
  });
  cloud.keys.set(credential.secretId, cloudKey);
  cloud.topics.delete(TOPIC);
  await tick(60);
  expect(await trackOf(worker, 'logged')).toMatchObject({ health: 'failing', problem: { kind: 'gone' } });
  cloud.topics.set(TOPIC, topic);
  await tick(120);
  expect(requestsLogged('logged')).toEqual([...ids('first', 5), ...ids('second', 5)].toSorted());
  expect(await trackOf(worker, 'logged')).toMatchObject({ health: 'ok', backlog: 0 });
});

test('a COS bucket gets its objects by the name of its host, and a name that leads nowhere is told', async () => {
  const cos = {
    type: 'cos',
    bucket: BUCKET,
    region: 'ap-guangzhou',
    prefix: 'cos',
    sse: 'AES256',
    credential,
  };
  await addTrack(worker, plainTrack('cos', { target: cos }));
  await worker.send([record({ requestID: 'n' })]);
  // Offline: the Worker cannot find out where the name leads.
  await tick();
  expect(await trackOf(worker, 'cos')).toMatchObject({ backlog: 1, problem: { kind: 'unreachable' } });
  const root = rootSecrets({ SIDETRAIL_SECRET: ROOT_SECRET });
  if (!root.ok) throw new Error(root.problem);
  // The same rows, sent by the same code, with a network whose names lead to the store on loopback.
  await deliver({
    store: openStore(worker.db),
    secrets: root.secrets,
    records: worker.objects,
    tools: { fetch: store.fetch, objects: await bucketOf(worker), reach: async () => ({ ok: true }) },
    clock: () => Date.now() + 120_000,
    random: Math.random,
  });
  expect(await requestsBelow('cos')).toEqual(['n']);
  const put = store.calls.findLast(({ method, key }) => method === 'PUT' && key.startsWith('cos/'));
  expect(put).toMatchObject({
    outcome: '200',
    headers: {
      host: `${BUCKET}.cos.ap-guangzhou.myqcloud.com`,
      'x-cos-server-side-encryption': 'AES256',
    },
  });
  expect(await trackOf(worker, 'cos')).toMatchObject({ health: 'ok', backlog: 0 });
});
