import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { getObject, listObjects, putObject } from '../../../worker/tencent/cos.ts';
import { isTransient } from '../../../worker/tencent/failure.ts';
import type { S3Client } from '../../../worker/tencent/s3.ts';
import { BUCKET, REGION, startBucket } from './bucket.ts';
import { KEY } from './keys.ts';
import { json, plain, serve, type Respond } from './server.ts';

/** The S3 server refuses what is signed for another time than its own. */
const NOW = Date.now();
const SECRET = KEY.secretKey;

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text));
}

async function put(client: S3Client, key: string, text = key): Promise<void> {
  expect(await putObject(client, { key, body: bytes(text) }, NOW)).toMatchObject({ ok: true });
}

async function clientOf(respond: Respond, timeoutMs = 2000): Promise<S3Client> {
  const { origin } = await serve(respond);
  return {
    credential: KEY,
    endpoint: origin,
    addressing: 'path',
    bucket: BUCKET,
    region: REGION,
    fetch,
    timeoutMs,
  };
}

test('what is put is listed and comes back, over the host name of the bucket', async () => {
  const { client, received } = await startBucket();
  const key = 'cloudaudit/2026/11/22/a b+c (1)!*~审计.gz';
  await put(client, key, 'one line\n');
  expect(received[0]?.headers['host']).toBe(`${BUCKET}.cos.${REGION}.myqcloud.com`);

  const list = await listObjects(client, { prefix: 'cloudaudit/2026' }, NOW);
  expect(list).toMatchObject({ ok: true, objects: [{ key, size: 9 }] });
  expect(list.ok && list.objects[0]?.modified).toBeGreaterThan(Date.UTC(2020, 0));

  const got = await getObject(client, key, NOW);
  if (!got.ok) throw new Error(got.failure.message);
  expect(got.size).toBe(9);
  expect(got.etag).toBe(`"${createHash('md5').update('one line\n').digest('hex')}"`);
  expect(await new Response(got.body).text()).toBe('one line\n');
});

test('a list goes on after any key, in pages, until there is no more', async () => {
  const { client } = await startBucket();
  for (let number = 10; number < 20; number += 1) await put(client, `log/${number}`);
  await put(client, 'other/1');
  const first = await listObjects(client, { prefix: 'log/', startAfter: 'log/12x', limit: 4 }, NOW);
  expect(first).toMatchObject({ ok: true, next: 'log/16' });
  expect(first.ok && first.objects.map(({ key }) => key)).toEqual(['log/13', 'log/14', 'log/15', 'log/16']);
  const second = await listObjects(client, { prefix: 'log/', startAfter: 'log/16', limit: 4 }, NOW);
  expect(second.ok && second.objects.map(({ key }) => key)).toEqual(['log/17', 'log/18', 'log/19']);
  expect(second).not.toHaveProperty('next');
});

test('a wrong secret, and a key that was changed on the way, are refused by the gate that the tests use', async () => {
  const { client } = await startBucket({ ...KEY, secretKey: 'other' });
  expect(await listObjects(client, {}, NOW)).toMatchObject({
    ok: false,
    failure: { kind: 'key', code: 'SignatureDoesNotMatch', status: 403 },
  });
});

function error(code: string, status: number): Respond {
  return plain(
    `<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n\t<Code>${code}</Code>\n\t<Message>no &lt;${SECRET}&gt;</Message>\n\t<RequestId>NmE=</RequestId>\n</Error>`,
    status,
  );
}

