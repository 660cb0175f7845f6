/** GET /v1/events and /v1/events/{id}. */
import type { IRequest } from 'itty-router';
import { details } from '../../shared/event/details.ts';
import { parseJson, stringify } from '../../shared/event/json.ts';
import { isTimeZone } from '../../shared/query/zone.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { QueryError, ResolvedQuery } from '../../shared/query/query.ts';
import { resolveQuery } from '../../shared/query/resolve.ts';
import { readCursor, signCursor, type EventsCursor } from '../access/cursor.ts';
import { readEventById, readPage } from '../store/read.ts';
import { loadRecord } from '../store/records.ts';
import { about } from './answer.ts';
import type { ByMember } from './context.ts';
import { scopeHash, shortHash } from './list-hash.ts';
import { badParameter, numberParameter, parameter, pathId, type Read } from './params.ts';
import { notFound, problem } from './problem.ts';

/** Newest first. `next` is absent on the last page. */
export async function getEvents(request: IRequest, context: ByMember): Promise<Response> {
  const { caller, store, secrets } = context;
  const list = await readList(request, context);
  if (!list.ok) return list.response;
  const { query, limit, cursor, now, hash } = list.value;
  const page = await readPage(store, {
    query,
    scope: caller.scope,
    limit,
    ...(cursor === undefined ? {} : { before: cursor.before }),
  });
  const next =
    page.next === undefined
      ? null
      : await signCursor(secrets, { kind: 'events', before: page.next, now, list: hash });
  return Response.json({
    events: page.events,
    next,
    ...(page.through === undefined
      ? {}
      : {
          partial: {
            through: page.through,
            reason: 'The search reached the bound of one answer; go on with next.',
          },
        }),
    ...about(page.arrivals),
  });
}

interface List {
  query: ResolvedQuery;
  limit: number;
  cursor?: EventsCursor;
  /** Unix ms that relative times count from: those of the first page. */
  now: number;
  hash: string;
}

async function readList(request: IRequest, { caller, secrets, now }: ByMember): Promise<Read<List>> {
  const q = parameter(request, 'q');
  if (!q.ok) return q;
  const tz = parameter(request, 'tz');
  if (!tz.ok) return tz;
  const zone = tz.value ?? caller.zone;
  if (!isTimeZone(zone)) return badParameter('tz', 'is no IANA time zone, such as Asia/Shanghai');
  const limit = numberParameter(request, 'limit', { min: 1, max: 1000, otherwise: 50 });
  if (!limit.ok) return limit;
  const text = parameter(request, 'cursor');
  if (!text.ok) return text;
  const hash = shortHash(q.value ?? '', zone, scopeHash(caller));
  const cursor = text.value === undefined ? undefined : await readCursor(secrets, text.value, 'events');
  if (text.value !== undefined && cursor?.list !== hash) {
    return { ok: false, response: problem({ kind: 'cursor', detail: CURSOR_HELP, more: { at: 'cursor' } }) };
  }
  const start = cursor?.now ?? now;
  const query = readQuery(q.value ?? '', zone, start);
  if (!query.ok) return query;
  const value = { query: query.value, limit: limit.value, now: start, hash };
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

/** One event with its parsed parameters and its record. */
export async function getEvent(request: IRequest, { caller, store, env }: ByMember): Promise<Response> {
  const found = await readEventById(store, caller.scope, pathId(request));
  if (found === undefined) return notFound('such event');
  const record = parseJson(await loadRecord(env.RECORDS, found.record));
  if (!record.ok) throw new Error('a stored record is no JSON');
  const event = { ...found.summary, ...details(record.value), record: record.value };
  return new Response(stringify(event), { headers: { 'content-type': 'application/json' } });
}
