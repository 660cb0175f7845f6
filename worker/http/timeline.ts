/** GET /v1/timeline. */
import type { IRequest } from 'itty-router';
import { MAX_BUCKETS, timelineQuery } from '../../shared/api/timeline.ts';
import { timeOf } from '../query/counts.ts';
import { timelineOf } from '../query/timeline.ts';
import { aboutGroups, readQuestion } from './answers.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { badParameter, parameters } from './params.ts';

export async function getTimeline(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, timelineQuery);
  if (!asked.ok) return asked.response;
  const { step } = asked.value;
  const route = 'GET /v1/timeline';
  const read = await readQuestion(route, { ...asked.value, limit: MAX_BUCKETS }, context, step);
  if (!read.ok) return read.response;
  const question = read.value;
  const { query, before, now, searched } = question;
  const { tz } = searched;
  const found = await timelineOf(context.store, {
    query,
    scope: context.caller.scope,
    before,
    step,
    tz,
    now,
  });
  if (found === undefined) {
    const other = step === 'hour' ? 'step=day, or a shorter range in q' : 'a shorter range in q';
    return badParameter('step', `the range has more than ${MAX_BUCKETS} of these; ${other}`).response;
  }
  const { timeline, from, to } = found;
  const range = { from: searched.from ?? timeOf(from), to: searched.to ?? timeOf(to) };
  return answerIfNew(request, route, {
    timeline,
    step,
    ...(await aboutGroups({ ...question, searched: { ...searched, ...range } }, context, {
      ...found,
      empty: timeline.every(({ count }) => count === 0),
    })),
  });
}
