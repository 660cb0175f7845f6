/** GET /v1/events and /v1/events/{id}. */
import type { IRequest } from 'itty-router';
import { eventsQuery } from '../../shared/api/lists.ts';
import { details } from '../../shared/event/details.ts';
import { parseJson } from '../../shared/event/json.ts';
import { sealCursor } from '../access/cursor.ts';
import { readEventById, readPage } from '../store/read.ts';
import { loadRecord } from '../store/records.ts';
import { answer } from './answer.ts';
import { aboutList } from './answers.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { readList } from './list.ts';
import { parameters, pathId } from './params.ts';
import { notFound } from './problem.ts';

/** Newest first. */
export async function getEvents(request: IRequest, context: ByMember): Promise<Response> {
  const { caller, store, secrets } = context;
  const asked = parameters(request, eventsQuery);
  if (!asked.ok) return asked.response;
  const list = await readList(asked.value, context);
  if (!list.ok) return list.response;
  const { limit } = asked.value;
  const { query, cursor, now, hash } = list.value;
  const { events, next, through, arrivals } = await readPage(store, {
    query,
    scope: caller.scope,
    limit,
    ...(cursor === undefined ? {} : { before: cursor.before }),
  });
  const partial =
    through === undefined
      ? undefined
      : { through, reason: 'The search reached the bound of one answer; go on with next.' };
  return answerIfNew(request, 'GET /v1/events', {
    events,
    next:
      next === undefined
        ? null
        : await sealCursor(secrets, { kind: 'events', before: next, now, list: hash }),
    ...aboutList(list.value, caller, { arrivals, partial, empty: events.length === 0 }),
  });
}

/** One event with its parsed parameters and its record. */
export async function getEvent(request: IRequest, { caller, store, env }: ByMember): Promise<Response> {
  const found = await readEventById(store, caller.scope, pathId(request));
  if (found === undefined) return notFound('such event');
  const record = parseJson(await loadRecord(env.RECORDS, found.record));
  if (!record.ok) throw new Error('a stored record is no JSON');
  return answer('GET /v1/events/{id}', {
    ...found.summary,
    ...details(record.value),
    record: record.value,
  });
}
