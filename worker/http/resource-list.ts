/** GET /v1/resources. */
import type { IRequest } from 'itty-router';
import { resourcesQuery } from '../../shared/api/resource-list.ts';
import { pageOf } from '../query/page.ts';
import { described, RESOURCE_FIELDS, touchedBy } from '../query/resources.ts';
import { scan } from '../query/scan.ts';
import { aboutGroups, readQuestion } from './answers.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { parameters } from './params.ts';

export async function getResources(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, resourcesQuery);
  if (!asked.ok) return asked.response;
  const read = await readQuestion('GET /v1/resources', asked.value, context);
  if (!read.ok) return read.response;
  const { query, before } = read.value;
  const { parts, ...found } = await scan(context.store, {
    query,
    scope: context.caller.scope,
    fields: RESOURCE_FIELDS,
    before,
  });
  const all = touchedBy(parts);
  const { shown, after } = pageOf(all, read.value, ({ last, identity }) => ({ at: last, key: identity }));
  return answerIfNew(request, 'GET /v1/resources', {
    resources: described(parts, shown),
    distinct: all.length,
    ...(await aboutGroups(read.value, context, { ...found, after, empty: all.length === 0 })),
  });
}
