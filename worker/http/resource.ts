/** GET /v1/resources/{id} and /v1/resources/{id}/changes. */
import type { IRequest } from 'itty-router';
import { resourceChangesQuery, resourceQuery } from '../../shared/api/resources.ts';
import type { Arrival } from '../../shared/api/coverage.ts';
import { openCursor, sealCursor } from '../access/cursor.ts';
import { cardOf, type Namesake } from '../query/resource.ts';
import { changesToResource } from '../query/resource-changes.ts';
import type { Apart } from '../query/resource-identity.ts';
import { about } from './answer.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { scopeHash, shortHash } from './list-hash.ts';
import { parameters, pathId } from './params.ts';
import { notFound, problem } from './problem.ts';

/** The card of a resource, or the resources that the id may mean. */
export async function getResource(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, resourceQuery);
  if (!asked.ok) return asked.response;
  const id = pathId(request);
  const { scope } = context.caller;
  const found = await cardOf(context.store, { id, scope, apart: asked.value });
  if (found.kind === 'unknown') return unknown(id, asked.value);
  if (found.kind === 'ambiguous') return answerIfNew(request, 'GET /v1/resources/{id}', several(found));
  return answerIfNew(request, 'GET /v1/resources/{id}', {
    kind: 'resource',
    ...found.card,
    ...aboutScope(context, found.arrivals),
  });
}

/** How a resource was changed, newest first. */
export async function getResourceChanges(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, resourceChangesQuery);
  if (!asked.ok) return asked.response;
  const { caller, store, secrets, env, now } = context;
  const { cursor: text, limit, ...apart } = asked.value;
  const id = pathId(request);
  const { product = '', region = '', account = '' } = apart;
  const list = shortHash('GET /v1/resources/{id}/changes', id, product, region, account, scopeHash(caller));
  const cursor = text === undefined ? undefined : await openCursor(secrets, text, 'events');
  if (text !== undefined && cursor?.list !== list) {
    return problem({ kind: 'cursor', detail: CURSOR_HELP, more: { at: 'cursor' } });
  }
  const before = cursor?.before;
  const { scope } = caller;
  const found = await changesToResource(store, env.RECORDS, { id, scope, apart, before, limit });
  if (found.kind === 'unknown') return unknown(id, apart);
  if (found.kind === 'ambiguous')
    return answerIfNew(request, 'GET /v1/resources/{id}/changes', several(found));
  const { page, next, arrivals } = found;
  return answerIfNew(request, 'GET /v1/resources/{id}/changes', {
    kind: 'changes',
    ...page,
    next: next === undefined ? null : await sealCursor(secrets, { kind: 'events', before: next, now, list }),
    ...aboutScope(context, arrivals),
  });
}

const CURSOR_HELP =
  'A cursor goes on with the list that gave it: same resource, parameters and token. Leave it out to begin anew.';

function several({ resources, arrivals }: { resources: Namesake[]; arrivals: Arrival[] }) {
  return { kind: 'ambiguous' as const, resources, ...about(arrivals) };
}

function aboutScope({ caller }: ByMember, arrivals: readonly Arrival[]) {
  const { scope, member } = caller;
  const role: 'auditor' | 'lead' = member.role === 'lead' ? 'auditor' : 'lead';
  const hidden = { hidden: true as const, role };
  return { ...(scope.operators === '*' ? {} : { scope: hidden }), ...about(arrivals) };
}

/** What was searched for: the id as a whole, in every stored event that the caller may see. */
function unknown(id: string, apart: Apart): Response {
  const given = Object.entries(apart).map(([name, value]) => `${name} ${String(value)}`);
  const within = given.length === 0 ? '' : ` with ${given.join(', ')}`;
  return notFound(`event that names the resource ${JSON.stringify(id.slice(0, 256))}${within}`);
}
