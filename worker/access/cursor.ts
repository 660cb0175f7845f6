/** Cursors: what a caller hands back to go on. Signed, so that nobody can make one up or change one. */
import { hmacKey, type RootSecrets } from './secrets.ts';

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

/** Where following the changes goes on. */
export interface ChangesCursor {
  kind: 'changes';
  /** Last change seen. */
  seq: number;
  scope: string;
}

export type Cursor = EventsCursor | ChangesCursor;

const MAX_LENGTH = 1000;
const BASE64URL = { alphabet: 'base64url', omitPadding: true } as const;

/** The text of a cursor: payload and signature, base64url. */
export async function signCursor(secrets: RootSecrets, cursor: Cursor): Promise<string> {
  const payload = new TextEncoder().encode(JSON.stringify(cursor));
  const signature = await crypto.subtle.sign('HMAC', await hmacKey(secrets.current, 'cursor'), payload);
  return `${payload.toBase64(BASE64URL)}.${new Uint8Array(signature).toBase64(BASE64URL)}`;
}

/** The cursor of a text we signed; undefined for anything else. */
export async function readCursor<K extends Cursor['kind']>(
  secrets: RootSecrets,
  text: string,
  kind: K,
): Promise<Extract<Cursor, { kind: K }> | undefined> {
  const match = /^([\w-]+)\.([\w-]{43})$/.exec(text);
  if (text.length > MAX_LENGTH || match === null) return undefined;
  const payload = decode(match[1] ?? '');
  const signature = decode(match[2] ?? '');
  if (payload === undefined || signature === undefined) return undefined;
  for (const secret of [secrets.current, secrets.previous]) {
    if (secret === undefined) continue;
    if (await crypto.subtle.verify('HMAC', await hmacKey(secret, 'cursor'), signature, payload)) {
      const cursor: Cursor = JSON.parse(new TextDecoder().decode(payload));
      return isKind(cursor, kind) ? cursor : undefined;
    }
  }
  return undefined;
}

function isKind<K extends Cursor['kind']>(cursor: Cursor, kind: K): cursor is Extract<Cursor, { kind: K }> {
  return cursor.kind === kind;
}

function decode(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(text, BASE64URL);
  } catch {
    return undefined;
  }
}
