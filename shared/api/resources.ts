/** GET /v1/resources/{id} and /v1/resources/{id}/changes: one resource, and how it was changed. */
import * as v from 'valibot';
import { REASONS, SURENESS, type Reason } from '../changes/change.ts';
import type { Json } from '../event/event.ts';
import { aboutAnswer, askedEntries } from './answers.ts';
import { aboutEvents, count } from './coverage.ts';
import { eventSummary, operator } from './event.ts';
import { accountId, limit, recordText, time } from './parts.ts';
import { pricesState, purchaser } from './purchases.ts';

/** What tells resources with the same id apart. */
const apart = {
  product: v.exactOptional(
    v.pipe(v.string(), v.description('A product whose events name it, where the id means several things.')),
  ),
  region: v.exactOptional(v.pipe(v.string(), v.description('Its region, where there are several.'))),
  account: v.exactOptional(v.pipe(v.string(), v.description('Its account, where there are several.'))),
};

export const resourceQuery = v.object({ ...askedEntries, ...apart });
export const resourceChangesQuery = v.object({ ...askedEntries, ...apart, limit: limit(50) });

const identified = {
  id: recordText,
  type: v.exactOptional(recordText),
  name: v.exactOptional(v.pipe(recordText, v.description('What it was called last.'))),
  product: v.pipe(recordText, v.description('That of most of its events.')),
  region: recordText,
  account: accountId,
};

export const identifiedResource = v.object(identified);
export type IdentifiedResource = v.InferOutput<typeof identifiedResource>;

/** What both routes answer where the id alone does not say which resource is meant. */
export const ambiguous = v.pipe(
  v.object({
    kind: v.literal('ambiguous'),
    resources: v.array(v.object({ ...identified, events: count, last: time })),
    ...aboutEvents,
  }),
  v.description(
    'Several resources have this id: ask again with `product`, `region` or `account`. `events` counts those looked at, whatever `q` finds.',
  ),
);

export const resourceCard = v.object({
  kind: v.literal('resource'),
  resource: identifiedResource,
  purchaser: v.pipe(purchaser, v.description('Who bought it, whatever `q` finds.')),
  prices: v.exactOptional(pricesState),
  lastChange: v.pipe(
    v.nullable(eventSummary),
    v.description('The last event that changed its configuration.'),
  ),
  lastProblem: v.pipe(v.nullable(eventSummary), v.description('The last that failed or was denied.')),
  sensitive: v.pipe(count, v.description('How many of its events are sensitive.')),
  events: v.pipe(count, v.description('How many of its events `q` finds; 0 where none.')),
  first: v.pipe(v.nullable(time), v.description('The oldest of them that is known, counted here or not.')),
  last: v.nullable(time),
  operators: v.pipe(
    v.array(v.object({ operator, count, last: time })),
    v.description('The 5 operators with the most events.'),
  ),
  ...aboutAnswer,
});
export type ResourceCard = v.InferOutput<typeof resourceCard>;

const json = v.pipe(
  v.custom<Json>((value) => value !== undefined, 'JSON'),
  v.metadata({ 'x-untrusted': true }),
);

const reasons = Object.keys(REASONS).filter((reason): reason is Reason => reason in REASONS);

export const settingChange = v.object({
  setting: v.pipe(
    recordText,
    v.description('Its place in the request: `InstanceName`, `ParamList[max_connections]`.'),
  ),
  of: v.exactOptional(v.pipe(recordText, v.description('The part of the resource that it is of.'))),
  before: v.exactOptional(
    v.pipe(json, v.description('Rebuilt from earlier writes. Absent where unavailable; null: it had none.')),
  ),
  after: v.pipe(json, v.description('Null: it has none now.')),
  status: v.pipe(v.picklist(SURENESS), v.description('How sure `before` is.')),
  reason: v.exactOptional(
    v.pipe(
      v.picklist(reasons),
      v.description(
        Object.entries(REASONS)
          .map(([reason, text]) => `\`${reason}\`: ${text}`)
          .join(' '),
      ),
    ),
  ),
  part: v.exactOptional(
    v.pipe(v.literal(true), v.description('`before` and `after` hold only entries that the write named.')),
  ),
  unchanged: v.exactOptional(v.pipe(v.literal(true), v.description('Written again, meaning the same.'))),
  differences: v.exactOptional(
    v.pipe(
      v.array(
        v.object({
          path: recordText,
          kind: v.picklist(['added', 'removed', 'modified']),
          before: v.exactOptional(json),
          after: v.exactOptional(json),
        }),
      ),
      v.description('Of lists and documents: where they differ in what they mean.'),
    ),
  ),
});

export const resourceChanges = v.object({
  kind: v.literal('changes'),
  resource: identifiedResource,
  changes: v.pipe(
    v.array(
      v.object({
        event: eventSummary,
        settings: v.pipe(
          v.array(settingChange),
          v.description('Empty where it failed, or where its request does not say what it set.'),
        ),
        more: v.exactOptional(
          v.pipe(count, v.description('How many more settings it set: at most 200 are told.')),
        ),
      }),
    ),
    v.description(
      'The writes to the resource that `q` finds, newest first, those that failed too. It narrows which are shown, never what they are compared with.',
    ),
  ),
  ...aboutAnswer,
});
export type ResourceChanges = v.InferOutput<typeof resourceChanges>;

export const resourceAnswer = v.variant('kind', [resourceCard, ambiguous]);
export const resourceChangesAnswer = v.variant('kind', [resourceChanges, ambiguous]);
