import { isObject, parseJson, type JsonObject } from '../../../shared/event/json.ts';
import type { Json } from '../../../shared/event/event.ts';
import type { RecordInput } from './types.ts';

/** A record in the index. */
export interface Indexed {
  /** The record's JSON text, as it is delivered. Kept alone: a parsed record takes several times the room. */
  text: string;
  account: string;
  /** Unix s. */
  eventTime: number;
  /** When it is to be seen, unix ms. */
  indexedAt: number;
  /** Time of indexing × 10⁷ in s, and a little more so that no two have the same: the cursor of pages. */
  token: bigint;
}

/** Tokens to a millisecond. */
const TOKENS = 10_000n;

export interface Selection {
  accounts: ReadonlySet<string>;
  /** Unix s, included. */
  from: number;
  /** Unix s, excluded. */
  to: number;
  /** Which records, beside account and time; all of them where absent. */
  fits: ((record: JsonObject) => boolean) | undefined;
  /** The token that the page before ended with. */
  after: bigint | undefined;
  limit: number;
  order: 'newest' | 'oldest';
  /** The cloud's time, unix ms: what is indexed later is not to be seen. */
  now: number;
}

export interface Page {
  found: readonly Indexed[];
  last: boolean;
}

export interface Archive {
  add(record: RecordInput, indexedAt: number): void;
  page(selection: Selection): Page;
  /** Whether a page could have ended with this token. */
  knows(token: bigint): boolean;
  size(): number;
}

/** The index of all accounts' records, kept in the order of their tokens. */
export function createArchive(): Archive {
  const entries: Indexed[] = [];
  const taken = new Set<bigint>();
  const counted = new Map<number, number>();
  let sorted = true;
  return {
    add(input, indexedAt) {
      const at = Math.floor(indexedAt);
      const before = counted.get(at) ?? 0;
      counted.set(at, before + 1);
      // Odd, past 2^53: who reads it as a double holds another number.
      let token = BigInt(at) * TOKENS + BigInt(before) * 2n + 1n;
      while (taken.has(token)) token += 2n;
      taken.add(token);
      sorted &&= token > (entries.at(-1)?.token ?? 0n);
      entries.push(index(input, at, token));
    },
    page(selection) {
      if (!sorted) entries.sort((one, other) => (one.token < other.token ? -1 : 1));
      sorted = true;
      return page(entries, selection);
    },
    knows: (token) => taken.has(token),
    size: () => entries.length,
  };
}

function index(input: RecordInput, indexedAt: number, token: bigint): Indexed {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const record = recordOf(text);
  const identity = record['userIdentity'];
  return {
    text,
    account: isObject(identity) ? plain(identity['accountId']) : '',
    eventTime: Number(plain(record['eventTime'])),
    indexedAt,
    token,
  };
}

/** The record that a text is. Throws where it is none: tests index records only. */
export function recordOf(text: string): JsonObject {
  const parsed = parseJson(text);
  if (!parsed.ok || !isObject(parsed.value)) throw new Error('a record must be a JSON object');
  return parsed.value;
}

/** A value of a record as text: '' where there is none. Long integers keep their digits. */
export function plain(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** How many entries, from the beginning, have a token up to `token`. */
function firstAbove(entries: readonly Indexed[], token: bigint): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry !== undefined && entry.token <= token) low = middle + 1;
    else high = middle;
  }
  return low;
}

function page(entries: readonly Indexed[], selection: Selection): Page {
  const { after, limit, order, now } = selection;
  const seen = firstAbove(entries, BigInt(Math.floor(now) + 1) * TOKENS - 1n);
  const step = order === 'newest' ? -1 : 1;
  const first = order === 'newest' ? seen - 1 : 0;
  const start = after === undefined ? first : resume(entries, after, order, first);
  const found: Indexed[] = [];
  for (let at = start; at >= 0 && at < seen; at += step) {
    const entry = entries[at];
    if (entry === undefined || !isSelected(entry, selection)) continue;
    if (found.length === limit) return { found, last: false };
    found.push(entry);
  }
  return { found, last: true };
}

/** Where a page begins that goes on after a token. */
function resume(
  entries: readonly Indexed[],
  after: bigint,
  order: 'newest' | 'oldest',
  first: number,
): number {
  return order === 'newest'
    ? Math.min(first, firstAbove(entries, after - 1n) - 1)
    : firstAbove(entries, after);
}

function isSelected({ account, eventTime, text }: Indexed, { accounts, from, to, fits }: Selection): boolean {
  return accounts.has(account) && eventTime >= from && eventTime < to && (fits?.(recordOf(text)) ?? true);
}
