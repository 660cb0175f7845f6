import { ACTIONS, MARKS, NETWORKS, OUTCOMES, SOURCES, VIAS } from '../event/event.ts';

/** What the values of a key may be. */
export type Values =
  /** Any text; `*` stands for any run of characters. */
  | { kind: 'pattern' }
  /** A pattern that also means whoever bears the name today. */
  | { kind: 'who' }
  /** Any text; `*` at its end only. */
  | { kind: 'prefix' }
  /** Any text without `*`. */
  | { kind: 'text' }
  | { kind: 'digits' }
  /** `key=value`; `*` behind the equals sign only. */
  | { kind: 'tag' }
  | { kind: 'choice'; choices: readonly string[] }
  /** An address or a CIDR. */
  | { kind: 'network' }
  /** A point in time: one value, not negatable, once in a query. */
  | { kind: 'moment' };

/** The keys of the query language, in the order in which they are listed to a reader. */
export const KEYS = {
  account: { kind: 'digits' },
  operator: { kind: 'who' },
  person: { kind: 'who' },
  event: { kind: 'pattern' },
  product: { kind: 'text' },
  resource: { kind: 'pattern' },
  type: { kind: 'text' },
  region: { kind: 'text' },
  action: { kind: 'choice', choices: ACTIONS },
  outcome: { kind: 'choice', choices: OUTCOMES },
  error: { kind: 'prefix' },
  via: { kind: 'choice', choices: VIAS },
  ip: { kind: 'network' },
  network: { kind: 'choice', choices: NETWORKS },
  key: { kind: 'text' },
  request: { kind: 'text' },
  tag: { kind: 'tag' },
  is: { kind: 'choice', choices: MARKS },
  source: { kind: 'choice', choices: SOURCES },
  from: { kind: 'moment' },
  to: { kind: 'moment' },
} as const satisfies Record<string, Values>;

export type Key = keyof typeof KEYS;

type KeyOf<Kind extends Values['kind']> = {
  [K in Key]: (typeof KEYS)[K]['kind'] extends Kind ? K : never;
}[Key];

/** The keys that bound a query in time. */
export type RangeKey = KeyOf<'moment'>;

/** The keys that ask for people. */
export type WhoKey = KeyOf<'who'>;

/** The keys whose values are among a few words. */
export type ChoiceKey = KeyOf<'choice'>;

/** Stands in place of a key for values without one: pieces of names. It cannot be written. */
export const WORD = 'word';

/** The keys that say something about an event other than its time. */
export type FieldKey = Exclude<Key, RangeKey> | typeof WORD;

/** Every key that can be asked for. */
export const KEY_NAMES: readonly string[] = Object.keys(KEYS);

/** Whether the text is a key, written in lower case. */
export function isKey(text: string): text is Key {
  return Object.hasOwn(KEYS, text);
}

/** What the values of a key may be; words are patterns. */
export function valuesOf(key: FieldKey | RangeKey): Values {
  return key === WORD ? { kind: 'pattern' } : KEYS[key];
}

/** Whether the key is one of those that bound a query in time. */
export function isRangeKey(key: FieldKey | RangeKey): key is RangeKey {
  return valuesOf(key).kind === 'moment';
}

/** Whether the key is one of those that ask for people. */
export function isWhoKey(key: FieldKey): key is WhoKey {
  return valuesOf(key).kind === 'who';
}

/** Whether the key is one of those whose values are among a few words. */
export function isChoiceKey(key: FieldKey): key is ChoiceKey {
  return valuesOf(key).kind === 'choice';
}
