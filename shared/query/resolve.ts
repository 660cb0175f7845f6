import { parseNetwork } from './address.ts';
import { fold } from './fold.ts';
import { isChoiceKey, isWhoKey, KEYS, type RangeKey, WORD } from './keys.ts';
import { matchesText, pieceMatch, textMatch } from './pattern.ts';
import { printTerm } from './print.ts';
import {
  type Failure,
  type FieldTerm,
  isRangeTerm,
  type Query,
  type ResolvedQuery,
  type ResolvedTerm,
  type Span,
  type Term,
  type WhoMatch,
} from './query.ts';
import { failure } from './scan.ts';
import { boundAt, readMoment } from './time.ts';

/** What the meaning of a query depends on beside its text. */
export interface ResolveContext {
  /** Unix ms. */
  now: number;
  /** IANA zone that dates without an offset are read in; one that `isTimeZone` accepts. */
  tz: string;
  /** Present names of operators and people, folded, and the ids that bear them. */
  names: ReadonlyMap<string, readonly string[]>;
  /** Where the terms stand in the text that the query was read from, if there is one: for errors. */
  spans?: readonly Span[];
}

export type ResolveResult = { ok: true; query: ResolvedQuery } | Failure;

/**
 * Frees a query of clock, zone and directory. A range without any second in it is an error, at `to`
 * (in the canonical text where the context has no spans). Values that `parseQuery` would refuse, and an
 * unknown zone, are faults of the caller and throw.
 */
export function resolveQuery(query: Query, context: ResolveContext): ResolveResult {
  const range: { [K in RangeKey]?: number } = {};
  const terms: ResolvedTerm[] = [];
  for (const term of query.terms) {
    if (isRangeTerm(term)) {
      const moment = checked(readMoment(term.values[0]), term);
      range[term.key] = boundAt(moment, term.key, context.now, context.tz);
    } else {
      terms.push(resolveTerm(term, context.names));
    }
  }

  if (range.from !== undefined && range.to !== undefined && range.from >= range.to) {
    return failure(spanOfTo(query, context.spans), { kind: 'range' });
  }
  return { ok: true, query: { ...range, terms } };
}

function resolveTerm(term: FieldTerm, names: ResolveContext['names']): ResolvedTerm {
  const { key, negated } = term;
  const each = <T>(read: (value: string) => T) => ({ negated, values: term.values.map(read) });
  if (isWhoKey(key)) return { kind: 'who', key, ...each((value) => whoMatch(value, names)) };
  if (isChoiceKey(key)) {
    const choices: readonly string[] = KEYS[key].choices;
    return {
      kind: 'choice',
      key,
      ...each((value) =>
        checked(
          choices.find((one) => one === value),
          term,
        ),
      ),
    };
  }
  if (key === 'ip') return { kind: 'network', key, ...each((value) => checked(parseNetwork(value), term)) };
  return { kind: 'text', key, ...each(key === WORD ? pieceMatch : textMatch) };
}

function whoMatch(value: string, names: ResolveContext['names']): WhoMatch {
  const name = textMatch(value);
  if (name.kind === 'exact') return { name, ids: [name.text, ...(names.get(name.text) ?? []).map(fold)] };
  const known = [...names].filter(([present]) => matchesText(name, present));
  return { name, ids: known.flatMap(([, ids]) => ids.map(fold)) };
}

function checked<T>(read: T | undefined, term: Term): T {
  if (read === undefined) throw new Error(`not a term that parses: ${printTerm(term)}`);
  return read;
}

function spanOfTo(query: Query, spans: readonly Span[] | undefined): Span {
  const index = query.terms.findIndex((term) => term.key === 'to');
  const printed = query.terms.slice(0, index + 1).map(printTerm);
  const length = printed.at(-1)?.length ?? 0;
  return spans?.[index] ?? { at: printed.join(' ').length - length, length };
}
