/**
 * Cursors: what a caller hands back to go on. Sealed, so that nobody can make one up or change one, and nobody reads
 * in one how much there is that they may not see.
 */
import { sealingKey, type RootSecrets } from './secrets.ts';

/** Where a list of events goes on. */
export interface EventsCursor {
  kind: 'events';
  /** Row id below which the next page begins. */
  before: number;
  /** Unix ms at which relative times of the first page were read. */
  now: number;
  /** Hash of query, zone and scope: a cursor goes on with the list it came from. */
  list: string;
}

/** Where a list of what was counted goes on. */
export interface GroupsCursor {
  kind: 'groups';
  /** Row id below which events are counted; absent where all are. */
  before?: number;
  /** Unix second from which on nothing is counted: what happened after the first page was answered. */
  to: number;
  /** The place of the last group that was shown; absent where none of these were. */
  after?: { at: number; key: string };
  /** Unix ms at which relative times of the first page were read. */
  now: number;
  /** Hash of route, query, zone and scope. */
  list: string;
}

/** Where following the changes goes on. */
export interface ChangesCursor {
  kind: 'changes';
  /** Last change seen. */
  seq: number;
  scope: string;
}

export type Cursor = EventsCursor | GroupsCursor | ChangesCursor;

/** The key of a group can be a long name in a wide script. */
const MAX_LENGTH = 8_000;
const IV_BYTES = 12;
const BASE64URL = { alphabet: 'base64url', omitPadding: true } as const;

/** The text of a cursor: sealed with AES-GCM, base64url. */
export async function sealCursor(secrets: RootSecrets, cursor: Cursor): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(cursor));
  const key = await sealingKey(secrets.current, 'cursor');
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain));
  return Uint8Array.from([...iv, ...sealed]).toBase64(BASE64URL);
}

/** The cursor of a text that we sealed; undefined for anything else. */
export async function openCursor<K extends Cursor['kind']>(
  secrets: RootSecrets,
  text: string,
  kind: K,
): Promise<Extract<Cursor, { kind: K }> | undefined> {
  if (text.length > MAX_LENGTH || !/^[\w-]{40,}$/.test(text)) return undefined;
  for (const secret of [secrets.current, secrets.previous]) {
    const cursor = secret === undefined ? undefined : await unseal(secret, text);
    if (cursor !== undefined && isKind(cursor, kind)) return cursor;
  }
  return undefined;
}

function isKind<K extends Cursor['kind']>(cursor: Cursor, kind: K): cursor is Extract<Cursor, { kind: K }> {
  return cursor.kind === kind;
}

async function unseal(secret: string, text: string): Promise<Cursor | undefined> {
  const key = await sealingKey(secret, 'cursor');
  try {
    const bytes = Uint8Array.fromBase64(text, BASE64URL);
    const algorithm = { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES) };
    const plain = await crypto.subtle.decrypt(algorithm, key, bytes.subarray(IV_BYTES));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    // Not base64url, or not sealed with this key.
    return undefined;
  }
}
