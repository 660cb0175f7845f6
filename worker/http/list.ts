/** What a request about events asks: query, zone, and where to go on. */
import type { Asked, Searched } from '../../shared/api/answers.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { printQuery } from '../../shared/query/print.ts';
import type { Query, QueryError, ResolvedQuery } from '../../shared/query/query.ts';
import { resolveQuery, type ResolveContext } from '../../shared/query/resolve.ts';
import { openCursor, type EventsCursor, type GroupsCursor } from '../access/cursor.ts';
import type { ByMember } from './context.ts';
import { scopeHash, shortHash } from './list-hash.ts';
import type { Read } from './params.ts';
import { problem } from './problem.ts';

type ListCursor = EventsCursor | GroupsCursor;

export interface List<C extends ListCursor = EventsCursor> {
  query: ResolvedQuery;
  /** The query as it was written. */
  written: Query;
  searched: Searched;
  cursor?: C;
  /** Unix ms that relative times count from: those of the first page. */
  now: number;
  hash: string;
}

/** The list of events that parameters ask for, or what is wrong with its query or cursor. */
export function readList(asked: Asked, context: ByMember): Promise<Read<List>> {
  return readListOf('events', asked, context, []);
}

/** The same for any kind of list. A cursor of it only goes on where `also` is the same. */
export async function readListOf<K extends ListCursor['kind']>(
  kind: K,
  { q, tz, cursor: text }: Asked,
  { caller, secrets, now }: ByMember,
  also: readonly string[],
): Promise<Read<List<Extract<ListCursor, { kind: K }>>>> {
  const zone = tz ?? caller.zone;
  const hash = shortHash(q, zone, scopeHash(caller), ...also);
  const cursor = text === undefined ? undefined : await openCursor(secrets, text, kind);
  if (text !== undefined && cursor?.list !== hash) {
    return { ok: false, response: problem({ kind: 'cursor', detail: CURSOR_HELP, more: { at: 'cursor' } }) };
  }
  const start = cursor?.now ?? now;
  const read = readQuery(q, { now: start, tz: zone, names: caller.names });
  if (!read.ok) return read;
  const { query, written } = read.value;
  const value = {
    query,
    written,
    searched: { q: printQuery(written), from: timeOf(query.from), to: timeOf(query.to), tz: zone },
    now: start,
    hash,
  };
  return { ok: true, value: cursor === undefined ? value : { ...value, cursor } };
}

const CURSOR_HELP =
  'A cursor goes on with the list that gave it: same parameters and token. Leave it out to begin anew.';

function readQuery(text: string, context: ResolveContext): Read<{ query: ResolvedQuery; written: Query }> {
  const parsed = parseQuery(text);
  if (!parsed.ok) return { ok: false, response: queryProblem(parsed.error) };
  const resolved = resolveQuery(parsed.query, { ...context, spans: parsed.spans });
  return resolved.ok
    ? { ok: true, value: { query: resolved.query, written: parsed.query } }
    : { ok: false, response: queryProblem(resolved.error) };
}

/** What is wrong with a query; its place counts in the text of the query. */
export function queryProblem({ message, fault: _fault, ...place }: QueryError): Response {
  return problem({ kind: 'query', detail: message, more: place });
}

function timeOf(second: number | undefined): string | null {
  return second === undefined ? null : new Date(second * 1000).toISOString();
}
