/** GET /v1/resources: which resources were touched, and by whom. */
import * as v from 'valibot';
import { aboutAnswer, answerEntries, countEntries, spanEntries } from './answers.ts';
import { count } from './coverage.ts';
import { person } from './event.ts';
import { accountId, recordText } from './parts.ts';

export const resourcesQuery = v.object(answerEntries);

/** Somebody who touched a resource. */
export const toucher = v.object({
  id: v.pipe(recordText, v.description('The operator’s.')),
  name: recordText,
  person: v.exactOptional(person),
  count,
  reads: count,
  writes: count,
  ...spanEntries,
});
export type Toucher = v.InferOutput<typeof toucher>;

export const touchedResource = v.object({
  id: recordText,
  type: v.exactOptional(recordText),
  name: v.exactOptional(v.pipe(recordText, v.description('What it was called last.'))),
  product: v.pipe(recordText, v.description('That of most of its events.')),
  region: recordText,
  account: accountId,
  ...countEntries,
  ...spanEntries,
  operators: v.pipe(count, v.description('How many touched it, each with the person behind them.')),
  by: v.pipe(v.array(toucher), v.description('The 10 of them with the most events.')),
});
export type TouchedResource = v.InferOutput<typeof touchedResource>;

export const resourceList = v.object({
  resources: v.pipe(v.array(touchedResource), v.description('The one that was touched last comes first.')),
  distinct: v.pipe(count, v.description('How many there are.')),
  ...aboutAnswer,
});
