import { fold } from './fold.ts';
import { isKey, isRangeKey, type Key, KEY_NAMES, WORD } from './keys.ts';
import type { Failure, Query, Span, Term } from './query.ts';
import { failure, scanHead, scanValue, scanWord, skipSpace } from './scan.ts';
import { nearest } from './suggest.ts';
import { checkValue } from './values.ts';

/** `spans` says where each term of the query stands in the text. */
export type ParseResult = { ok: true; query: Query; spans: Span[] } | Failure;

const MAX_TEXT = 4096;
const MAX_TERMS = 64;
const MAX_VALUES = 100;

/** Reads a query. The first mistake in the text is the error, at its place. */
export function parseQuery(text: string): ParseResult {
  if (text.length > MAX_TEXT) {
    const rest = { at: MAX_TEXT, length: text.length - MAX_TEXT };
    return failure(rest, { kind: 'long-query', most: MAX_TEXT });
  }

  const terms: Term[] = [];
  const spans: Span[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const parsed = parseTerm(text, at, terms);
    if ('error' in parsed) return parsed;
    terms.push(parsed.term);
    spans.push({ at, length: parsed.end - at });
    at = skipSpace(text, parsed.end);
  }
  return { ok: true, query: { terms }, spans };
}

type Read<T> = (T & { end: number }) | Failure;

function parseTerm(text: string, at: number, before: readonly Term[]): Read<{ term: Term }> {
  const head = scanHead(text, at);
  if ('error' in head) return head;
  const { negated, name } = head;
  const key = name === undefined ? WORD : knownKey(name, head);
  if (typeof key === 'object') return key;
  if (isRangeKey(key)) {
    if (negated) return failure({ at, length: 1 }, { kind: 'negated', key });
    if (before.some((term) => term.key === key)) return failure(head, { kind: 'twice', key });
  }

  const read = parseValues(text, name === undefined ? head.at : head.at + head.length + 1, key);
  if ('error' in read) return read;
  const { values, end } = read;
  if (before.length === MAX_TERMS) {
    return failure({ at, length: end - at }, { kind: 'many-terms', most: MAX_TERMS });
  }
  return isRangeKey(key)
    ? { term: { key, negated: false, values: [values[0]] }, end }
    : { term: { key, negated, values }, end };
}

function knownKey(written: string, span: Span): Key | Failure {
  const name = fold(written);
  if (isKey(name)) return name;
  return failure(span, { kind: 'unknown-key', keys: KEY_NAMES }, nearest(name, KEY_NAMES));
}

function parseValues(text: string, at: number, key: Term['key']): Read<{ values: [string, ...string[]] }> {
  const first = parseValue(text, at, key);
  if ('error' in first) return first;

  const values: [string, ...string[]] = [first.value];
  let { end } = first;
  while (text[end] === ',') {
    const next = parseValue(text, end + 1, key);
    if ('error' in next) return next;
    const place = { at: end + 1, length: next.end - end - 1 };
    if (isRangeKey(key)) return failure(place, { kind: 'one-value', key });
    if (values.length === MAX_VALUES) return failure(place, { kind: 'many-values', most: MAX_VALUES });
    values.push(next.value);
    end = next.end;
  }
  return { values, end };
}

function parseValue(text: string, at: number, key: Term['key']): Read<{ value: string }> {
  const scanned = key === WORD ? scanWord(text, at) : scanValue(text, at);
  if ('error' in scanned) return scanned;
  const checked = checkValue(key, scanned.value);
  if (!checked.ok) return failure(scanned, checked.fault, checked.suggestion);
  return { value: checked.value, end: at + scanned.length };
}
