import { faultEn } from '../i18n/fault-en.ts';
import { type Fault, sayFault } from './fault.ts';
import type { Failure, QueryError, Span } from './query.ts';

/** The head of a term: its key, where it has one. `at` and `length` are those of the key. */
export interface ScannedHead extends Span {
  negated: boolean;
  name?: string;
}

/** A value in the notation of pattern.ts; `at` and `length` include its quotes. */
export interface ScannedValue extends Span {
  value: string;
}

/** A failure at a stretch of the text; a text is a fault of its own. */
export function failure(span: Span, what: Fault | string, suggestion?: string): Failure {
  const fault: Fault = typeof what === 'string' ? { kind: 'other', message: what } : what;
  const error: QueryError = { message: sayFault(fault, faultEn), fault, at: span.at, length: span.length };
  return { ok: false, error: suggestion ? { ...error, suggestion } : error };
}

/** The first place at or after `at` that is no white space. */
export function skipSpace(text: string, at: number): number {
  return at + match(/\s*/y, text, at).length;
}

/** Reads the head of a term: `key:`, `-key:`, or before a word nothing or `-`. */
export function scanHead(text: string, at: number): ScannedHead | Failure {
  const negated = text[at] === '-';
  const start = negated ? at + 1 : at;
  if (skipSpace(text, start) > start || start === text.length) {
    return failure({ at, length: 1 }, { kind: 'lone-minus' });
  }
  const name = match(/[^\s:",]*/y, text, start);
  if (text[start + name.length] !== ':') return { negated, at: start, length: 0 };
  if (!name) return failure({ at: start, length: 1 }, { kind: 'no-key' });
  return { negated, name, at: start, length: name.length };
}

/** Whether the text, without quotes, is read as part of a word: not as a key, nor as a negation. */
export function isBareWord(text: string): boolean {
  return !text.startsWith('-') && !text.includes(':');
}

/** Reads one value of a word, bare or quoted. */
export function scanWord(text: string, at: number): ScannedValue | Failure {
  const scanned = scanValue(text, at);
  if ('error' in scanned || text[at] === '"' || isBareWord(scanned.value)) return scanned;
  return failure(scanned, { kind: 'bare-word' });
}

/** Reads one value, bare or quoted. What follows it is white space, a comma or the end. */
export function scanValue(text: string, at: number): ScannedValue | Failure {
  const scanned = text[at] === '"' ? scanQuoted(text, at) : scanBare(text, at);
  if ('error' in scanned) return scanned;

  const end = at + scanned.length;
  if (text[end] === undefined || /[\s,]/.test(text.charAt(end))) return scanned;
  return failure(
    { at: end, length: 1 },
    text[at] === '"' ? { kind: 'after-quote' } : { kind: 'quote-inside' },
  );
}

function scanBare(text: string, at: number): ScannedValue | Failure {
  const bare = match(/[^\s,"]*/y, text, at);
  if (!bare && text[at] !== '"') return failure({ at, length: 0 }, { kind: 'no-value' });
  return { value: bare.replaceAll('\\', String.raw`\\`), at, length: bare.length };
}

function scanQuoted(text: string, at: number): ScannedValue | Failure {
  const body = match(/(?:[^"\\]|\\["\\*])*/y, text, at + 1);
  const end = at + 1 + body.length;
  if (end >= text.length - 1 && text[end] !== '"') {
    return failure({ at, length: text.length - at }, { kind: 'quote-open' });
  }
  if (text[end] === '\\') {
    return failure({ at: end, length: 2 }, { kind: 'backslash' });
  }
  const length = body.length + 2;
  if (!body) return failure({ at, length }, { kind: 'empty-value' });
  // Only the quote loses its backslash here: the other two escapes are those of a value.
  const value = body.replaceAll(/\\(["\\*])/g, (escape, char: string) => (char === '"' ? '"' : escape));
  return { value, at, length };
}

/** What a sticky expression finds exactly at a place; '' where it finds nothing. */
function match(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? '';
}
