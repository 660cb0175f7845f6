/** GET /v1/resources/{id} and /v1/resources/{id}/changes. */
import type { IRequest } from 'itty-router';
import { resourceChangesQuery, resourceQuery } from '../../shared/api/resources.ts';
import type { Arrival } from '../../shared/api/coverage.ts';
import { sealCursor } from '../access/cursor.ts';
import { cardOf, type Namesake } from '../query/resource.ts';
import { changesToResource } from '../query/resource-changes.ts';
import type { Apart } from '../query/resource-identity.ts';
import { about } from './answer.ts';
import { aboutGroups, aboutList, readQuestion } from './answers.ts';
import { secondOf } from '../store/rowid.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { readListOf } from './list.ts';
import { parameters, pathId } from './params.ts';
import { notFound } from './problem.ts';

/** The card of a resource, or the resources that the id may mean. */
export async function getResource(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, resourceQuery);
  if (!asked.ok) return asked.response;
  const id = pathId(request);
  const apart = apartOf(asked.value);
  const read = await readQuestion(
    'GET /v1/resources/{id}',
    { ...asked.value, limit: 1 },
    context,
    ...said(id, apart),
  );
  if (!read.ok) return read.response;
  const { query, before } = read.value;
  const { store, caller } = context;
  const found = await cardOf(store, { id, scope: caller.scope, apart, query, before });
  if (found.kind === 'unknown') return unknown(id, apart);
  if (found.kind === 'ambiguous') return answerIfNew(request, 'GET /v1/resources/{id}', several(found));
  const { card, arrivals, partial } = found;
  return answerIfNew(request, 'GET /v1/resources/{id}', {
    kind: 'resource',
    ...card,
    ...(await aboutGroups(read.value, context, {
      arrivals,
      end: card.last === null ? 0 : secondOf(card.last) + 1,
      partial,
      empty: card.events === 0,
    })),
  });
}

/** How a resource was changed, newest first. */
export async function getResourceChanges(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, resourceChangesQuery);
  if (!asked.ok) return asked.response;
  const id = pathId(request);
  const apart = apartOf(asked.value);
  const also = ['GET /v1/resources/{id}/changes', ...said(id, apart)];
  const list = await readListOf('events', asked.value, context, also);
  if (!list.ok) return list.response;
  const { caller, store, secrets, env } = context;
  const { query, cursor, now, hash } = list.value;
  const found = await changesToResource(store, env.RECORDS, {
    id,
    scope: caller.scope,
    apart,
    query,
    before: cursor?.before,
    limit: asked.value.limit,
  });
  if (found.kind === 'unknown') return unknown(id, apart);
  if (found.kind === 'ambiguous')
    return answerIfNew(request, 'GET /v1/resources/{id}/changes', several(found));
  const { page, next, partial, arrivals } = found;
  return answerIfNew(request, 'GET /v1/resources/{id}/changes', {
    kind: 'changes',
    ...page,
    next:
      next === undefined
        ? null
        : await sealCursor(secrets, { kind: 'events', before: next, now, list: hash }),
    ...aboutList(list.value, caller, { arrivals, partial, empty: page.changes.length === 0 }),
  });
}

function apartOf({ product, region, account }: Apart): Apart {
  return { product, region, account };
}

/** What must be the same for a cursor to go on, beside the query. */
function said(id: string, { product = '', region = '', account = '' }: Apart): string[] {
  return [id, product, region, account];
}

function several({ resources, arrivals }: { resources: Namesake[]; arrivals: Arrival[] }) {
  return { kind: 'ambiguous' as const, resources, ...about(arrivals) };
}

/** What was searched for: the id as a whole, in every stored event that the caller may see. */
function unknown(id: string, apart: Apart): Response {
  const given = Object.entries(apart).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${String(value)}`],
  );
  const within = given.length === 0 ? '' : ` with ${given.join(', ')}`;
  return notFound(`event that names the resource ${JSON.stringify(id.slice(0, 256))}${within}`);
}
