import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from './canonical.ts';
import { text, type JsonObject } from './json.ts';
import { readIdentity } from './operator.ts';
import { nameParts, stripType } from './named.ts';

const ID_BYTES = 16;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ID = /^[a-z2-7]{25}[aeimquy4]$/;

/**
 * Gives the id of an event: 26 characters of base32 over what every form of a record has. `record` is the raw
 * one, `seconds` the whole second of its eventTime.
 */
export function identify(account: string, record: JsonObject, seconds: number): string {
  const names = nameParts(record['resourceName'])
    .map(stripType)
    .filter((name) => name !== '' && name !== '*')
    .toSorted();
  const request = text(record['requestID']) || text(record['eventID']);
  const parts = [account, request, text(record['eventName']), seconds, names];
  const identity = request === '' ? [...parts, ...content(record)] : parts;
  // JSON keeps the parts apart: no two lists of parts have the same text.
  return toBase32(sha256(utf8ToBytes(JSON.stringify(identity))).subarray(0, ID_BYTES));
}

/** Gives the 32 hex characters of an event id; undefined for a text that is no such id. */
export function idToHex(id: string): string | undefined {
  return ID.test(id) ? bytesToHex(fromBase32(id)) : undefined;
}

/** Gives the event id of 32 hex characters; throws for other text. */
export function hexToId(hex: string): string {
  const bytes = hexToBytes(hex);
  if (bytes.length !== ID_BYTES) throw new RangeError('an event id has 32 hex characters');
  return toBase32(bytes);
}

/** What tells two calls of one second apart where the record has no id of its own. */
function content(record: JsonObject): string[] {
  const { user } = readIdentity(record);
  return [
    text(user['principalId']),
    text(record['sourceIPAddress']),
    canonical(record['requestParameters'] ?? ''),
  ];
}

function toBase32(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET.charAt((value >>> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? out + ALPHABET.charAt((value << (5 - bits)) & 31) : out;
}

function fromBase32(id: string): Uint8Array {
  const bytes = new Uint8Array(ID_BYTES);
  let at = 0;
  let bits = 0;
  let value = 0;
  for (const char of id) {
    value = (value << 5) | ALPHABET.indexOf(char);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = value >>> bits;
    at += 1;
    value &= (1 << bits) - 1;
  }
  return bytes;
}
