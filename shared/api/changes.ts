/** GET /v1/changes: following the store. */
import * as v from 'valibot';
import { aboutEvents } from './coverage.ts';
import { eventId, eventSummary, seq } from './event.ts';
import { accountId, limit, time } from './parts.ts';

export const changesQuery = v.object({
  after: v.pipe(
    v.string('the cursor of GET /v1/me, or next of the answer before'),
    v.description('`cursor` of GET /v1/me, or `next` of the answer before.'),
    v.examples(['CURSOR']),
  ),
  since: v.exactOptional(v.pipe(time, v.description('Events older than this are left out.'))),
  limit: limit(500),
});

/** An event that was removed, or that the caller may no longer see. */
export const gone = v.object({ id: eventId, seq, gone: v.literal(true) });
export type Gone = v.InferOutput<typeof gone>;

export const changes = v.object({
  changes: v.pipe(
    v.array(v.union([gone, eventSummary])),
    v.description('In order of `seq`: events as they are now.'),
  ),
  reset: v.exactOptional(
    v.pipe(
      v.literal(true),
      v.description('What was kept is to be thrown away, as the scope changed or the cursor is too old.'),
    ),
  ),
  next: v.string(),
  more: v.pipe(v.boolean(), v.description('Whether asking again at once gives more.')),
  floor: v.pipe(v.record(accountId, time), v.description('By account: everything older has been removed.')),
  ...aboutEvents,
});
