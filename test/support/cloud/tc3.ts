import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { constantTimeEqual } from './equal.ts';

/** The vendor's own signer; its module is CommonJS without a default that every loader agrees on. */
const { default: Signer }: { default: { sign3(options: object): string } } = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs/tencentcloud/common/sign.js',
);

/** What of a request the signature covers. */
export interface SignedRequest {
  method: string;
  /** Path and query as they came. */
  url: string;
  host: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Unix s, of `X-TC-Timestamp`. */
  timestamp: number;
}

/** The parts of `Authorization`. */
export interface Authorization {
  secretId: string;
  date: string;
  service: string;
  signedHeaders: string;
  signature: string;
}

const FORM =
  /^TC3-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{4}-\d\d-\d\d)\/([^/,\s]+)\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** Reads an `Authorization` header; undefined where it does not have the form of TC3. */
export function readAuthorization(text: string): Authorization | undefined {
  const [, secretId, date, service, signedHeaders, signature] = FORM.exec(text) ?? [];
  if (!secretId || !date || !service || !signedHeaders || !signature) return undefined;
  return { secretId, date, service, signedHeaders, signature };
}

/**
 * Whether the signature is the one that the vendor's SDK would give (host without its port), or else the one that the
 * specification gives for the host as it was sent and the headers that are named.
 */
export function isSignedWith(secretKey: string, request: SignedRequest, given: Authorization): boolean {
  if (given.date !== new Date(request.timestamp * 1000).toISOString().slice(0, 10)) return false;
  if (!['content-type', 'host'].every((name) => given.signedHeaders.split(';').includes(name))) return false;
  const ours = signatureOf(secretKey, request, given);
  return (
    constantTimeEqual(given.signature, ours) ||
    constantTimeEqual(given.signature, bySdk(secretKey, request, given))
  );
}

function bySdk(secretKey: string, request: SignedRequest, { secretId, service }: Authorization): string {
  const signed = Signer.sign3({
    method: request.method,
    url: `http://${request.host}${request.url}`,
    payload: request.method === 'GET' ? '' : request.body,
    timestamp: request.timestamp,
    service,
    secretId,
    secretKey,
    headers: { 'Content-Type': request.headers['content-type'] },
  });
  return signed.slice(-64);
}

/** The signature of the specification, as hexadecimal text. */
export function signatureOf(
  secretKey: string,
  request: SignedRequest,
  { date, service, signedHeaders }: Pick<Authorization, 'date' | 'service' | 'signedHeaders'>,
): string {
  const [path = '/', query = ''] = request.url.split('?');
  const headers: Readonly<Record<string, string>> = { ...request.headers, host: request.host };
  const lines = signedHeaders.split(';').map((name) => `${name}:${(headers[name] ?? '').trim()}\n`);
  const canonical = [request.method, path, query, lines.join(''), signedHeaders, sha256(request.body)].join(
    '\n',
  );
  const text = [
    'TC3-HMAC-SHA256',
    request.timestamp,
    `${date}/${service}/tc3_request`,
    sha256(canonical),
  ].join('\n');
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey}`);
  return hmac(key, text).toString('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
