/**
 * TC3-HMAC-SHA256, the signature of Tencent Cloud's API 3.0: a canonical form of the request, a text that names it
 * with its time and service, a key derived for that day and service, and their HMAC.
 */

import { bytesToHex } from '@noble/hashes/utils.js';
import { bytes, hexDigest, hmac } from './bytes.ts';

const ALGORITHM = 'TC3-HMAC-SHA256';

/** What of a request is signed. `headers` are lower-case names with their values; at least content type and host. */
export interface SignedRequest {
  method: 'GET' | 'POST';
  /** Query string without `?`, exactly as it is sent. */
  query: string;
  headers: Readonly<Record<string, string>>;
  payload: string;
}

/** Names of the signed headers: sorted, joined by `;`. */
export function signedHeaders(request: SignedRequest): string {
  return Object.keys(request.headers).toSorted().join(';');
}

/** The request in the one form that both sides can make. The path of API 3.0 is always `/`. */
export async function canonicalRequest(request: SignedRequest): Promise<string> {
  const headers = Object.entries(request.headers)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}\n`)
    .join('');
  const payload = await hexDigest('SHA-256', request.payload);
  return [request.method, '/', request.query, headers, signedHeaders(request), payload].join('\n');
}

/** The day (UTC) and service that a signature is good for. `timestamp` in unix seconds. */
export function credentialScope(timestamp: number, service: string): string {
  return `${dayOf(timestamp)}/${service}/tc3_request`;
}

/** What the signing key signs: algorithm, time, scope and the digest of the canonical request. */
export async function stringToSign(timestamp: number, service: string, canonical: string): Promise<string> {
  const digest = await hexDigest('SHA-256', canonical);
  return [ALGORITHM, String(timestamp), credentialScope(timestamp, service), digest].join('\n');
}

/** The key for one day (UTC) and service; nobody can derive another day's, or the secret, from it. */
export async function signingKey(
  secretKey: string,
  timestamp: number,
  service: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const ofDay = await hmac('SHA-256', bytes(`TC3${secretKey}`), dayOf(timestamp));
  const ofService = await hmac('SHA-256', ofDay, service);
  return await hmac('SHA-256', ofService, 'tc3_request');
}

/** The signature: HMAC of the string to sign, in lower-case hex. */
export async function signature(key: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  return bytesToHex(await hmac('SHA-256', key, text));
}

/** The value of the `Authorization` header for a request at `timestamp` (unix seconds): all steps in their order. */
export async function authorization(
  request: SignedRequest,
  { secretId, secretKey, service, timestamp }: SigningContext,
): Promise<string> {
  const text = await stringToSign(timestamp, service, await canonicalRequest(request));
  const signed = await signature(await signingKey(secretKey, timestamp, service), text);
  const credential = `${secretId}/${credentialScope(timestamp, service)}`;
  return `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders(request)}, Signature=${signed}`;
}

/** Who signs, for which service, when (unix seconds). */
export interface SigningContext {
  secretId: string;
  secretKey: string;
  service: string;
  timestamp: number;
}

function dayOf(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10);
}
