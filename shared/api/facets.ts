/** GET /v1/facets: the values that occur most. */
import * as v from 'valibot';
import { aboutAnswer, answerEntries } from './answers.ts';
import { count } from './coverage.ts';
import { recordText, time } from './parts.ts';

/** What events can be told apart by. */
export const FACETS = [
  'operator',
  'person',
  'claim',
  'event',
  'product',
  'region',
  'action',
  'outcome',
  'error',
  'via',
  'ip',
  'network',
  'place',
  'type',
  'resource',
  'key',
  'is',
  'rule',
  'source',
  'account',
  'tag',
] as const;
export type FacetName = (typeof FACETS)[number];

const by = v.picklist(FACETS, `one of ${FACETS.join(', ')}`);

export const facetsQuery = v.object({
  ...answerEntries,
  by: v.optional(
    v.pipe(
      by,
      v.description(
        'What to tell events apart by. `person`: who is known to be behind a role session; `claim`: names that the caller chose. `rule`: why an event is sensitive.',
      ),
    ),
    'operator',
  ),
});

export const facet = v.object({
  value: v.pipe(recordText, v.description('An id where there is one.')),
  label: v.exactOptional(v.pipe(recordText, v.description('The name that goes with the id.'))),
  count,
  failed: count,
  denied: count,
  writes: count,
  last: v.pipe(time, v.description('The newest event.')),
});
export type Facet = v.InferOutput<typeof facet>;

export const facets = v.object({
  facets: v.pipe(
    v.array(facet),
    v.description('By count, the greatest first. An event without a value is in none.'),
  ),
  by,
  distinct: v.pipe(count, v.description('How many values there are.')),
  ...aboutAnswer,
});
