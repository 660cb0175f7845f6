/** The signature of CLS's data interface: HMAC-SHA1 over method, path, parameters and headers, good for a stretch of time. */

import { bytesToHex } from '@noble/hashes/utils.js';
import { bytes, hexDigest, hmac } from './bytes.ts';
import { encodeStrictly } from './percent.ts';

/** What of a request is signed. */
export interface ClsRequest {
  method: 'GET' | 'POST';
  path: string;
  /** By lower-case name. */
  params: Readonly<Record<string, string>>;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
}

/** From when to when a signature is good, in unix seconds, as it is written: `start;end`. */
export function keyTime(start: number, end: number): string {
  return `${start};${end}`;
}

/** Names as they are listed: sorted, joined by `;`. */
export function nameList(fields: Readonly<Record<string, string>>): string {
  return Object.keys(fields).toSorted().join(';');
}

/** The request in the one form that both sides can make. */
export function httpRequestInfo({ method, path, params, headers }: ClsRequest): string {
  return `${[method.toLowerCase(), path, fieldList(params), fieldList(headers)].join('\n')}\n`;
}

/** What the signing key signs. */
export async function stringToSign(time: string, requestInfo: string): Promise<string> {
  return `sha1\n${time}\n${await hexDigest('SHA-1', requestInfo)}\n`;
}

/** The key for that stretch of time. It is used as the hex text that it is given in. */
export async function signKey(secretKey: string, time: string): Promise<string> {
  return bytesToHex(await hmac('SHA-1', bytes(secretKey), time));
}

/** The signature: hex. */
export async function signature(key: string, text: string): Promise<string> {
  return bytesToHex(await hmac('SHA-1', bytes(key), text));
}

/** The value of the `Authorization` header: all steps in their order. */
export async function authorization(
  request: ClsRequest,
  { secretId, secretKey, time }: { secretId: string; secretKey: string; time: string },
): Promise<string> {
  const text = await stringToSign(time, httpRequestInfo(request));
  return [
    'q-sign-algorithm=sha1',
    `q-ak=${secretId}`,
    `q-sign-time=${time}`,
    `q-key-time=${time}`,
    `q-header-list=${nameList(request.headers)}`,
    `q-url-param-list=${nameList(request.params)}`,
    `q-signature=${await signature(await signKey(secretKey, time), text)}`,
  ].join('&');
}

function fieldList(fields: Readonly<Record<string, string>>): string {
  return Object.keys(fields)
    .toSorted()
    .map((name) => `${encodeStrictly(name)}=${encodeStrictly(fields[name] ?? '')}`)
    .join('&');
}
