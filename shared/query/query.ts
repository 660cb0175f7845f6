import type { Network } from './address.ts';
import type { Fault } from './fault.ts';
import { type ChoiceKey, type FieldKey, isRangeKey, type RangeKey, type WhoKey } from './keys.ts';
import type { TextMatch } from './pattern.ts';

/** A question about events: all terms must hold. Positions in a text are no part of it. */
export interface Query {
  terms: Term[];
}

export type Term = FieldTerm | RangeTerm;

/** Holds when any of the values does; negated, when none does. Values without a key are those of `word`. */
export interface FieldTerm {
  key: FieldKey;
  negated: boolean;
  /** At least one. `*` is any run of characters, `\*` and `\\` are the characters (see pattern.ts). */
  values: string[];
}

/** `from` includes its time, `to` excludes it. A query has at most one of each. */
export interface RangeTerm {
  key: RangeKey;
  negated: false;
  /** As written: `7d`, `2026-11-22`; what it means depends on the clock and the zone. */
  values: [string];
}

/** A stretch of a text, in UTF-16 units from its start. */
export interface Span {
  at: number;
  length: number;
}

/** What is wrong with a query and where. `suggestion` is a text to put in place of that stretch. */
export interface QueryError extends Span {
  /** In English. */
  message: string;
  fault: Fault;
  suggestion?: string;
}

export interface Failure {
  ok: false;
  error: QueryError;
}

/** A query freed of clock, zone and directory: what `matches` and a store evaluate. */
export interface ResolvedQuery {
  /** Unix seconds, included. */
  from?: number;
  /** Unix seconds, excluded. */
  to?: number;
  terms: ResolvedTerm[];
}

/** Somebody by id, by the name in the record, or by a name that the directory knows today. */
export interface WhoMatch {
  name: TextMatch;
  /** Folded: the value itself where it has no star, and the ids that the directory gives for it. */
  ids: string[];
}

/** The keys whose values are compared as texts and nothing else. */
export type TextKey = Exclude<FieldKey, WhoKey | ChoiceKey | 'ip'>;

export type ResolvedTerm =
  | { kind: 'text'; key: TextKey; negated: boolean; values: TextMatch[] }
  | { kind: 'who'; key: WhoKey; negated: boolean; values: WhoMatch[] }
  /** Each value is one of the key's choices. */
  | { kind: 'choice'; key: ChoiceKey; negated: boolean; values: string[] }
  | { kind: 'network'; key: 'ip'; negated: boolean; values: Network[] };

/** Whether the term bounds time. */
export function isRangeTerm(term: Term): term is RangeTerm {
  return isRangeKey(term.key);
}

/** Whether the query bounds time. Stored queries (tracks, alarms, rules) may not. */
export function hasRange(query: Query): boolean {
  return query.terms.some(isRangeTerm);
}
