import type { Failure, Query, ResolvedQuery } from '../query/query.ts';
import { failure } from '../query/scan.ts';
import { readStoredQuery } from '../query/stored.ts';

/** `written` is the query as it reads, `query` what is asked of events. */
export type RuleQuery = { ok: true; written: Query; query: ResolvedQuery } | Failure;

/**
 * Reads the query of a rule. It has a term, or every event would answer it, no range of time, and does not ask
 * whether events are sensitive, which rules decide.
 */
export function readRuleQuery(text: string): RuleQuery {
  const read = readStoredQuery(text, 'a rule');
  if (!read.ok) return read;
  const { written, spans, query } = read;
  if (written.terms.length === 0) return failure({ at: 0, length: text.length }, 'A rule needs a query');
  const asked = written.terms.findIndex(({ key, values }) => key === 'is' && values.includes('sensitive'));
  if (asked >= 0) {
    const span = spans[asked] ?? { at: 0, length: text.length };
    return failure(span, 'Whether an event is sensitive is what rules decide');
  }
  return { ok: true, written, query };
}
