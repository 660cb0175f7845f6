/** What a request for a list of events asks: query, zone, and where to go on. */
import type { ListAsked } from '../../shared/api/lists.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { QueryError, ResolvedQuery } from '../../shared/query/query.ts';
import { resolveQuery } from '../../shared/query/resolve.ts';
import { openCursor, type EventsCursor } from '../access/cursor.ts';
import type { ByMember } from './context.ts';
import { scopeHash, shortHash } from './list-hash.ts';
import type { Read } from './params.ts';
import { problem } from './problem.ts';

export interface List {
  query: ResolvedQuery;
  cursor?: EventsCursor;
  /** Unix ms that relative times count from: those of the first page. */
  now: number;
  hash: string;
}

/** The list that parameters ask for, or what is wrong with its query or cursor. */
export async function readList(
  { q, tz, cursor: text }: ListAsked,
  { caller, secrets, now }: ByMember,
): Promise<Read<List>> {
  const zone = tz ?? caller.zone;
  const hash = shortHash(q, zone, scopeHash(caller));
  const cursor = text === undefined ? undefined : await openCursor(secrets, text, 'events');
  if (text !== undefined && cursor?.list !== hash) {
    return { ok: false, response: problem({ kind: 'cursor', detail: CURSOR_HELP, more: { at: 'cursor' } }) };
  }
  const start = cursor?.now ?? now;
  const query = readQuery(q, zone, start);
  if (!query.ok) return query;
  const value = { query: query.value, now: start, hash };
  return { ok: true, value: cursor === undefined ? value : { ...value, cursor } };
}

const CURSOR_HELP =
  'A cursor goes on with the list that gave it: same q, tz and token. Leave it out to begin anew.';

function readQuery(text: string, tz: string, now: number): Read<ResolvedQuery> {
  const parsed = parseQuery(text);
  if (!parsed.ok) return { ok: false, response: queryProblem(parsed.error) };
  const resolved = resolveQuery(parsed.query, { now, tz, names: new Map(), spans: parsed.spans });
  return resolved.ok
    ? { ok: true, value: resolved.query }
    : { ok: false, response: queryProblem(resolved.error) };
}

function queryProblem({ message, ...place }: QueryError): Response {
  return problem({ kind: 'query', detail: message, more: place });
}
