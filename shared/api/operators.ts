/** GET /v1/operators: who acted; and what one of them did. */
import * as v from 'valibot';
import { OPERATOR_TYPES, PURCHASE_KINDS, NETWORKS, OUTCOMES } from '../event/event.ts';
import { aboutAnswer, answerEntries, askedEntries, countEntries, spanEntries } from './answers.ts';
import { count } from './coverage.ts';
import { eventSummary } from './event.ts';
import { accountId, recordText, time } from './parts.ts';
import { touchedResource } from './resource-list.ts';

export const operatorsQuery = v.object(answerEntries);

/** Who somebody is, whatever was asked. */
const identity = {
  id: v.pipe(recordText, v.description('`principalId`.')),
  account: accountId,
  type: v.pipe(v.picklist(OPERATOR_TYPES), v.description('As in the newest event.')),
  name: v.pipe(recordText, v.description('The present one.')),
  ever: v.exactOptional(
    v.pipe(
      v.object(spanEntries),
      v.description('When they were seen first and last, beyond what was asked.'),
    ),
  ),
};

export const actor = v.object({ ...identity, ...countEntries, ...spanEntries });
export type Actor = v.InferOutput<typeof actor>;

export const operators = v.object({
  operators: v.pipe(v.array(actor), v.description('By count, the greatest first.')),
  distinct: v.pipe(count, v.description('How many there are.')),
  ...aboutAnswer,
});

export const operatorQuery = v.object({
  ...askedEntries,
  account: v.exactOptional(
    v.pipe(accountId, v.description('Needed only where the id occurs in several accounts.')),
  ),
});

/** Queries for GET /v1/events that list all of it: of the operator, and of sessions of that person. */
const more = v.pipe(v.array(v.string()), v.description('Queries that list all of it at /v1/events.'));

const last = v.pipe(time, v.description('The newest event.'));

const operatorResource = v.omit(touchedResource, ['account', 'operators', 'by']);

const operatorProblem = v.object({
  product: recordText,
  event: recordText,
  outcome: v.picklist(OUTCOMES),
  error: v.pipe(recordText, v.description('The code; "" where there is none.')),
  count,
  last,
});

/** What one operator did: an answer to each of the six questions. */
export const operatorAnswers = v.object({
  operator: v.object({
    ...identity,
    ...countEntries,
    first: v.nullable(time),
    last: v.nullable(time),
    sessions: v.pipe(
      count,
      v.description('How many of these are of other operators, with exactly this person behind them.'),
    ),
  }),
  resources: v.object({ distinct: count, top: v.array(operatorResource), more }),
  problems: v.object({ count, top: v.array(operatorProblem), more }),
  purchases: v.object({
    count,
    kinds: v.array(v.object({ kind: v.picklist(PURCHASE_KINDS), count })),
    newest: v.array(eventSummary),
    more,
  }),
  changes: v.object({ count, newest: v.array(eventSummary), more }),
  sensitive: v.object({ count, rules: v.array(v.object({ rule: v.string(), count, last })), more }),
  access: v.object({
    networks: v.array(v.object({ network: v.picklist(NETWORKS), count, last })),
    distinct: v.pipe(count, v.description('How many addresses there are.')),
    addresses: v.array(
      v.object({
        ip: v.string(),
        network: v.picklist(NETWORKS),
        place: v.exactOptional(recordText),
        count,
        ...spanEntries,
      }),
    ),
    more,
  }),
  ...aboutAnswer,
});
export type OperatorAnswers = v.InferOutput<typeof operatorAnswers>;
