/** Bytes, digests and message authentication, as every signature of Tencent Cloud needs them. */

import { bytesToHex } from '@noble/hashes/utils.js';

const encoder = new TextEncoder();

/** UTF-8 of a text. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  // A copy, since compilers differ in what memory they believe an encoder to give.
  return new Uint8Array(encoder.encode(text));
}

/** Lower-case hex digest of a text (as UTF-8) or of bytes. */
export async function hexDigest(
  hash: 'SHA-1' | 'SHA-256',
  content: string | Uint8Array<ArrayBuffer>,
): Promise<string> {
  const input = typeof content === 'string' ? bytes(content) : content;
  return bytesToHex(new Uint8Array(await crypto.subtle.digest(hash, input)));
}

/** HMAC of a text (as UTF-8) under a key. An empty key throws. */
export async function hmac(
  hash: 'SHA-1' | 'SHA-256',
  key: Uint8Array<ArrayBuffer>,
  text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes(text)));
}
