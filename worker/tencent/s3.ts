/**
 * Signed requests to a store that speaks S3, as COS does on its own endpoint: signature version 4 with the digest of
 * the body in it.
 */

import { AwsV4Signer } from 'aws4fetch';
import { hexDigest } from './bytes.ts';
import type { Credential } from './credential.ts';
import { failureOfStatus, type Network } from './exchange.ts';
import { failed, type Failed, type FailureKind } from './failure.ts';
import { encodeStrictly } from './percent.ts';
import { readXml } from './xml.ts';

/** One bucket of a store. */
export interface S3Client extends Network {
  credential: Credential;
  /** Origin of the store, without the bucket: see cosEndpoint. */
  endpoint: string;
  /** Whether the bucket is named in the host (all that COS takes for newer buckets) or in the path. */
  addressing: 'host' | 'path';
  bucket: string;
  region: string;
}

/** What is asked, by the name that COS and its policies give it. `query` and `headers` as S3 names them. */
export type S3Request =
  | { action: 'GetBucket'; query: Readonly<Record<string, string>> }
  | { action: 'GetObject'; key: string }
  | {
      action: 'PutObject';
      key: string;
      body: Uint8Array<ArrayBuffer>;
      headers: Readonly<Record<string, string>>;
    };

/** Where COS of a region speaks S3. The bucket goes before it. */
export function cosEndpoint(region: string): string {
  return `https://cos.${region}.myqcloud.com`;
}

/** The url and what to fetch it with, signed at `now` (unix ms). Fails for a bucket or key that no url can name. */
export async function signed(
  client: S3Client,
  request: S3Request,
  now: number,
): Promise<{ ok: true; url: string; init: RequestInit } | Failed> {
  const url = urlOf(client, request);
  if (!url) {
    const message = 'the bucket is no part of a host name, or the key has a part . or ..';
    return failed(client.credential, { kind: 'refused', code: 'BadName', message });
  }
  const { secretId, secretKey, token } = client.credential;
  const method = request.action === 'PutObject' ? 'PUT' : 'GET';
  const body = request.action === 'PutObject' ? request.body : undefined;
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers: {
      ...(request.action === 'PutObject' && request.headers),
      'x-amz-content-sha256': await hexDigest('SHA-256', body ?? ''),
      // The signer adds the token under S3's name; COS gets it under its own beside it. Both are signed.
      ...(token !== undefined && isCos(url) && { 'x-cos-security-token': token }),
    },
    accessKeyId: secretId,
    secretAccessKey: secretKey,
    ...(token !== undefined && { sessionToken: token }),
    service: 's3',
    region: client.region,
    datetime: new Date(now).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
  });
  const { headers } = await signer.sign();
  return { ok: true, url: url.href, init: { method, headers, ...(body && { body }) } };
}

function urlOf({ endpoint, addressing, bucket }: S3Client, request: S3Request): URL | undefined {
  const parts = request.action === 'GetBucket' ? [] : request.key.split('/');
  // A url would swallow such parts, however they are written.
  if (bucket === '' || parts.some((part) => part === '.' || part === '..')) return undefined;
  const url = new URL(endpoint);
  if (addressing === 'host') {
    const host = `${bucket}.${url.hostname}`;
    url.hostname = host;
    // Where it is no host name, as before a number, the url stays as it was.
    if (url.hostname !== host) return undefined;
  } else parts.unshift(bucket);
  url.pathname = `/${parts.map(encodeStrictly).join('/')}`;
  url.search = Object.entries(request.action === 'GetBucket' ? request.query : {})
    .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`)
    .join('&');
  return url;
}

function isCos({ hostname }: URL): boolean {
  return /\.cos\.[a-z0-9-]+\.(myqcloud\.com|tencentcos\.cn)$/.test(hostname);
}

/** The failure that an answer of the store tells. `text` is its body: XML, where the store says why. */
export function failureOfAnswer(
  credential: Credential,
  { status, headers, text }: { status: number; headers: Headers; text: string },
): Failed {
  const fallback = failureOfStatus(status);
  const error = readXml(text)?.first('Error');
  const code = error?.text('Code') ?? '';
  const requestId =
    error?.text('RequestId') ?? headers.get('x-cos-request-id') ?? headers.get('x-amz-request-id') ?? '';
  if (code === '') {
    const kind = status === 401 || status === 403 ? 'permission' : fallback.kind;
    return failed(credential, { ...fallback, kind, requestId });
  }
  const kind = KINDS.get(code) ?? (status === 403 ? 'permission' : fallback.kind);
  return failed(credential, { kind, code, message: error?.text('Message') ?? '', status, requestId });
}

const KINDS: ReadonlyMap<string, FailureKind> = new Map([
  ['AccessDenied', 'permission'],
  ['AccessForbidden', 'permission'],
  ['InvalidAccessKeyId', 'key'],
  ['SignatureDoesNotMatch', 'key'],
  ['InvalidToken', 'key'],
  ['ExpiredToken', 'key'],
  ['InvalidSecurity', 'key'],
  ['RequestTimeTooSkewed', 'clock'],
  ['RequestIsExpired', 'clock'],
  ['SlowDown', 'limit'],
  ['RequestLimitExceeded', 'limit'],
  ['InternalError', 'server'],
  ['ServiceUnavailable', 'server'],
  ['RequestTimeout', 'unreachable'],
]);
