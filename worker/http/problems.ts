/** GET /v1/problems. */
import type { IRequest } from 'itty-router';
import { problemsQuery } from '../../shared/api/problems.ts';
import { problemsOf } from '../query/problems.ts';
import { aboutGroups, readQuestion } from './answers.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { parameters } from './params.ts';

export async function getProblems(request: IRequest, context: ByMember): Promise<Response> {
  const route = 'GET /v1/problems';
  const asked = parameters(request, problemsQuery);
  if (!asked.ok) return asked.response;
  const read = await readQuestion(route, asked.value, context);
  if (!read.ok) return read.response;
  const { problems, ...found } = await problemsOf(context.store, {
    ...read.value,
    scope: context.caller.scope,
  });
  return answerIfNew(request, route, {
    problems,
    ...(await aboutGroups(read.value, context, { ...found, empty: problems.length === 0 })),
  });
}
