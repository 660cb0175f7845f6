/** GET /v1/access. */
import type { IRequest } from 'itty-router';
import { accessQuery } from '../../shared/api/access.ts';
import { accessOf } from '../query/access.ts';
import { aboutGroups, readQuestion } from './answers.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { parameters } from './params.ts';

export async function getAccess(request: IRequest, context: ByMember): Promise<Response> {
  const route = 'GET /v1/access';
  const asked = parameters(request, accessQuery);
  if (!asked.ok) return asked.response;
  const read = await readQuestion(route, asked.value, context);
  if (!read.ok) return read.response;
  const { scope } = context.caller;
  const { access, fence, networks, ...found } = await accessOf(context.store, { ...read.value, scope });
  return answerIfNew(request, route, {
    access,
    fence,
    networks,
    ...(await aboutGroups(read.value, context, { ...found, empty: access.length === 0 })),
  });
}
