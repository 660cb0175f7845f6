/** GET /v1/facets. */
import type { IRequest } from 'itty-router';
import { facetsQuery, type Facet as ShownFacet } from '../../shared/api/facets.ts';
import { timeOf } from '../query/counts.ts';
import { facetsOf, fieldsOf, type Facet } from '../query/facets.ts';
import { pageOf } from '../query/page.ts';
import { scan } from '../query/scan.ts';
import { aboutGroups, readQuestion } from './answers.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { parameters } from './params.ts';

export async function getFacets(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, facetsQuery);
  if (!asked.ok) return asked.response;
  const { by } = asked.value;
  const read = await readQuestion('GET /v1/facets', asked.value, context, by);
  if (!read.ok) return read.response;
  const { query, before } = read.value;
  const { parts, ...found } = await scan(context.store, {
    query,
    scope: context.caller.scope,
    fields: fieldsOf(by),
    before,
  });
  const all = facetsOf(parts, by);
  const { shown, after } = pageOf(all, read.value, ({ count, value }) => ({ at: count, key: value }));
  return answerIfNew(request, 'GET /v1/facets', {
    facets: shown.map(shownFacet),
    by,
    distinct: all.length,
    ...(await aboutGroups(read.value, context, { ...found, after, empty: all.length === 0 })),
  });
}

function shownFacet({ value, label, count, failed, denied, writes, last }: Facet): ShownFacet {
  const named = label === undefined ? {} : { label };
  return { value, ...named, count, failed, denied, writes, last: timeOf(last) };
}
