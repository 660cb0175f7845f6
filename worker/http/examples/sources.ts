/** Where events come from, and how that goes. */
import { ACCOUNT, TIME, about, coverage } from './common.ts';
import { progress } from './rules.ts';
import { track } from './tracks.ts';
import type { Example, Examples } from './example.ts';

const arrival: Example<'Arrival'> = {
  ...coverage,
  accepted: 180_233,
  duplicate: 12,
  conflict: 0,
  lateness: null,
  lag: { p50: 30, p95: 75, events: 1200 },
};

const backfill: Example<'Backfill'> = {
  id: 'api-1250000001-1795242000000',
  from: '2026-08-24T06:05:00Z',
  to: '2026-11-22T06:05:00Z',
  state: 'running',
  percent: 42,
  events: 52_100,
  rate: 480.5,
  left: 149,
};

const reader: Example<'ReadSource'> = {
  id: 'api-1250000001',
  source: 'api',
  accounts: [ACCOUNT],
  state: 'failing',
  since: '2026-11-22T06:05:00Z',
  seenTo: '2026-11-22T06:03:40Z',
  settledTo: '2026-11-22T05:03:40Z',
  lastRead: '2026-11-22T06:05:00Z',
  lag: { p50: 30, p95: 75, events: 1200 },
  problem: {
    kind: 'permission',
    detail: 'AuthFailure.UnauthorizedOperation: no permission for cloudaudit:DescribeEvents',
    todo: 'Allow cloudaudit:DescribeEvents in a CAM policy of the user whose key it is.',
    since: '2026-11-22T06:04:00Z',
  },
  backfill,
};

export const sourceExamples: Examples = {
  ReadSource: reader,
  Backfill: backfill,
  BackfillAsked: { from: '2026-10-01T00:00:00Z' },
  DeadLetters: {
    deadLetters: [
      { id: 3, source: 'push', account: ACCOUNT, received: TIME, reason: 'no eventTime', record: '{}' },
    ],
    next: null,
  },
  FullStatus: {
    now: '2026-11-22T06:06:00Z',
    oldest: '2026-08-24T00:10:02Z',
    newest: TIME,
    classification: progress,
    tick: { last: '2026-11-22T05:40:00Z' },
    ...about,
    events: 180_233,
    duplicate: 12,
    conflict: 0,
    refused: 3,
    deadLetters: 3,
    storage: { bytes: 126_000_000, limit: 10_000_000_000, level: 'ok', readsSince: null },
    tracks: [
      { id: track.id, name: track.name, health: 'ok', lastDelivered: TIME, lag: 12, backlog: 3, dead: 0 },
    ],
    sources: [arrival],
    readers: [reader],
    warnings: [
      {
        kind: 'tick',
        detail: 'The jobs of each minute were done last at 2026-11-22T05:40:00.000Z.',
        todo: 'See whether the cron trigger of the Worker is there.',
      },
    ],
  },
};
