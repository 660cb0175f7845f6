/** What examples have in common: one account, one operator, one event's time. */
import type { Example } from './example.ts';

export const ACCOUNT = '1250000001';
export const OPERATOR = { account: ACCOUNT, id: '100000000011' };
export const CURSOR = 'mV3xQ0…';
export const TIME = '2026-11-22T06:03:21Z';
export const who = { id: '100000000011', name: 'mei' };
export const counts = { count: 42, reads: 30, writes: 12, ok: 40, failed: 1, denied: 1 };
export const span = { first: '2026-11-16T01:12:09Z', last: TIME };

export const coverage: Example<'Coverage'> = {
  source: 'api',
  account: ACCOUNT,
  seenTo: '2026-11-22T06:03:40Z',
  settledTo: '2026-11-22T05:03:40Z',
  lastReceived: '2026-11-22T06:05:00Z',
  newest: TIME,
  gaps: [{ from: '2026-11-20T01:00:00Z', to: '2026-11-20T03:10:00Z', reason: 'failing' }],
  late: 0,
  refused: 0,
};

export const about = { coverage: { sources: [coverage] } };

/** What answers to a query say beside what they found. */
export const aboutAnswer = {
  next: CURSOR,
  searched: {
    q: 'outcome:failed,denied from:7d',
    from: '2026-11-15T06:06:00Z',
    to: null,
    tz: 'Asia/Shanghai',
  },
  ...about,
};
