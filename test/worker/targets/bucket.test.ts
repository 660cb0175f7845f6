import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sendToCos } from '../../../worker/tracks/targets/cos.ts';
import { sendToS3 } from '../../../worker/tracks/targets/s3.ts';
import { someParcel, toolsFor } from '../../support/parcel.ts';
import { startS3, type S3 } from '../../support/s3.ts';
import { startTarget } from '../../support/target.ts';

const BUCKET = 'audit-1250000000';
const credential = { secretId: 'AKIDMadeUpForTheTests0000001', secretKey: 'MadeUpSecretKeyOfTheTests00001' };
const other = { secretId: 'AKIDMadeUpForTheTests0000002', secretKey: 'MadeUpSecretKeyOfTheTests00002' };

let store: S3;
let host: string;

beforeAll(async () => {
  store = await startS3({
    buckets: [BUCKET],
    credential: { accessKeyId: credential.secretId, secretAccessKey: credential.secretKey },
  });
  store.keys.set(other.secretId, {
    accessKeyId: other.secretId,
    secretAccessKey: other.secretKey,
    allowed: ['list'],
  });
  host = new URL(store.endpoint).host;
});

afterEach(() => {
  store.calls.length = 0;
  vi.restoreAllMocks();
});

afterAll(async () => {
  await store?.close();
});

const s3 = (changes: object = {}) => ({
  type: 's3' as const,
  endpoint: store.endpoint,
  bucket: BUCKET,
  region: 'ap-guangzhou',
  prefix: 'audit/payments',
  addressing: 'path' as const,
  credential,
  ...changes,
});
const cos = (changes: object = {}) => ({
  type: 'cos' as const,
  bucket: BUCKET,
  region: 'ap-guangzhou',
  prefix: '',
  credential,
  ...changes,
});
const local = () => toolsFor([host]);
/** The network of a cloud whose names lead to the store on loopback. */
const asCos = () => toolsFor([], { fetch: store.fetch });

test('an S3 store gets the object under its key, with count and SHA-256; a repeat overwrites it', async () => {
  const parcel = someParcel();
  expect(await sendToS3(s3(), parcel, local())).toEqual({ ok: true });
  expect(await sendToS3(s3(), parcel, local())).toEqual({ ok: true });
  const key = `audit/payments/${parcel.key}`;
  expect(await store.list(BUCKET)).toEqual([key]);
  const object = await store.get(BUCKET, key);
  expect(object?.body.equals(parcel.body)).toBe(true);
  expect(object?.headers).toMatchObject({
    'content-type': 'application/x-ndjson',
    'x-amz-meta-count': '3',
    'x-amz-meta-sha256': parcel.sha256,
    'x-amz-meta-batch': parcel.id,
    'x-amz-meta-track': 'payments',
  });
});

test('COS is asked at the bucket’s own host, and to encrypt where that is wanted', async () => {
  const parcel = someParcel();
  expect(await sendToCos(cos({ sse: 'AES256' }), parcel, asCos())).toEqual({ ok: true });
  expect(store.calls[0]).toMatchObject({
    method: 'PUT',
    bucket: BUCKET,
    key: parcel.key,
    headers: {
      host: `${BUCKET}.cos.ap-guangzhou.myqcloud.com`,
      'x-cos-server-side-encryption': 'AES256',
      'x-amz-server-side-encryption': 'AES256',
    },
  });
  await sendToCos(cos(), parcel, asCos());
  expect(store.calls[1]?.headers).not.toHaveProperty('x-cos-server-side-encryption');
});

test.each([
  ['a wrong secret', cos({ credential: { ...credential, secretKey: 'another' } }), 'forbidden', 403],
  ['a key that was revoked', cos({ credential: { ...credential, secretId: 'AKIDgone' } }), 'forbidden', 403],
  ['a key that may not write', cos({ credential: other }), 'forbidden', 403],
  ['a bucket that is not there', cos({ bucket: 'gone-1250000000' }), 'gone', 404],
  ['another region', cos({ region: 'ap-shanghai' }), 'refused', 400],
])('%s is told by kind, status and code', async (_, target, kind, status) => {
  const sent = await sendToCos(target, someParcel(), asCos());
  if (sent.ok) throw new Error('it was refused');
  expect(sent.failure).toMatchObject({ kind, status, code: expect.stringMatching(/^\w+$/) });
  expect(JSON.stringify(sent)).not.toMatch(/MadeUpSecretKey|AKIDMadeUp/);
});

test.each([
  ['limit', 'busy'],
  ['internal', 'server'],
  ['server', 'server'],
  ['dropped', 'unreachable'],
] as const)(
  'a store that is struck by %s is %s, and takes the same parcel afterwards',
  async (fault, kind) => {
    store.faults.next.push(fault);
    expect(await sendToS3(s3(), someParcel(), local())).toMatchObject({ ok: false, failure: { kind } });
    expect(await sendToS3(s3(), someParcel(), local())).toEqual({ ok: true });
  },
);

test('a store that does not answer within 30 s is given up', async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(100));
  const silent = await startTarget();
  silent.next.push({ does: 'hang' });
  const sent = await sendToS3(s3({ endpoint: silent.url }), someParcel(), toolsFor([silent.host]));
  expect(sent).toMatchObject({ ok: false, failure: { kind: 'unreachable', code: 'Timeout' } });
  expect(spy).toHaveBeenCalledWith(30_000);
  await silent.close();
});

test('a redirect inward is not followed', async () => {
  const liar = await startTarget();
  liar.next.push({ does: 'redirect', to: `${liar.url}/inside`, status: 307 });
  const sent = await sendToS3(s3({ endpoint: liar.url }), someParcel(), toolsFor([liar.host]));
  expect(sent).toMatchObject({ ok: false, failure: { kind: 'refused', code: 'Redirect', status: 307 } });
  expect(liar.received).toHaveLength(1);
  await liar.close();
});

test.each([
  ['a number', {}],
  ['a name inside', { endpoint: 'https://minio.internal', addressing: 'host' }],
  ['what stands behind the bucket', { endpoint: 'https://localhost', addressing: 'host' }],
])('an endpoint that points inward by %s is not called', async (_, changes) => {
  expect(await sendToS3(s3(changes), someParcel(), toolsFor([]))).toMatchObject({
    ok: false,
    failure: { kind: 'inward' },
  });
  expect(store.calls).toHaveLength(0);
});

test('a key that no address can name is refused before anything is sent', async () => {
  const parcel = { ...someParcel(), key: '../elsewhere' };
  expect(await sendToS3(s3(), parcel, local())).toMatchObject({ ok: false, failure: { kind: 'refused' } });
  expect(store.calls).toHaveLength(0);
});
