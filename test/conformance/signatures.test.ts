/** What the fakes check signatures with is right: it agrees with the vendors' signers and their published examples. */
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSignedWith, signatureOf as tc3SignatureOf } from '../support/cloud/tc3.ts';
import { signatureOf as s3SignatureOf } from '../support/s3-signature.ts';

const { default: Signer }: { default: { sign3(options: object): string } } = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs/tencentcloud/common/sign.js',
);

test('a signature of API 3.0 is that of the vendor’s SDK', () => {
  fc.assert(
    fc.property(
      fc.record({
        body: fc.string({ unit: 'grapheme' }),
        secretKey: fc.string({ minLength: 1 }),
        timestamp: fc.integer({ min: 1_500_000_000, max: 2_500_000_000 }),
        service: fc.constantFrom('cloudaudit', 'cam', '127'),
      }),
      ({ body, secretKey, timestamp, service }) => {
        const bytes = Buffer.from(body);
        const signed = Signer.sign3({
          method: 'POST',
          url: 'http://cloudaudit.tencentcloudapi.com/',
          payload: bytes,
          timestamp,
          service,
          secretId: 'AKIDx',
          secretKey,
          headers: { 'Content-Type': 'application/json' },
        });
        const request = {
          method: 'POST',
          url: '/',
          host: 'cloudaudit.tencentcloudapi.com',
          headers: { 'content-type': 'application/json' },
          body: bytes,
          timestamp,
        };
        const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
        const signature = tc3SignatureOf(secretKey, request, {
          date,
          service,
          signedHeaders: 'content-type;host',
        });
        expect(signed.endsWith(`Signature=${signature}`)).toBe(true);
      },
    ),
  );
});

test.each(['127.0.0.1', '127.0.0.1:8080'])(
  'a host may be signed as %s, where it is sent with its port',
  (signed) => {
    const request = {
      method: 'POST',
      url: '/',
      host: '127.0.0.1:8080',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{}'),
      timestamp: 1_795_000_000,
    };
    const scope = { date: '2026-11-18', service: 'cam', signedHeaders: 'content-type;host' };
    const signature = tc3SignatureOf('key', { ...request, host: signed }, scope);
    expect(isSignedWith('key', request, { ...scope, secretId: 'AKIDx', signature })).toBe(true);
    expect(isSignedWith('other', request, { ...scope, secretId: 'AKIDx', signature })).toBe(false);
  },
);

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const EXAMPLE = {
  host: 'examplebucket.s3.amazonaws.com',
  'x-amz-content-sha256': EMPTY,
  'x-amz-date': '20130524T000000Z',
};

test.each([
  {
    request: { method: 'GET', url: '/test.txt', headers: { ...EXAMPLE, range: 'bytes=0-9' } },
    names: 'host;range;x-amz-content-sha256;x-amz-date',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    request: { method: 'GET', url: '/?lifecycle', headers: EXAMPLE },
    names: 'host;x-amz-content-sha256;x-amz-date',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    request: { method: 'GET', url: '/?max-keys=2&prefix=J', headers: EXAMPLE },
    names: 'host;x-amz-content-sha256;x-amz-date',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
])('a signature of S3 is that of the published example ($request.url)', ({ request, names, signature }) => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  expect(s3SignatureOf(secret, request, { day: '20130524', region: 'us-east-1', names })).toBe(signature);
});
