import { parseQuery } from './parse.ts';
import { type Failure, isRangeTerm, type Query, type ResolvedQuery, type Span } from './query.ts';
import { resolveQuery } from './resolve.ts';
import { failure } from './scan.ts';

/** `written` is the query as it reads, `spans` where its terms stand in the text, `query` what is asked of events. */
export type StoredQuery = { ok: true; written: Query; spans: Span[]; query: ResolvedQuery } | Failure;

/**
 * Reads a query that is kept and asked of events as they come: it has no range of time. `what` names what keeps it: "a
 * rule". People are known by their ids and by the names in records: what is kept does not change with who bears a name
 * today.
 */
export function readStoredQuery(text: string, what: string): StoredQuery {
  const parsed = parseQuery(text);
  if (!parsed.ok) return parsed;
  const { query: written, spans } = parsed;
  for (const [i, term] of written.terms.entries()) {
    if (!isRangeTerm(term)) continue;
    return failure(
      spans[i] ?? { at: 0, length: text.length },
      `${capital(what)} is about events of any time: no from and no to`,
    );
  }
  // Without ranges neither clock nor zone is asked for.
  const resolved = resolveQuery(written, { now: 0, tz: 'UTC', names: new Map(), spans });
  return resolved.ok ? { ...resolved, written, spans } : resolved;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
