/** What may be meant by what is being typed: keys, values of keys, or simply the words. */
import { fold } from '../../../shared/query/fold.ts';
import { isKey, type Key, KEY_NAMES, KEYS } from '../../../shared/query/keys.ts';
import { literal } from '../../../shared/query/pattern.ts';
import { printValue } from '../../../shared/query/print.ts';
import type { KnownValue } from '../../protocol/panel.ts';

export type Suggestion =
  | { kind: 'key'; key: Key; draft: string }
  | ({ kind: 'value'; key: Key; isNegated: boolean; draft: string } & KnownValue)
  /** Events that contain what was typed: the draft as it is. */
  | { kind: 'words'; words: string; draft: string };

/** The value that is being typed, of the term at the end of a draft; the key is missing while none is given. */
export interface Token {
  /** The draft before the token. */
  before: string;
  isNegated: boolean;
  key?: Key;
  /** The term up to the value: `-product:cvm,`. */
  head: string;
  typed: string;
}

const TOKEN = /(?:[^\s"]|"(?:[^"\\]|\\.)*"?)*$/;
const HEAD = /^(-?)(?:([^\s:",]*):(.*,)?)?/s;
const AGES = ['15m', '4h', '24h', '7d', '30d', '90d'];
const MOST = 6;

/** Finds what is being typed at the end of a draft. */
export function tokenOf(draft: string): Token {
  const token = TOKEN.exec(draft)?.[0] ?? '';
  const [head = '', minus = '', name] = HEAD.exec(token) ?? [];
  const key = name === undefined ? undefined : fold(name);
  return {
    before: draft.slice(0, draft.length - token.length),
    isNegated: minus !== '',
    ...(key !== undefined && isKey(key) ? { key } : {}),
    head: head === '-' ? '' : head,
    typed: token.slice(name === undefined ? minus.length : head.length).replaceAll('"', ''),
  };
}

/** The key whose values are to be looked up for a token: its own, or while it has none, whoever may be meant. */
export function keyToLookUp({ key, head, typed }: Token): Key | undefined {
  if (key === undefined) return head === '' && typed.length > 1 ? 'operator' : undefined;
  const { kind } = KEYS[key];
  return kind === 'choice' || kind === 'moment' ? undefined : key;
}

/** Suggestions for a draft; `known` are values that were looked up for its token. */
export function suggest(draft: string, known: readonly KnownValue[]): Suggestion[] {
  const token = tokenOf(draft);
  if (token.key !== undefined) return valuesOf(token.key, token, choicesOf(token.key, token.typed), known);
  if (token.head !== '' || token.typed === '') return [];
  const begun = fold(token.typed);
  const minus = token.isNegated ? '-' : '';
  const keys = KEY_NAMES.filter((name) => isKey(name) && name.startsWith(begun)).slice(0, 4);
  const choices =
    begun.length < 2
      ? []
      : KEY_NAMES.filter(isKey).flatMap((key) =>
          KEYS[key].kind === 'choice' ? valuesOf(key, token, choicesOf(key, begun), []) : [],
        );
  return [
    ...keys
      .filter(isKey)
      .map((key) => ({ kind: 'key' as const, key, draft: `${token.before}${minus}${key}:` })),
    ...choices.slice(0, MOST),
    ...valuesOf('operator', token, [], known).slice(0, MOST),
    { kind: 'words', words: token.typed, draft },
  ];
}

function valuesOf(
  key: Key,
  { before, head, isNegated }: Token,
  choices: readonly string[],
  known: readonly KnownValue[],
): Suggestion[] {
  const start = `${before}${head === '' ? `${isNegated ? '-' : ''}${key}:` : head}`;
  const values = [...choices.map((value) => ({ value })), ...known];
  return values.map((value) => ({
    kind: 'value',
    key,
    isNegated,
    draft: `${start}${printValue(key, literal(value.value))}`,
    ...value,
  }));
}

function choicesOf(key: Key, typed: string): string[] {
  const values = KEYS[key];
  const begun = fold(typed);
  if (values.kind === 'moment') return AGES.filter((age) => age.startsWith(begun));
  return values.kind === 'choice' ? values.choices.filter((choice) => choice.startsWith(begun)) : [];
}
