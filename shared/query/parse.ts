import { fold } from './fold.ts';
import { isKey, isRangeKey, type Key, KEY_NAMES, LATER_KEYS } from './keys.ts';
import type { Failure, Query, Span, Term } from './query.ts';
import { failure, scanKey, type ScannedKey, scanValue, skipSpace } from './scan.ts';
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
    return failure(rest, `A query has at most ${MAX_TEXT} characters`);
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
  const head = scanKey(text, at);
  if ('error' in head) return head;
  if (before.length === MAX_TERMS) return failure(head, `A query has at most ${MAX_TERMS} terms`);

  const key = knownKey(head);
  if (typeof key === 'object') return key;
  if (isRangeKey(key)) {
    if (head.negated) return failure({ at, length: 1 }, `${key} cannot be negated`);
    if (before.some((term) => term.key === key)) return failure(head, `${key} is given twice`);
  }

  const read = parseValues(text, head.at + head.length + 1, key);
  if ('error' in read) return read;
  const { values, end } = read;
  return isRangeKey(key)
    ? { term: { key, negated: false, values: [values[0]] }, end }
    : { term: { key, negated: head.negated, values }, end };
}

function knownKey(head: ScannedKey): Key | Failure {
  const name = fold(head.name);
  if (isKey(name)) return name;
  if (LATER_KEYS.includes(name)) return failure(head, `${name} is not available yet`);
  const message = `There is no such key; there are ${KEY_NAMES.join(', ')}`;
  return failure(head, message, nearest(name, KEY_NAMES));
}

function parseValues(text: string, at: number, key: Key): Read<{ values: [string, ...string[]] }> {
  const first = parseValue(text, at, key);
  if ('error' in first) return first;

  const values: [string, ...string[]] = [first.value];
  let { end } = first;
  while (text[end] === ',') {
    const next = parseValue(text, end + 1, key);
    if ('error' in next) return next;
    const place = { at: end + 1, length: next.end - end - 1 };
    if (isRangeKey(key)) return failure(place, `${key} takes one value`);
    if (values.length === MAX_VALUES) return failure(place, `A key takes at most ${MAX_VALUES} values`);
    values.push(next.value);
    end = next.end;
  }
  return { values, end };
}

function parseValue(text: string, at: number, key: Key): Read<{ value: string }> {
  const scanned = scanValue(text, at);
  if ('error' in scanned) return scanned;
  const checked = checkValue(key, scanned.value);
  if (!checked.ok) return failure(scanned, checked.message, checked.suggestion);
  return { value: checked.value, end: at + scanned.length };
}
