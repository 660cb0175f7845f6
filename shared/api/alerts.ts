/** /v1/alerts: the firings of alarm policies. */
import * as v from 'valibot';
import { alarm, alertGroup } from './alarms.ts';
import { count } from './coverage.ts';
import { eventId, eventSummary } from './event.ts';
import { limit, time } from './parts.ts';

export const ALERT_STATES = ['open', 'acknowledged', 'recovered'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Events that an alert names. */
export const MAX_EXAMPLES = 5;

const state = v.picklist(ALERT_STATES, `one of ${ALERT_STATES.join(', ')}`);

/** Whoever did something about it. */
const doer = {
  by: v.pipe(v.string(), v.description('The id of a member.')),
  byName: v.exactOptional(v.pipe(v.string(), v.description('What the member is called, unless it is gone.'))),
};
/** What somebody did about it, and when. */
const deed = v.object({ ...doer, at: time });

export const alert = v.object({
  id: v.string(),
  alarm: v.pipe(v.string(), v.description('The id of its policy, which may be gone.')),
  ...v.pick(alarm, ['name', 'severity']).entries,
  system: v.pipe(v.boolean(), v.description('It is about Sidetrail itself.')),
  group: v.exactOptional(
    v.pipe(alertGroup, v.description('The events that it is about, where they are told apart.')),
  ),
  subject: v.exactOptional(
    v.pipe(v.string(), v.description('What of Sidetrail it is about: a source, a tracking set.')),
  ),
  note: v.exactOptional(
    v.pipe(
      v.object({ en: v.string(), zh: v.string() }),
      v.description('What is wrong, where no event says it.'),
    ),
  ),
  state,
  opened: v.pipe(time, v.description('When it was noticed.')),
  first: v.pipe(time, v.description('The time of its first event.')),
  last: time,
  count: v.pipe(count, v.description('Its events.')),
  examples: v.pipe(v.array(eventId), v.description(`Ids of the newest of them, at most ${MAX_EXAMPLES}.`)),
  recovered: v.exactOptional(v.pipe(time, v.description('Since when its condition holds no more.'))),
  acknowledged: v.exactOptional(deed),
  muted: v.exactOptional(v.object({ until: time, ...doer })),
  expected: v.exactOptional(v.pipe(deed, v.description('Nobody is told about this group any more.'))),
});
export type Alert = v.InferOutput<typeof alert>;

export const alertWithEvents = v.object({
  ...alert.entries,
  events: v.pipe(v.array(eventSummary), v.description('Its examples, as far as they are still kept.')),
});

export const alertsQuery = v.object({
  state: v.exactOptional(v.pipe(state, v.description('Only those; all where absent.'))),
  alarm: v.exactOptional(v.pipe(v.string(), v.description('Only those of this policy.'))),
  cursor: v.exactOptional(v.pipe(v.string(), v.description('`next` of the answer before.'))),
  limit: limit(50),
});

export const alerts = v.object({
  alerts: v.pipe(v.array(alertWithEvents), v.description('The newest first; of `events` the newest only.')),
  next: v.pipe(v.nullable(v.string()), v.description('The cursor of what follows; null at the end.')),
  scope: v.exactOptional(
    v.pipe(
      v.object({ hidden: v.literal(true), role: v.picklist(['lead', 'auditor', 'admin']) }),
      v.description('Only alerts all of whose events the caller may see; `role` is the next that sees more.'),
    ),
  ),
});

export const muting = v.strictObject({
  until: v.pipe(time, v.description('Until then nobody is told about its group; at most 90 days from now.')),
});
