/** AWS signature version 4 for S3, verified from the specification with Node's own cryptography. */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface Received {
  method: string;
  /** Path and query as they came. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

/** Why a request is not signed by that key for that region; undefined where it is. Gives the signed headers' names. */
export function verifySigV4(
  { method, url, headers, body }: Received,
  { secretId, secretKey, region }: { secretId: string; secretKey: string; region: string },
): { ok: true; signedHeaders: string[] } | { ok: false; why: string } {
  const [, id, day = '', where, names = '', given = ''] = FORM.exec(headers['authorization'] ?? '') ?? [];
  if (id !== secretId) return { ok: false, why: 'InvalidAccessKeyId' };
  if (where !== region) return { ok: false, why: 'wrong region' };
  const signedHeaders = names.split(';');
  const must = ['host', ...Object.keys(headers).filter((name) => /^x-(amz|cos)-/.test(name))];
  const unsigned = must.find((name) => !signedHeaders.includes(name));
  if (unsigned !== undefined) return { ok: false, why: `${unsigned} is not signed` };
  const digest = createHash('sha256').update(body).digest('hex');
  if (headers['x-amz-content-sha256'] !== digest) return { ok: false, why: 'XAmzContentSHA256Mismatch' };

  const [path = '', query = ''] = url.split('?');
  const canonical = [
    method,
    path,
    query.split('&').toSorted().join('&'),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    names,
    digest,
  ].join('\n');
  const time = headers['x-amz-date'] ?? '';
  if (!time.startsWith(day)) return { ok: false, why: 'the day is not that of the time' };
  const text = [
    'AWS4-HMAC-SHA256',
    time,
    `${day}/${region}/s3/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (former, part) => createHmac('sha256', former).update(part).digest(),
    `AWS4${secretKey}`,
  );
  const expected = createHmac('sha256', key).update(text).digest();
  return timingSafeEqual(expected, Buffer.from(given, 'hex'))
    ? { ok: true, signedHeaders }
    : { ok: false, why: 'SignatureDoesNotMatch' };
}
