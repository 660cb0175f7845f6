import { WORD } from './keys.ts';
import { splitPattern } from './pattern.ts';
import type { Query, Term } from './query.ts';
import { isBareWord } from './scan.ts';

/**
 * The query as text, in the one way that is canonical: lower-case keys, single spaces, quotes only
 * where they are needed. Reading the text gives the same query again.
 */
export function printQuery(query: Query): string {
  return query.terms.map(printTerm).join(' ');
}

/** One term of a query as text. */
export function printTerm({ key, negated, values }: Term): string {
  const printed = values.map((value) => printValue(key, value)).join(',');
  return (negated ? '-' : '') + (key === WORD ? printed : `${key}:${printed}`);
}

/** One value as text. Never longer than what it was read from, so a query that fits the bounds still fits them. */
export function printValue(key: Term['key'], value: string): string {
  // A bare star is always a wildcard and a bare backslash always itself, so only literal stars force quotes.
  const parts = splitPattern(value);
  const bare = parts.join('*');
  return parts.some((part) => /[\s,"*]/.test(part)) || (key === WORD && !isBareWord(bare))
    ? `"${value.replaceAll('"', String.raw`\"`)}"`
    : bare;
}
