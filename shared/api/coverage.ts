/** What came in from where: part of every answer about events. */
import * as v from 'valibot';
import { accountId, source, time } from './parts.ts';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Nobody read; reading failed; not read back yet; too old to be read by now; not stored for want of room. */
export const GAP_REASONS = ['stopped', 'failing', 'backfill', 'lost', 'storage'] as const;
export type GapReason = (typeof GAP_REASONS)[number];

const gap = v.object({
  from: time,
  to: time,
  reason: v.pipe(
    v.picklist(GAP_REASONS),
    v.description(
      '`stopped`: nobody read. `failing`: reading failed. `backfill`: it is being read back. `lost`: too old to be read by now. `storage`: reads were not stored for want of room.',
    ),
  ),
});

/** Coverage of one source of one account. */
export const coverage = v.object({
  source,
  account: v.union([accountId, v.literal('')]),
  seenTo: v.exactOptional(
    v.pipe(
      v.nullable(time),
      v.description('Everything up to here was read at least once. Only where Sidetrail reads by itself.'),
    ),
  ),
  settledTo: v.exactOptional(
    v.pipe(
      v.nullable(time),
      v.description('Everything up to here was read again when late records had had their time.'),
    ),
  ),
  lastReceived: v.nullable(time),
  newest: v.pipe(v.nullable(time), v.description('The time of its newest event.')),
  gaps: v.pipe(v.array(gap), v.description('Stretches known to be missing, the newest 20 of them.')),
  readsSince: v.exactOptional(
    v.pipe(time, v.description('Reads before this were removed to make room; writes are kept longer.')),
  ),
  late: v.pipe(count, v.description('Events that came after `settledTo` had passed their time.')),
  refused: count,
});
export type Coverage = v.InferOutput<typeof coverage>;

const seconds = v.pipe(v.number(), v.minValue(0));

export const lag = v.pipe(
  v.object({ p50: seconds, p95: seconds, events: count }),
  v.description('From the time of an event until it was stored, in seconds, over the last hour.'),
);

/** The same with what is stored of it, counted. */
export const arrival = v.object({
  ...coverage.entries,
  accepted: count,
  duplicate: count,
  conflict: count,
  lateness: v.pipe(
    v.nullable(v.object({ mean: seconds, longest: seconds })),
    v.description('How old late events were when they were stored, in seconds.'),
  ),
  lag: v.exactOptional(lag),
});
export type Arrival = v.InferOutput<typeof arrival>;

/** What every answer about events carries beside what was asked. */
export const aboutEvents = {
  coverage: v.object({ sources: v.array(coverage) }),
  demo: v.exactOptional(
    v.pipe(v.literal(true), v.description('Some of it is about the made-up company of the demo data.')),
  ),
};
