/**
 * The index tokens of an event: one letter for the kind, then the folded value. `names` are cut into pieces, by
 * which they are searched; `facts` only match whole. Of those, the listed ones have few different values: they
 * are searched by pieces in a list of them. A search and a row must make the same token of the same value, so both
 * do it here.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes, bytesToHex } from '@noble/hashes/utils.js';
import type { EventSummary } from '../../shared/event/event.ts';
import { parseAddress } from '../../shared/query/address.ts';
import { fold } from '../../shared/query/fold.ts';

/** Kinds of tokens. The letters are part of what is stored: never give one to another kind. */
export const NAME_KINDS = {
  resourceId: 'r',
  resourceName: 'm',
} as const;
export const LISTED_KINDS = {
  event: 'e',
  operatorName: 'n',
  personName: 'b',
  error: 'x',
} as const;
export const FACT_KINDS = {
  account: 'a',
  operator: 'o',
  person: 'h',
  claimed: 'c',
  product: 'p',
  region: 'g',
  action: 't',
  outcome: 'u',
  via: 'v',
  network: 'w',
  source: 's',
  mark: 'f',
  key: 'k',
  request: 'q',
  type: 'y',
  tag: 'l',
  address: 'i',
  prefix: 'j',
} as const;
export type NameKind = (typeof NAME_KINDS)[keyof typeof NAME_KINDS];
export type ListedKind = (typeof LISTED_KINDS)[keyof typeof LISTED_KINDS];
export type Kind = NameKind | ListedKind | (typeof FACT_KINDS)[keyof typeof FACT_KINDS];

/** What the view adds to every event: what a search that only excludes starts from. */
export const ALL = 'all';
/** A token that no event has. */
export const NONE = '~';
/** What the view adds to an event with an address of either family. */
export const FAMILY = { v4: 'jv4', v6: 'jv6' } as const;
/** The gram of rows whose names are too long to be cut up (see event_index). */
export const LONG = 'long';

/** Enough to tell a million values apart but for one in thousands; what is found is checked. */
const HASH_BYTES = 4;

/** What the tokenizer keeps as it is. */
const PLAIN = /^[a-z0-9._-]*$/;

/** A folded value with everything that the tokenizer would split at written as `~hh`; prefixes stay prefixes. */
export function escapeToken(folded: string): string {
  if (PLAIN.test(folded)) return folded;
  // oxlint-disable-next-line no-control-regex -- control characters are among what must be escaped
  return folded.replace(/[\u0000-\u007f]/g, (c) =>
    PLAIN.test(c) ? c : `~${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** The token of a value. */
export function token(kind: Kind, value: string): string {
  return kind + escapeToken(fold(value));
}

/** The token of a value that is only ever asked for whole: the start of its hash, shorter than most such values. */
export function hashedToken(kind: Kind, value: string): string {
  return kind + bytesToHex(sha256(utf8ToBytes(fold(value))).subarray(0, HASH_BYTES));
}

/** The token of a value of a closed set whose members differ in their first letter. */
export function shortToken(kind: Kind, value: string): string {
  return kind + value.charAt(0);
}

/**
 * The token of an id, in base 36 to be shorter. What is no such id has a token that no id has: a name may look
 * like base 36, and a number of few digits would give short tokens, among them `all`.
 */
export function numberToken(kind: Kind, value: string): string {
  return /^[1-9]\d{8,29}$/.test(value) ? kind + BigInt(value).toString(36) : token(kind, `-${value}`);
}

/** The tokens of an event. */
export interface Tokens {
  /** Blank-separated, as are `facts`. */
  names: string;
  facts: string;
  /** The listed ones among the facts. */
  listed: string[];
  /** In hex; the view derives tokens of it. */
  address: string;
}

/** The tokens of an event; a field that is empty has none. */
export function tokensOf(event: EventSummary): Tokens {
  const { operator, person, resources } = event;
  const names = [
    ...tokens(
      NAME_KINDS.resourceId,
      resources.map(({ id }) => id),
    ),
    ...tokens(
      NAME_KINDS.resourceName,
      resources.map(({ name }) => name),
    ),
  ];
  const listed = [
    ...tokens(LISTED_KINDS.event, [event.event]),
    ...tokens(LISTED_KINDS.operatorName, [operator.name]),
    ...tokens(LISTED_KINDS.personName, [person?.name]),
    ...tokens(LISTED_KINDS.error, [event.error?.code]),
  ];
  const facts = [
    ...listed,
    ...tokens(FACT_KINDS.account, [event.account], numberToken),
    ...tokens(FACT_KINDS.operator, [operator.id], numberToken),
    ...tokens(person?.status === 'exact' ? FACT_KINDS.person : FACT_KINDS.claimed, [person?.id], numberToken),
    ...tokens(FACT_KINDS.product, [event.product]),
    ...tokens(FACT_KINDS.region, [event.region]),
    ...tokens(FACT_KINDS.action, [event.action], shortToken),
    ...tokens(FACT_KINDS.outcome, [event.outcome], shortToken),
    ...tokens(FACT_KINDS.via, [event.via], shortToken),
    ...tokens(FACT_KINDS.network, [event.network], shortToken),
    ...tokens(
      FACT_KINDS.source,
      event.sources.map(({ source }) => source),
      shortToken,
    ),
    ...tokens(FACT_KINDS.mark, event.is),
    ...tokens(
      FACT_KINDS.type,
      resources.map(({ type }) => type),
    ),
    ...tokens(FACT_KINDS.tag, event.tags),
    ...tokens(FACT_KINDS.key, [operator.key], hashedToken),
    ...tokens(FACT_KINDS.request, [event.requestId, event.eventId], hashedToken),
  ];
  const address = Uint8Array.from(parseAddress(event.ip) ?? []);
  return {
    names: [...new Set(names)].join(' '),
    facts: [...new Set(facts)].join(' '),
    listed,
    address: bytesToHex(address),
  };
}

function tokens(kind: Kind, values: readonly (string | undefined)[], make = token): string[] {
  return values.flatMap((value) => (value ? [make(kind, value)] : []));
}
