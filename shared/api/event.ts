/** An event as the API gives it; its type is that of the event itself. */
import * as v from 'valibot';
import {
  ACTIONS,
  FILLABLE,
  MARKS,
  NETWORKS,
  OPERATOR_TYPES,
  OUTCOMES,
  PURCHASE_KINDS,
  VIAS,
  type Json,
} from '../event/event.ts';
import { accountId, recordText, source, time } from './parts.ts';

const maybeText = v.exactOptional(recordText);

export const eventId = v.pipe(v.string(), v.regex(/^[a-z2-7]{26}$/));

export const seq = v.pipe(
  v.number(),
  v.integer(),
  v.description('The number of its last change in the store: grows, is never reused.'),
);

export const operator = v.object({
  type: v.picklist(OPERATOR_TYPES),
  id: v.pipe(recordText, v.description('The `principalId` of the record: who acted.')),
  name: recordText,
  key: v.exactOptional(v.pipe(recordText, v.description('Access key id.'))),
  mfa: v.exactOptional(v.boolean()),
});

export const person = v.pipe(
  v.object({
    id: maybeText,
    name: maybeText,
    status: v.picklist(['exact', 'claimed']),
  }),
  v.description('The human behind a role session. `claimed` was chosen by the caller.'),
);

export const resource = v.object({ type: maybeText, id: recordText, name: maybeText, region: maybeText });

export const eventError = v.object({
  layer: v.pipe(
    v.picklist(['api', 'cam']),
    v.description('Who said no: the service, or authentication and authorisation.'),
  ),
  code: recordText,
  message: recordText,
});

export const purchase = v.object({
  kind: v.picklist(PURCHASE_KINDS),
  count: v.exactOptional(
    v.pipe(v.number(), v.integer(), v.minValue(0), v.description('How many were bought.')),
  ),
  chargeType: maybeText,
  period: v.exactOptional(
    v.object({ length: v.number(), unit: v.picklist(['hour', 'day', 'month', 'year']) }),
  ),
  deals: v.exactOptional(v.pipe(v.array(recordText), v.description('Numbers of the billing system.'))),
  guessed: v.exactOptional(
    v.pipe(
      v.literal(true),
      v.description('The catalogue does not know the action; its name and parameters speak for it.'),
    ),
  ),
});

export const eventSummary = v.object({
  id: eventId,
  seq,
  account: accountId,
  time: v.pipe(time, v.description('Lists are ordered by its whole seconds.')),
  requestId: recordText,
  eventId: v.exactOptional(v.pipe(recordText, v.description('CloudAudit’s own id, where the form has one.'))),
  operator,
  person: v.exactOptional(person),
  product: recordText,
  event: v.pipe(recordText, v.description('The API or console action, such as RunInstances.')),
  title: v.exactOptional(v.object({ zh: maybeText, en: maybeText, made: v.exactOptional(v.boolean()) })),
  action: v.picklist([...ACTIONS, '']),
  via: v.picklist([...VIAS, '']),
  region: recordText,
  resources: v.array(resource),
  ip: v.pipe(v.string(), v.description('The effective address of the caller; "" where none is valid.')),
  network: v.picklist(NETWORKS),
  place: maybeText,
  agent: recordText,
  outcome: v.picklist(OUTCOMES),
  error: v.exactOptional(eventError),
  is: v.array(v.picklist(MARKS)),
  sensitive: v.exactOptional(
    v.pipe(
      v.array(v.string()),
      v.description('Why it is sensitive: ids of rules, and `record` where CloudAudit itself says so.'),
    ),
  ),
  purchase: v.exactOptional(
    v.pipe(purchase, v.description('What it did with money. What it cost is in no record.')),
  ),
  classified: v.exactOptional(
    v.pipe(
      v.number(),
      v.integer(),
      v.description(
        'The version of rules and networks that last said something else of `is`, `sensitive`, `purchase` or `network`; later ones, up to that of `classification` in GET /v1/status, left it so.',
      ),
    ),
  ),
  sources: v.array(v.object({ source, received: time })),
  filled: v.exactOptional(
    v.pipe(
      v.object(v.entriesFromList(FILLABLE, v.exactOptional(source))),
      v.description('Fields that the most trusted source lacked, and where they are from.'),
    ),
  ),
  tags: v.pipe(v.array(recordText), v.description('Each `key=value`.')),
});

/** Any JSON; integers past 2^53 come as their digits. */
const json = v.pipe(
  v.custom<Json>((value) => value !== undefined, 'JSON'),
  v.metadata({ 'x-untrusted': true }),
);

export const event = v.object({
  ...eventSummary.entries,
  request: v.pipe(json, v.description('The parameters of the call, parsed where they parse.')),
  response: json,
  record: v.pipe(json, v.description('The record as CloudAudit gave it, without its secrets.')),
});
