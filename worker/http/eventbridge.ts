/**
 * POST /v1/eventbridge: what a rule of EventBridge delivers, as CloudEvents, one or a batch.
 *
 * A bus delivers at least once, and tries again later what was not answered with 200. So whatever could be read is
 * answered with 200, refused records too: they would be refused again. 4xx is for what no repetition mends, 5xx for
 * what one does. However late or often an envelope comes, an event is there once: its age is no ground to refuse it.
 */
import type { IRequest } from 'itty-router';
import { BUS_MEDIA_TYPES } from '../../shared/api/ingest.ts';
import { answer } from './answer.ts';
import type { BySender } from './context.ts';
import { takeBody } from './push.ts';

export async function postEnvelopes(request: IRequest, context: BySender): Promise<Response> {
  const { caller } = context;
  const of =
    caller.kind === 'ingest'
      ? { account: caller.account, writable: [caller.account] }
      : { writable: caller.scope.accounts };
  const taken = await takeBody(request, context, {
    mediaTypes: BUS_MEDIA_TYPES,
    sender: () => ({ ok: true, value: { source: 'eventbridge', ...of } }),
  });
  return taken.ok ? answer('POST /v1/eventbridge', taken.value) : taken.response;
}
