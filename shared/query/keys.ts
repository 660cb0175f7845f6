import { ACTIONS, OUTCOMES } from '../event/event.ts';

/** What the values of a key may be. */
export type Values =
  /** Any text; `*` stands for any run of characters. */
  | { kind: 'pattern' }
  /** Any text; `*` at its end only. */
  | { kind: 'prefix' }
  /** Any text without `*`. */
  | { kind: 'text' }
  | { kind: 'digits' }
  | { kind: 'choice'; choices: readonly string[] }
  /** An address or a CIDR. */
  | { kind: 'network' }
  /** A point in time: one value, not negatable, once in a query. */
  | { kind: 'moment' };

/** The keys of the query language, in the order in which they are listed to a reader. */
export const KEYS = {
  account: { kind: 'digits' },
  operator: { kind: 'pattern' },
  event: { kind: 'pattern' },
  product: { kind: 'text' },
  resource: { kind: 'pattern' },
  region: { kind: 'text' },
  action: { kind: 'choice', choices: ACTIONS },
  outcome: { kind: 'choice', choices: OUTCOMES },
  error: { kind: 'prefix' },
  ip: { kind: 'network' },
  request: { kind: 'text' },
  from: { kind: 'moment' },
  to: { kind: 'moment' },
} as const satisfies Record<string, Values>;

export type Key = keyof typeof KEYS;

/** The keys that bound a query in time. */
export type RangeKey = { [K in Key]: (typeof KEYS)[K]['kind'] extends 'moment' ? K : never }[Key];

/** The keys that say something about an event other than its time. */
export type FieldKey = Exclude<Key, RangeKey>;

/** Keys of the language that cannot be asked for yet: told apart from mistyped ones. */
export const LATER_KEYS: readonly string[] = [
  'person',
  'type',
  'via',
  'network',
  'key',
  'tag',
  'is',
  'source',
];

/** Every key that can be asked for. */
export const KEY_NAMES: readonly string[] = Object.keys(KEYS);

/** Whether the text is a key, written in lower case. */
export function isKey(text: string): text is Key {
  return Object.hasOwn(KEYS, text);
}

/** Whether the key is one of those that bound a query in time. */
export function isRangeKey(key: Key): key is RangeKey {
  return KEYS[key].kind === 'moment';
}
