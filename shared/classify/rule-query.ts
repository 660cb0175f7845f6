import { parseQuery } from '../query/parse.ts';
import { type Failure, isRangeTerm, type Query, type ResolvedQuery } from '../query/query.ts';
import { resolveQuery } from '../query/resolve.ts';
import { failure } from '../query/scan.ts';

/** `written` is the query as it reads, `query` what is asked of events. */
export type RuleQuery = { ok: true; written: Query; query: ResolvedQuery } | Failure;

/**
 * Reads the query of a rule. It has a term, or every event would answer it, no range of time, and does not ask
 * whether events are sensitive, which rules decide. People are known by their ids and by the names in records: what
 * a rule means does not change with who bears a name today.
 */
export function readRuleQuery(text: string): RuleQuery {
  const parsed = parseQuery(text);
  if (!parsed.ok) return parsed;
  const { query: written, spans } = parsed;
  if (written.terms.length === 0) return failure({ at: 0, length: text.length }, 'A rule needs a query');
  for (const [i, term] of written.terms.entries()) {
    const span = spans[i] ?? { at: 0, length: text.length };
    if (isRangeTerm(term)) return failure(span, 'A rule is about events of any time: no from and no to');
    if (term.key === 'is' && term.values.includes('sensitive')) {
      return failure(span, 'Whether an event is sensitive is what rules decide');
    }
  }
  // Without ranges neither clock nor zone is asked for.
  const resolved = resolveQuery(written, { now: 0, tz: 'UTC', names: new Map(), spans });
  return resolved.ok ? { ...resolved, written } : resolved;
}
