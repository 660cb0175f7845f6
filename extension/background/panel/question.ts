/** A panel's question, read: what of it the copy answers, and what the Worker is asked for what is older. */
import { literal } from '../../../shared/query/pattern.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { printQuery } from '../../../shared/query/print.ts';
import {
  type FieldTerm,
  isRangeTerm,
  type Query,
  type QueryError,
  type ResolvedQuery,
} from '../../../shared/query/query.ts';
import { resolveQuery } from '../../../shared/query/resolve.ts';
import { isTimeZone } from '../../../shared/query/zone.ts';
import type { ListQuestion, OperatorRef } from '../../protocol/panel.ts';
import { isoOf } from '../sync/times.ts';

export interface ReadQuestion {
  query: ResolvedQuery;
  parsed: Query;
  tz: string;
  by: readonly OperatorRef[] | null;
}

export type Read = { ok: true; question: ReadQuestion } | { ok: false; error: QueryError };

/** Reads a question as of `now` (ms since 1970). `names` are present names, folded, and the ids that bear them. */
export function readQuestion(
  { q, tz: asked, by }: ListQuestion,
  now: number,
  names: ReadonlyMap<string, readonly string[]>,
): Read {
  const tz = isTimeZone(asked) ? asked : 'UTC';
  const parsed = parseQuery(q);
  if (!parsed.ok) return { ok: false, error: parsed.error };
  const resolved = resolveQuery(parsed.query, { now, tz, names, spans: parsed.spans });
  if (!resolved.ok) return { ok: false, error: resolved.error };
  return { ok: true, question: { query: resolved.query, parsed: parsed.query, tz, by } };
}

/**
 * The queries that together find what the question means before a second; none where there is nothing before it.
 * The language has no "or" between keys: who acted and who was behind a role are asked apart, account by account.
 */
export function queriesBefore({ query, parsed, by }: ReadQuestion, before: number | null): string[] {
  const { from } = query;
  const to = before === null ? query.to : Math.min(before, query.to ?? Infinity);
  if (from !== undefined && to !== undefined && from >= to) return [];
  const range: Query['terms'] = [
    ...(from === undefined
      ? []
      : [{ key: 'from' as const, negated: false as const, values: [isoOf(from)] as [string] }]),
    ...(to === undefined
      ? []
      : [{ key: 'to' as const, negated: false as const, values: [isoOf(to)] as [string] }]),
  ];
  const terms = parsed.terms.filter((term) => !isRangeTerm(term));
  const whose = by === null ? [[]] : [...Map.groupBy(by, ({ account }) => account)].flatMap(asTerms);
  return whose.map((who) => printQuery({ terms: [...terms, ...who, ...range] }));
}

function asTerms([account, operators]: [string, OperatorRef[]]): FieldTerm[][] {
  const values = operators.map(({ id }) => literal(id));
  return (['operator', 'person'] as const).map((key) => [
    { key: 'account', negated: false, values: [account] },
    { key, negated: false, values },
  ]);
}
