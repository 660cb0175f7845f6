/** A short hash that tells one list (or one scope) from another inside a cursor or an ETag. */
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { MemberCaller } from '../access/authenticate.ts';
import { scopeText } from '../store/scope.ts';

export function shortHash(...parts: string[]): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))).subarray(0, 8));
}

/** Changes when the caller may see other events than before, or when an account started anew. */
export function scopeHash({ scope, accounts }: MemberCaller): string {
  return shortHash(
    scopeText(scope),
    ...accounts.map(({ id, epoch }) => `${id}:${epoch}`).filter((text) => !text.endsWith(':0')),
  );
}
