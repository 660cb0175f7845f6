import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { getObject, putObject } from '../../../worker/tencent/cos.ts';
import { cosEndpoint, signed, type S3Client } from '../../../worker/tencent/s3.ts';
import { BUCKET, REGION, startBucket } from './bucket.ts';
import { KEY, TEMPORARY } from './keys.ts';
import { verifySigV4 } from './sigv4.ts';

/** The S3 server refuses what is signed for another time than its own. */
const NOW = Date.now();

const BODY = new Uint8Array(Buffer.from('x'));

const AT_COS: S3Client = {
  credential: TEMPORARY,
  endpoint: cosEndpoint(REGION),
  addressing: 'host',
  bucket: BUCKET,
  region: REGION,
  fetch,
  timeoutMs: 1000,
};

test('headers of an object are sent and signed', async () => {
  const { client, received } = await startBucket();
  const headers = {
    'content-type': 'application/x-ndjson',
    'x-amz-meta-count': '3',
    'x-amz-server-side-encryption': 'AES256',
  };
  await putObject(client, { key: 'k', body: BODY, headers }, NOW);
  const [one] = received;
  expect(one?.headers).toMatchObject(headers);
  expect(one && verifySigV4(one, { ...KEY, region: REGION })).toMatchObject({
    signedHeaders: expect.arrayContaining(['x-amz-meta-count', 'x-amz-server-side-encryption']),
  });
});

test('the token of a temporary key is sent to COS by both names, signed, and elsewhere by that of S3', async () => {
  const { client, received } = await startBucket(TEMPORARY);
  await putObject(client, { key: 'k', body: BODY }, NOW);
  expect(received[0]?.headers).toMatchObject({
    'x-amz-security-token': TEMPORARY.token,
    'x-cos-security-token': TEMPORARY.token,
  });
  const elsewhere = await signed(
    { ...client, endpoint: 'https://s3.example.com' },
    { action: 'GetObject', key: 'k' },
    NOW,
  );
  const headers = new Headers(elsewhere.ok ? elsewhere.init.headers : {});
  expect(headers.get('x-amz-security-token')).toBe(TEMPORARY.token);
  expect(headers.has('x-cos-security-token')).toBe(false);
});

test('the signature of any key, query and body is the one of the specification', async () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.record({
          action: fc.constant('PutObject' as const),
          key: word.filter((key) => !/(^|\/)\.\.?(\/|$)/.test(key)),
          body: fc.uint8Array().map((body) => new Uint8Array(body)),
          headers: fc.constant({ 'x-amz-meta-batch': '1' }),
        }),
        fc.record({
          action: fc.constant('GetBucket' as const),
          query: fc.record({ prefix: word, marker: word, 'max-keys': fc.constant('1000') }),
        }),
      ),
      async (request) => {
        const ready = await signed(AT_COS, request, NOW);
        if (!ready.ok) throw new Error(ready.failure.message);
        const { pathname, search, host } = new URL(ready.url);
        const headers = { ...Object.fromEntries(new Headers(ready.init.headers)), host };
        const body = 'body' in request ? Buffer.from(request.body) : Buffer.alloc(0);
        const method = ready.init.method ?? '';
        const checked = verifySigV4(
          { method, url: `${pathname}${search}`, headers, body },
          { ...KEY, region: REGION },
        );
        expect(checked).toMatchObject({ ok: true });
        expect(decodeURIComponent(pathname)).toBe('key' in request ? `/${request.key}` : '/');
      },
    ),
  );
});

test.each(['..', 'a/../b', './a', 'a/.'])('the key %s, which no url can name, is refused', async (key) => {
  const { client, received } = await startBucket();
  expect(await getObject(client, key, NOW)).toMatchObject({ failure: { kind: 'refused', code: 'BadName' } });
  expect(received).toEqual([]);
});

test.each(['a/b', '', 'a b', 'x@evil.example'])('the bucket %j is in no host name', async (bucket) => {
  const { client, received } = await startBucket();
  expect(await getObject({ ...client, bucket }, 'k', NOW)).toMatchObject({ failure: { code: 'BadName' } });
  expect(received).toEqual([]);
});

test('a bucket is no part of a number: the request does not go to the bare address', async () => {
  const client = { ...AT_COS, endpoint: 'http://127.0.0.1:9' };
  expect(await getObject(client, 'k', NOW)).toMatchObject({ failure: { code: 'BadName' } });
});

test('with path addressing the bucket leads the path', async () => {
  const client: S3Client = { ...AT_COS, addressing: 'path' };
  const ready = await signed(client, { action: 'GetObject', key: 'a/b' }, NOW);
  expect(ready.ok && new URL(ready.url).pathname).toBe(`/${BUCKET}/a/b`);
});
