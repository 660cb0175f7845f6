import { splitPattern } from './pattern.ts';
import type { Query, Term } from './query.ts';

/**
 * The query as text, in the one way that is canonical: lower-case keys, single spaces, quotes only
 * where they are needed. Reading the text gives the same query again.
 */
export function printQuery(query: Query): string {
  return query.terms.map(printTerm).join(' ');
}

/** One term of a query as text. */
export function printTerm(term: Term): string {
  return `${term.negated ? '-' : ''}${term.key}:${term.values.map(printValue).join(',')}`;
}

/** Never longer than what it was read from, so a query that fits the bounds still fits them. */
function printValue(value: string): string {
  // A bare star is always a wildcard and a bare backslash always itself, so only literal stars force quotes.
  const parts = splitPattern(value);
  return parts.some((part) => /[\s,"*]/.test(part))
    ? `"${value.replaceAll('"', String.raw`\"`)}"`
    : parts.join('*');
}
