/** GET /v1/events and /v1/events/{id}. */
import type { IRequest } from 'itty-router';
import { eventsQuery } from '../../shared/api/lists.ts';
import { details } from '../../shared/event/details.ts';
import { parseJson } from '../../shared/event/json.ts';
import { sealCursor } from '../access/cursor.ts';
import { readEventById, readPage } from '../store/read.ts';
import { loadRecord } from '../store/records.ts';
import { about, answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { readList } from './list.ts';
import { parameters, pathId } from './params.ts';
import { notFound } from './problem.ts';

/** Newest first. `next` is absent on the last page. */
export async function getEvents(request: IRequest, context: ByMember): Promise<Response> {
  const { caller, store, secrets } = context;
  const asked = parameters(request, eventsQuery);
  if (!asked.ok) return asked.response;
  const list = await readList(asked.value, context);
  if (!list.ok) return list.response;
  const { limit } = asked.value;
  const { query, cursor, now, hash } = list.value;
  const page = await readPage(store, {
    query,
    scope: caller.scope,
    limit,
    ...(cursor === undefined ? {} : { before: cursor.before }),
  });
  const next =
    page.next === undefined
      ? null
      : await sealCursor(secrets, { kind: 'events', before: page.next, now, list: hash });
  return answer('GET /v1/events', {
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