test.each<[string, Respond, object, boolean]>([
  ['a wrong key', error('InvalidAccessKeyId', 403), { kind: 'key', requestId: 'NmE=' }, false],
  ['a wrong signature', error('SignatureDoesNotMatch', 403), { kind: 'key' }, false],
  ['a missing permission', error('AccessDenied', 403), { kind: 'permission', status: 403 }, false],
  [
    'a 403 of another code',
    error('AccountProblem', 403),
    { kind: 'permission', code: 'AccountProblem' },
    false,
  ],
  ['a 403 without a reason', plain('', 403), { kind: 'permission', code: 'HTTP403' }, false],
  ['clocks that differ', error('RequestTimeTooSkewed', 403), { kind: 'clock' }, false],
  ['too many requests', error('SlowDown', 503), { kind: 'limit' }, true],
  ['an error inside', error('InternalError', 500), { kind: 'server' }, true],
  ['a gateway', plain('<html><br></html>', 502), { kind: 'server', code: 'HTTP502' }, true],
  ['no such bucket', error('NoSuchBucket', 404), { kind: 'refused', code: 'NoSuchBucket' }, false],
  ['no such object', error('NoSuchKey', 404), { kind: 'refused', code: 'NoSuchKey', status: 404 }, false],
  ['another region', plain('', 307, { location: '/' }), { kind: 'refused', code: 'Redirect' }, false],
])('%s is told apart, for each operation', async (_, respond, expected, transient) => {
  const client = await clientOf(respond);
  for (const answer of [
    await listObjects(client, {}, NOW),
    await getObject(client, 'k', NOW),
    await putObject(client, { key: 'k', body: bytes('x') }, NOW),
  ]) {
    if (answer.ok) throw new Error('it succeeded');
    expect(answer.failure).toMatchObject(expected);
    expect(isTransient(answer.failure)).toBe(transient);
    expect(JSON.stringify(answer.failure)).not.toContain(SECRET);
  }
});

test.each([
  ['JSON', json({ objects: [] })],
  ['half a list', plain('<ListBucketResult><Contents><Key>a</Key></Contents>')],
  ['an entry without a key', plain('<ListBucketResult><Contents/></ListBucketResult>')],
  [
    'a page that is cut but has nothing',
    plain('<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>'),
  ],
])('%s is no list of objects', async (_, respond) => {
  expect(await listObjects(await clientOf(respond), {}, NOW)).toMatchObject({
    ok: false,
    failure: { kind: 'unreadable', code: 'BadList' },
  });
});

function oneKey(encoding: string): Respond {
  const entry = '<Contents><Key>a%2Fb+c%00</Key><Size>1</Size></Contents>';
  return plain(`<ListBucketResult>${encoding}${entry}</ListBucketResult>`);
}

test('keys are decoded where the store says that it encoded them, and only there', async () => {
  const encoded = await clientOf(oneKey('<EncodingType>url</EncodingType>'));
  expect(await listObjects(encoded, {}, NOW)).toMatchObject({ objects: [{ key: 'a/b c\0', modified: 0 }] });
  expect(await listObjects(await clientOf(oneKey('')), {}, NOW)).toMatchObject({
    objects: [{ key: 'a%2Fb+c%00' }],
  });
});

test('an object comes as it is read: a long one is never held whole', async () => {
  const chunk = Buffer.alloc(64 * 1024);
  let sent = 0;
  function* object(): Generator<Buffer> {
    for (; sent < 100 * 1024 * 1024; sent += chunk.length) yield chunk;
  }
  const client = await clientOf((response) => {
    Readable.from(object()).pipe(response.writeHead(200));
  });
  const got = await getObject(client, 'k', NOW);
  if (!got.ok) throw new Error(got.failure.message);
  const reader = got.body.getReader();
  await reader.read();
  await reader.cancel();
  expect(sent).toBeLessThan(20 * 1024 * 1024);
});

test('an object that falls silent, or is cut off, fails the reader rather than ending early', async () => {
  const silent = await getObject(
    await clientOf((response) => void response.writeHead(200).write('half'), 100),
    'k',
    NOW,
  );
  if (!silent.ok) throw new Error(silent.failure.message);
  await expect(new Response(silent.body).text()).rejects.toThrow('nothing came for 100 ms');

  const cut = await getObject(
    await clientOf((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.destroy());
    }),
    'k',
    NOW,
  );
  if (!cut.ok) throw new Error(cut.failure.message);
  await expect(new Response(cut.body).text()).rejects.toBeInstanceOf(Error);
});

test('a slow reader is not taken for a silent store', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const client = await clientOf(plain('x'.repeat(3_000_000)), 100);
  const got = await getObject(client, 'k', NOW);
  if (!got.ok) throw new Error(got.failure.message);
  const reader = got.body.getReader();
  let size = (await reader.read()).value?.byteLength ?? 0;
  vi.advanceTimersByTime(10_000);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
  }
  expect(size).toBe(3_000_000);
});

test('no answer in time is told', async () => {
  const client = await clientOf(() => {}, 50);
  expect(await getObject(client, 'k', NOW)).toMatchObject({
    failure: { kind: 'unreachable', code: 'Timeout' },
  });
  expect(await listObjects(client, {}, NOW)).toMatchObject({ failure: { code: 'Timeout' } });
});
