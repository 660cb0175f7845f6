/** What answers to a query share: how they are asked, and what they say beside what was found. */
import * as v from 'valibot';
import { isTimeZone } from '../query/zone.ts';
import { aboutEvents, count } from './coverage.ts';
import { limit, time } from './parts.ts';

/** Which events are asked about. */
export const askedEntries = {
  q: v.optional(
    v.pipe(
      v.string(),
      v.description('What to find, in the query language; everything where it is empty.'),
      v.examples(['outcome:failed,denied from:7d']),
    ),
    '',
  ),
  tz: v.exactOptional(
    v.pipe(
      v.string(),
      v.check(isTimeZone, 'an IANA time zone, such as Asia/Shanghai'),
      v.description('The IANA zone that dates in `q` are read in; the organisation’s where absent.'),
    ),
  ),
  cursor: v.exactOptional(
    v.pipe(
      v.string(),
      v.description('`next` of the answer before: goes on there, with the same `q` and `tz`.'),
    ),
  ),
};

/** What everything that goes through events is asked with. */
export type Asked = v.InferOutput<v.ObjectSchema<typeof askedEntries, undefined>>;

/** What a counted answer is asked with: `v.object({ ...answerEntries, … })`. */
export const answerEntries = { ...askedEntries, limit: limit(50) };

const searched = v.object({
  q: v.pipe(v.string(), v.description('The query as it was understood.')),
  from: v.pipe(v.nullable(time), v.description('The first moment; null: as far back as there is.')),
  to: v.pipe(v.nullable(time), v.description('The moment it stopped before; null: none.')),
  tz: v.string(),
});
export type Searched = v.InferOutput<typeof searched>;

const widening = v.object({
  term: v.pipe(v.string(), v.description('A term of the query.')),
  instead: v.pipe(v.nullable(v.string()), v.description('What to put in its place; null: leave it out.')),
  q: v.pipe(v.string(), v.description('The query with that done.')),
});

const partial = v.object({
  through: v.pipe(time, v.description('All from here on was looked at.')),
  reason: v.string(),
});

/** What every answer to a query says beside what it found. */
export const aboutAnswer = {
  next: v.pipe(
    v.nullable(v.string()),
    v.description(
      'The cursor of what follows; null at the end. After a `partial` answer it leads to what is older, whose counts add to these.',
    ),
  ),
  partial: v.exactOptional(
    v.pipe(partial, v.description('The search reached its bound; go on with `next`.')),
  ),
  searched: v.pipe(searched, v.description('What was asked, as it was understood.')),
  widen: v.exactOptional(
    v.pipe(
      v.array(widening),
      v.description('Only where nothing was found: what to ask instead, most promising first.'),
    ),
  ),
  scope: v.exactOptional(
    v.pipe(
      v.object({ hidden: v.literal(true), role: v.picklist(['lead', 'auditor']) }),
      v.description('Only own events and those of own teams are in it; `role` is the next that sees more.'),
    ),
  ),
  ...aboutEvents,
};

/** How many events there are of something, told apart by what they did and what came of it. */
export const countEntries = {
  count,
  reads: count,
  writes: count,
  ok: count,
  failed: v.pipe(count, v.description('The service said no.')),
  denied: v.pipe(count, v.description('Authentication or authorisation said no.')),
};

/** When something happened first and last among what was counted. */
export const spanEntries = { first: time, last: time };
