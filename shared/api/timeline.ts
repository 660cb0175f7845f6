/** GET /v1/timeline: how many events there were, by hour or day. */
import * as v from 'valibot';
import { STEPS } from '../query/buckets.ts';
import { aboutAnswer, askedEntries, countEntries } from './answers.ts';
import { time } from './parts.ts';

/** The most buckets that one answer has: 100 days of hours. */
export const MAX_BUCKETS = 2400;

/** How far back a timeline goes where the query does not say. */
export const TIMELINE_DAYS = 90;

export const timelineQuery = v.object({
  ...askedEntries,
  step: v.optional(
    v.pipe(
      v.picklist(STEPS, `one of ${STEPS.join(', ')}`),
      v.description(
        `Hours and days are those of \`tz\`; at most ${MAX_BUCKETS} of them. Without \`from\` in \`q\` they begin ${TIMELINE_DAYS} days ago, or where the events do.`,
      ),
    ),
    'day',
  ),
});

export const bucket = v.object({
  at: v.pipe(time, v.description('Its first moment, with the offset of the zone then.')),
  ...countEntries,
});
export type Bucket = v.InferOutput<typeof bucket>;

export const timeline = v.object({
  timeline: v.pipe(v.array(bucket), v.description('Oldest first, those without events among them.')),
  step: v.picklist(STEPS),
  ...aboutAnswer,
});
