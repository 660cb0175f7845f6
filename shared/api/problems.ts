/** GET /v1/problems: what operators tried and did not manage. */
import * as v from 'valibot';
import { aboutAnswer, answerEntries, spanEntries } from './answers.ts';
import { count } from './coverage.ts';
import { eventError, eventSummary, operator } from './event.ts';
import { accountId, recordText } from './parts.ts';

export const problemsQuery = v.object(answerEntries);

export const policy = v.pipe(
  v.object({
    version: v.literal('2.0'),
    statement: v.array(
      v.object({
        effect: v.literal('allow'),
        action: v.array(recordText),
        resource: v.array(recordText),
      }),
    ),
  }),
  v.description('A suggestion: the least that would allow it. Read it before you grant it.'),
);

export const denial = v.variant('about', [
  v.object({
    about: v.pipe(v.literal('permission'), v.description('A right was missing.')),
    missing: v.pipe(
      v.array(v.object({ action: recordText, resources: v.array(recordText) })),
      v.description('The rights as the message of the example names them; `*`: all resources.'),
    ),
    guessed: v.exactOptional(
      v.pipe(v.literal(true), v.description('The message names no right; it is that of the call.')),
    ),
    suggestion: policy,
  }),
  v.object({
    about: v.pipe(
      v.literal('identity'),
      v.description('Who called was not accepted: key, signature, session, token or MFA. No policy helps.'),
    ),
  }),
  v.object({
    about: v.pipe(v.literal('other'), v.description('Refused for another reason, or for none told.')),
  }),
]);

export const failedCall = v.object({
  account: accountId,
  operator: v.pick(operator, ['type', 'id', 'name']),
  product: recordText,
  event: recordText,
  outcome: v.picklist(['failed', 'denied']),
  error: v.exactOptional(v.pick(eventError, ['layer', 'code'])),
  count,
  ...spanEntries,
  denial: v.exactOptional(v.pipe(denial, v.description('What a denial was about.'))),
  example: v.exactOptional(v.pipe(eventSummary, v.description('The newest.'))),
});
export type FailedCall = v.InferOutput<typeof failedCall>;

export const problems = v.object({
  problems: v.pipe(
    v.array(failedCall),
    v.description('By operator, call and error; the most frequent first, then the newest.'),
  ),
  ...aboutAnswer,
});
