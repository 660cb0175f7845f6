import * as fc from 'fast-check';
import official from 'tencentcloud-sdk-nodejs/tencentcloud/common/sign.js';
import { expect, test } from 'vitest';
import * as tc3 from '../../../worker/tencent/tc3.ts';
import { KEY, NOW } from './keys.ts';

const TIMESTAMP = NOW / 1000;

function request(host: string, payload: string, contentType = 'application/json'): tc3.SignedRequest {
  return { method: 'POST', query: '', headers: { 'content-type': contentType, host }, payload };
}

function officially(signing: {
  host: string;
  payload: string;
  contentType?: string;
  timestamp: number;
  service: string;
  secretId: string;
  secretKey: string;
}): string {
  const { host, payload, contentType = 'application/json', ...rest } = signing;
  return official.sign3({
    ...rest,
    method: 'POST',
    url: `https://${host}/`,
    payload: Buffer.from(payload),
    multipart: false,
    boundary: '',
    headers: { 'Content-Type': contentType },
  });
}

test.each([
  [
    'an event query',
    'cloudaudit',
    'cloudaudit.tencentcloudapi.com',
    '{"StartTime":1,"NextToken":16805138109322956}',
  ],
  ['an empty object', 'sts', 'sts.tencentcloudapi.com', '{}'],
  ['text beyond ASCII', 'cam', 'cam.intl.tencentcloudapi.com', '{"Name":"审计 – 张三"}'],
  ['a loopback endpoint, without its port', 'billing', '127.0.0.1', '{"Limit":200}'],
])('signs %s as the official SDK does', async (_, service, host, payload) => {
  const context = { ...KEY, service, timestamp: TIMESTAMP };
  expect(await tc3.authorization(request(host, payload), context)).toBe(
    officially({ host, payload, ...context }),
  );
});

test('signs whatever it is given as the official SDK does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        host: fc.domain(),
        payload: fc.string({ unit: 'binary', minLength: 1 }),
        contentType: fc.constantFrom('application/json', 'application/json; charset=utf-8'),
        timestamp: fc.integer({ min: 0, max: 4_102_444_800 }),
        service: fc.stringMatching(/^[a-z]{2,12}$/),
        secretId: fc.stringMatching(/^[\w-]{1,40}$/),
        secretKey: fc.stringMatching(/^[\x21-\x7e]{1,48}$/),
      }),
      async (signing) => {
        const { host, payload, contentType, ...context } = signing;
        expect(await tc3.authorization(request(host, payload, contentType), context)).toBe(
          officially(signing),
        );
      },
    ),
  );
});

test('the day of the scope is that of UTC', () => {
  const lastSecond = Date.UTC(2026, 10, 22, 23, 59, 59) / 1000;
  expect(tc3.credentialScope(lastSecond, 'cvm')).toBe('2026-11-22/cvm/tc3_request');
  expect(tc3.credentialScope(lastSecond + 1, 'cvm')).toBe('2026-11-23/cvm/tc3_request');
});

test('headers are signed in the order of their names, however they are given', async () => {
  const headers = { 'x-tc-action': 'DescribeEvents', host: 'h', 'content-type': 'application/json' };
  const canonical = await tc3.canonicalRequest({ method: 'GET', query: 'A=1', headers, payload: '' });
  expect(canonical.split('\n')).toEqual([
    'GET',
    '/',
    'A=1',
    'content-type:application/json',
    'host:h',
    'x-tc-action:DescribeEvents',
    '',
    'content-type;host;x-tc-action',
    // SHA-256 of nothing.
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ]);
});
