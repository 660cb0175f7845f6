/** How many events there were, by hour or day. */
import { MAX_BUCKETS, TIMELINE_DAYS, type Bucket } from '../../shared/api/timeline.ts';
import { groupBy } from '../../shared/columns/group.ts';
import { bucketAt, bucketsOf, timeIn, type Step } from '../../shared/query/buckets.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { zoneOf } from '../../shared/query/zone.ts';
import { oldestOf, readEdge } from '../store/edges.ts';
import { rows, run, type Store } from '../store/meter.ts';
import { secondOf, secondOfRow } from '../store/rowid.ts';
import type { Scope } from '../store/scope.ts';
import { countsOf, NO_COUNTS } from './counts.ts';
import { scan, type Scan } from './scan.ts';

export interface TimelineAsked {
  query: ResolvedQuery;
  scope: Scope;
  /** Row id below which events are counted. */
  before?: number | undefined;
  step: Step;
  /** IANA zone. */
  tz: string;
  /** Unix ms. */
  now: number;
}

export interface Timeline extends Omit<Scan, 'parts'> {
  /** Oldest first. Where a partial answer ends inside a bucket, the next one has the rest of it. */
  timeline: Bucket[];
  /** The range that was counted, in unix seconds. */
  from: number;
  to: number;
}

const DAY = 86_400;

/**
 * The timeline of a query, up to now where it does not say; undefined where it would have more than `MAX_BUCKETS`
 * buckets.
 */
export async function timelineOf(store: Store, asked: TimelineAsked): Promise<Timeline | undefined> {
  const { query, scope, before, step, tz } = asked;
  const zone = zoneOf(tz);
  const now = Math.floor(asked.now / 1000);
  const to = query.to ?? now + 1;
  const starts = bucketsOf({ from: query.from ?? now - TIMELINE_DAYS * DAY, to, step, zone }, MAX_BUCKETS);
  if (starts === undefined) return undefined;
  const from = query.from ?? starts[0] ?? now;

  const [{ parts, ...found }, [edge]] = await Promise.all([
    scan(store, { query: { ...query, from, to }, scope, fields: ['call', 'result'], before }),
    run(store, [oldestOf(store, scope)]),
  ]);
  const groups = groupBy(parts, [{ bucket: (second) => String(bucketAt(starts, second)) }]);
  const byBucket = new Map(groups.map((group) => [group.keys[0], group]));
  const [oldest] = rows(edge, readEdge);
  const begin = query.from ?? (oldest === undefined ? to : Math.max(from, secondOf(oldest)));
  const through = found.partial === undefined ? begin : Math.max(begin, secondOf(found.partial.through));
  const first = bucketAt(starts, through);
  const last = bucketAt(starts, before === undefined ? to : secondOfRow(before - 1));
  const timeline = starts.map((start, i) => ({
    at: timeIn(zone, start),
    ...countsOf(byBucket.get(String(i)) ?? NO_COUNTS),
  }));
  return { timeline: timeline.slice(Math.max(first, 0), last + 1), from: begin, to, ...found };
}
