import { createHash, createHmac } from 'node:crypto';
import { constantTimeEqual } from './cloud/equal.ts';
import type { SignedRequest } from './cloud/tc3.ts';

/** A credential that the server of buckets knows. */
export interface S3Key {
  accessKeyId: string;
  secretAccessKey: string;
  /** Requests must carry it. */
  sessionToken?: string;
  /** What it may do; everything unless given. */
  allowed?: readonly S3Permission[];
}

export type S3Permission = 'list' | 'get' | 'put';

/** What the store answers instead of the thing that was asked for. */
export interface S3Refusal {
  status: number;
  code: string;
}

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;
/** A request may be this old or early, ms. */
const SKEW = 15 * 60_000;

/**
 * The refusal of a request that is not signed as the specification of AWS signature version 4 says, for its host, path
 * and body as they came; undefined where it is.
 */
export function checkSignature(
  request: SignedRequest,
  { keys, region, now }: { keys: ReadonlyMap<string, S3Key>; region: string; now: number },
): S3Refusal | undefined {
  const { headers } = request;
  const [, id = '', day = '', scope = '', names = '', signature = ''] =
    FORM.exec(headers['authorization'] ?? '') ?? [];
  if (signature === '') return { status: 403, code: 'AccessDenied' };
  const key = keys.get(id);
  if (!key) return { status: 403, code: 'InvalidAccessKeyId' };
  if (headers['x-amz-security-token'] !== key.sessionToken) return { status: 403, code: 'InvalidToken' };
  if (scope !== region) return { status: 400, code: 'AuthorizationHeaderMalformed' };
  const time = headers['x-amz-date'] ?? '';
  if (!time.startsWith(day)) return { status: 403, code: 'SignatureDoesNotMatch' };
  if (!(Math.abs(unixMs(time) - now) <= SKEW)) return { status: 403, code: 'RequestTimeTooSkewed' };
  const mustSign = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  if (!mustSign.every((name) => names.split(';').includes(name)))
    return { status: 403, code: 'AccessDenied' };
  const digest = headers['x-amz-content-sha256'] ?? '';
  if (digest !== 'UNSIGNED-PAYLOAD' && digest !== sha256(request.body)) {
    return { status: 400, code: 'XAmzContentSHA256Mismatch' };
  }
  const wanted = signatureOf(key.secretAccessKey, request, { day, region, names });
  return constantTimeEqual(wanted, signature) ? undefined : { status: 403, code: 'SignatureDoesNotMatch' };
}

/** The signature of a request to S3, as hexadecimal text. `names` are the signed headers, joined by `;`. */
export function signatureOf(
  secret: string,
  request: Pick<SignedRequest, 'method' | 'url' | 'headers'>,
  { day, region, names }: { day: string; region: string; names: string },
): string {
  const [path = '/', query = ''] = request.url.split('?');
  const canonical = [
    request.method,
    path
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => pair.split(/=(.*)/s, 2).map((part) => encode(decodeURIComponent(part))))
      .map(([name = '', value = '']) => `${name}=${value}`)
      .toSorted()
      .join('&'),
    ...names
      .split(';')
      .map((name) => `${name}:${(request.headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}`),
    '',
    names,
    request.headers['x-amz-content-sha256'] ?? '',
  ].join('\n');
  const scope = [day, region, 's3', 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope.join('/'), sha256(canonical)].join(
    '\n',
  );
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

/** Unix ms of `20261122T140300Z`; NaN where it is none. */
function unixMs(time: string): number {
  return Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
