/** The buckets for tests are strict: requests that are not signed for what they say are refused. */
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startS3, type S3 } from '../support/s3.ts';

const BUCKET = 'audit-1250000000';
const REGION = 'ap-guangzhou';
const CREDENTIAL = { accessKeyId: 'AKIDbuckets', secretAccessKey: 'secret-of-buckets' };
const COS = `https://${BUCKET}.cos.${REGION}.myqcloud.com`;

let s3: S3;
beforeAll(async () => {
  s3 = await startS3({ buckets: [BUCKET], credential: CREDENTIAL });
});
afterAll(() => s3.close());
beforeEach(() => {
  s3.keys.set(CREDENTIAL.accessKeyId, CREDENTIAL);
});

/** Signs with a signer and sends by `fetch`, to a host of COS as it is named there. */
async function ask(path: string, init: RequestInit = {}, signer: Partial<AwsClient> = {}): Promise<Response> {
  const client = new AwsClient({ ...CREDENTIAL, service: 's3', region: REGION, retries: 0 });
  return s3.fetch(await Object.assign(client, signer).sign(`${COS}${path}`, init));
}

async function codeOf(answer: Response): Promise<string | undefined> {
  return /<Code>(\w+)</.exec(await answer.text())?.[1];
}

test('an object that is put is there, by host or by path, with its metadata', async () => {
  const headers = { 'content-type': 'application/gzip', 'x-amz-meta-count': '3' };
  expect((await ask('/logs/a%20b.gz', { method: 'PUT', body: 'one', headers })).status).toBe(200);
  expect(await (await ask('/logs/a%20b.gz')).text()).toBe('one');
  const client = new AwsClient({ ...CREDENTIAL, service: 's3', region: REGION, retries: 0 });
  expect(await (await client.fetch(`${s3.endpoint}/${BUCKET}/logs/a%20b.gz`)).text()).toBe('one');
  const stored = await s3.get(BUCKET, 'logs/a b.gz');
  expect(stored?.body.toString()).toBe('one');
  expect(stored?.headers).toMatchObject({ 'content-type': 'application/gzip', 'x-amz-meta-count': '3' });
});

test('a list is in the order of keys, page by page', async () => {
  const keys = ['list/a', 'list/a!', 'list/a-b', 'list/a/b', 'list/a0', 'list/ä'];
  for (const key of keys.toReversed()) await s3.put(BUCKET, key, key);
  const listed: string[] = [];
  for (let marker = ''; ;) {
    const page = await (await ask(`/?prefix=list%2F&max-keys=2&marker=${encodeURIComponent(marker)}`)).text();
    listed.push(...[...page.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => key));
    if (page.includes('<IsTruncated>false')) break;
    marker = listed.at(-1) ?? '';
  }
  expect(listed).toEqual(keys);
});

test.each([
  ['another secret', { secretAccessKey: 'other' }, 'SignatureDoesNotMatch'],
  ['an unknown id', { accessKeyId: 'AKIDunknown' }, 'InvalidAccessKeyId'],
  ['another region', { region: 'ap-shanghai' }, 'AuthorizationHeaderMalformed'],
  ['a token that nobody gave', { sessionToken: 'made-up' }, 'InvalidToken'],
])('a request signed with %s is refused', async (_, signer, code) => {
  expect(await codeOf(await ask('/?prefix=', {}, signer))).toBe(code);
});

test('a request without a signature is refused, and one that was changed on its way', async () => {
  expect(await codeOf(await s3.fetch(`${COS}/logs/x`))).toBe('AccessDenied');
  const client = new AwsClient({ ...CREDENTIAL, service: 's3', region: REGION });
  const signed = await client.sign(`${COS}/logs/x`, { method: 'PUT', body: 'one' });
  const { headers } = signed;
  expect(await codeOf(await s3.fetch(`${COS}/logs/y`, { method: 'PUT', headers, body: 'one' }))).toBe(
    'SignatureDoesNotMatch',
  );
  const digest = { 'x-amz-content-sha256': '0'.repeat(64) };
  expect(await codeOf(await ask('/logs/x', { method: 'PUT', headers: digest, body: 'one' }))).toBe(
    'XAmzContentSHA256Mismatch',
  );
});

test('what a key may not do, a bucket that is gone and an object that is not there are told apart', async () => {
  s3.keys.set(CREDENTIAL.accessKeyId, { ...CREDENTIAL, allowed: ['get'] });
  expect(await codeOf(await ask('/logs/x', { method: 'PUT', body: 'one' }))).toBe('AccessDenied');
  expect(await codeOf(await ask('/?prefix='))).toBe('AccessDenied');
  expect(await codeOf(await ask('/none'))).toBe('NoSuchKey');
  s3.keys.set(CREDENTIAL.accessKeyId, CREDENTIAL);
  const gone = await startS3({ buckets: [], credential: CREDENTIAL, addressing: 'host' });
  const client = new AwsClient({ ...CREDENTIAL, service: 's3', region: REGION, retries: 0 });
  expect(await codeOf(await gone.fetch(await client.sign(`${COS}/?prefix=`)))).toBe('NoSuchBucket');
  expect(await codeOf(await client.fetch(`${gone.endpoint}/${BUCKET}/x`))).toBe('PathStyleDomainForbidden');
  await gone.close();
});

test('faults strike the requests that they are meant for', async () => {
  s3.faults.next.push('limit', 'internal');
  expect(await codeOf(await ask('/?prefix='))).toBe('SlowDown');
  expect(await codeOf(await ask('/?prefix='))).toBe('InternalError');
  s3.faults.next.push('dropped');
  await expect(ask('/?prefix=')).rejects.toThrow('socket hang up');
  expect((await ask('/?prefix=')).status).toBe(200);
});
