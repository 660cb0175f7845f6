/** The whole Worker with a tracking set for each kind of target, all of which fail, and secrets in all of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud } from '../../support/cloud/cloud.ts';
import type { Cloud } from '../../support/cloud/types.ts';
import { startS3, type S3 } from '../../support/s3.ts';
import { startTarget, type HttpTarget } from '../../support/target.ts';
import { startWorker, type TestWorker } from '../../support/worker.ts';

/** Every secret has it in it; what an admin may see does not. */
const CANARY = 'Canary';
const credential = {
  secretId: 'AKIDCanaryOfTheTests',
  secretKey: 'CanaryKeyOfTheTests',
  token: 'CanaryToken',
};
const SECRET = `whsec_${Buffer.from('Canary-of-the-webhook-secret-of-tests').toString('base64')}`;
const HIDDEN = [CANARY, SECRET, SECRET.slice(6), Buffer.from(SECRET.slice(6), 'base64').toString()];

let worker: TestWorker;
let cloud: Cloud;
let store: S3;
let receiver: HttpTarget;
let answers = '';

const TRACKS = ['r2', 's3', 'cos', 'cls', 'webhook'];

beforeAll(async () => {
  cloud = await startCloud({ keys: [], topics: [{ id: 'topic-1', region: 'ap-guangzhou', account: '1' }] });
  store = await startS3({
    buckets: ['audit'],
    credential: { accessKeyId: 'other', secretAccessKey: 'other' },
  });
  receiver = await startTarget({
    answer: { status: 403, body: `{"you":"sent ${SECRET} to /audit?key=Canary%21 with Canary!"}` },
  });
  const hosts = [cloud.url, store.endpoint, receiver.url].map((url) => new URL(url).host);
  worker = await startWorker({ SIDETRAIL_ALLOW_PRIVATE: hosts.join(',') });
});

afterAll(async () => {
  await Promise.all([worker?.close(), cloud?.close(), store?.close(), receiver?.close()]);
});

async function call(method: string, path: string, json?: unknown) {
  const reply = await worker.call(path, { method, ...(json === undefined ? {} : { json }) });
  answers += `${reply.text} ${JSON.stringify([...reply.headers])}`;
  return reply;
}

const targets = (): Record<string, object> => ({
  r2: { type: 'r2', prefix: 'audit/own' },
  s3: { type: 's3', endpoint: store.endpoint, bucket: 'audit', addressing: 'path', credential },
  cos: { type: 'cos', bucket: 'audit-1250000000', region: 'ap-guangzhou', credential },
  cls: { type: 'cls', topicId: 'topic-1', region: 'ap-guangzhou', endpoint: cloud.url, credential },
  webhook: { type: 'webhook', url: `${receiver.url}/audit?key=Canary%21`, secret: SECRET },
});

test('sets are made, and none of their answers has what is secret', async () => {
  for (const [id, target] of Object.entries(targets())) {
    expect((await call('POST', '/v1/tracks', { id, name: id, q: '', target })).status).toBe(201);
  }
  const inward = { type: 'webhook', url: 'https://169.254.169.254/?key=Canary', secret: SECRET };
  expect((await call('POST', '/v1/tracks', { name: 'in', q: '', target: inward })).status).toBe(422);
  await call('PATCH', '/v1/tracks/webhook', {
    target: { ...targets()['webhook'], secret: `${SECRET}CanaryTooLong` },
  });
  await call('PATCH', '/v1/tracks/s3', {
    target: { ...targets()['s3'], credential: { secretId: 'Canary', other: 1 } },
  });
  await call('PATCH', '/v1/tracks/s3', { target: targets()['s3'] });
  expect((await call('GET', '/v1/tracks')).json.tracks).toHaveLength(TRACKS.length);
});

// The name of COS would be asked of the network, which tests do without.
test.each([
  ['r2', { ok: true }],
  ['s3', { ok: false, problem: { kind: 'forbidden', code: 'InvalidAccessKeyId' } }],
  ['cls', { ok: false, problem: { kind: 'forbidden' } }],
  ['webhook', { ok: false, problem: { kind: 'forbidden', status: 403 } }],
])('the target of type %s is tried, and says what came of it: %j', async (id, tested) => {
  expect((await call('POST', `/v1/tracks/${id}/test`)).json).toMatchObject(tested);
});

test('the embedded bucket has the test’s object, with count and SHA-256', async () => {
  const { TRACKS: bucket } = await worker.harness.getWorker<{ TRACKS: R2Bucket }>().getEnv();
  const { objects } = await bucket.list({ include: ['customMetadata'] });
  expect(objects).toMatchObject([
    {
      key: expect.stringMatching(/^audit\/own\//),
      customMetadata: { count: '1', track: 'r2', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    },
  ]);
});

test('an alarm in CLS that fails says why, without the address that it was to tell', async () => {
  const failed = await call('POST', '/v1/tracks/cls/cls-alarm', {
    name: 'All',
    logsetId: 'logset-1',
    notice: { webhooks: [{ type: 'WeCom', url: 'https://qyapi.weixin.qq.com/send?key=Canary' }] },
  });
  expect(failed.status).toBe(409);
  expect(failed.json.detail).toContain('CLS said no (AuthFailure');
  const elsewhere = await call('POST', '/v1/tracks/r2/cls-alarm', {
    name: 'All',
    logsetId: 'logset-1',
    notice: { id: 'notice-1' },
  });
  expect(elsewhere.json.detail).toContain('does not deliver to a topic');
});

test('no answer, no row of the database and no line of the log has a secret', async () => {
  for (const id of TRACKS) {
    for (const path of ['', '/deliveries', '/changes']) await call('GET', `/v1/tracks/${id}${path}`);
  }
  await call('GET', '/v1/status');
  const { results: tables } = await worker.db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB '[a-z]*' AND name NOT GLOB 'event_fts*'`,
    )
    .all();
  let rows = '';
  for (const { name } of tables) {
    rows += JSON.stringify((await worker.db.prepare(`SELECT * FROM "${String(name)}"`).all()).results);
  }
  expect(rows).toContain('"sealed"');
  expect(answers.length).toBeGreaterThan(2000);
  const log = JSON.stringify(worker.harness.getLogs());
  for (const hidden of HIDDEN) {
    for (const [where, text] of Object.entries({ answers, rows, log })) {
      expect(text.includes(hidden), `${where}: ${hidden}`).toBe(false);
    }
  }
});
