/** Which catalogue of rules, purchases and changes this code has. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { SENSITIVE } from './sensitive.ts';

/** Raise it when code decides otherwise what is a purchase or a change: stored events are then looked at anew. */
const EDITION = 1;

/** Names what this code classifies by. Another shipped rule makes another name by itself. */
export const CATALOGUE = `${EDITION}-${bytesToHex(sha256(utf8ToBytes(queries())).subarray(0, 8))}`;

/** What of the shipped rules decides about events. */
function queries(): string {
  return JSON.stringify(SENSITIVE.map(({ id, query, on }) => [id, query, on]));
}
