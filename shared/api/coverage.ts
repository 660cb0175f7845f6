/** What came in from where: part of every answer about events. */
import * as v from 'valibot';
import { accountId, source, time } from './parts.ts';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Coverage of one source of one account. */
export const coverage = v.object({
  source,
  account: v.union([accountId, v.literal('')]),
  lastReceived: time,
  newest: v.pipe(v.nullable(time), v.description('The time of its newest event.')),
  gaps: v.pipe(v.array(v.object({ from: time, to: time })), v.description('Stretches known to be missing.')),
  late: count,
  refused: count,
});
export type Coverage = v.InferOutput<typeof coverage>;

/** The same with what is stored of it, counted. */
export const arrival = v.object({
  ...coverage.entries,
  accepted: count,
  duplicate: count,
  conflict: count,
});
export type Arrival = v.InferOutput<typeof arrival>;

/** What every answer about events carries beside what was asked. */
export const aboutEvents = {
  coverage: v.object({ sources: v.array(coverage) }),
  demo: v.exactOptional(
    v.pipe(v.literal(true), v.description('Some of it is about the made-up company of the demo data.')),
  ),
};
