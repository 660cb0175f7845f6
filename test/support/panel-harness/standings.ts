/** How things may stand between a panel's background and its Worker. */
import type { EventSummary } from '../../../shared/event/event.ts';
import type { Connected, SourceCoverage, Standing } from '../../../extension/protocol/panel.ts';
import { ACCOUNT, ME, NOW } from './events.ts';

/** What may be so beside the ordinary. */
export const STATES = [
  'fine',
  'loading',
  'connecting',
  'signed-out',
  'failing',
  'refused',
  'offline',
  'stale',
  'imported',
  'reading-back',
  'reading-back-untold',
  'error',
  'not-signed-in',
  'not-allowed',
  'worker-failed',
  'nobody',
  'own-only',
  'nothing-yet',
  'partial',
  'demo',
  'identity',
] as const;
export type State = (typeof STATES)[number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const SAVED = { origin: 'https://audit.nanfeng.example', tokenHint: 'st_a…6789' };

/** States in which there is no connection to work with. */
const UNCONNECTED: Partial<Record<State, Standing>> = {
  'signed-out': { kind: 'signed-out' },
  refused: { kind: 'refused' },
  connecting: { kind: 'connecting', saved: SAVED },
  failing: { kind: 'failing', saved: SAVED, problem: { kind: 'token-refused' } },
};

/** How long (ms) nothing came in, in the states in which something is wrong with that. */
const SILENT: Partial<Record<State, number>> = {
  offline: 22 * MINUTE,
  'not-signed-in': 22 * MINUTE,
  'not-allowed': 22 * MINUTE,
  'worker-failed': 22 * MINUTE,
  stale: 180 * MINUTE,
};

/** Since when (ms since 1970) records are read, where the past is still being read back. */
const READ_SINCE = NOW - 8 * DAY;

/** Up to when (ms since 1970) everything came in. */
export function heardTo(state: State): number {
  return NOW - (SILENT[state] ?? 0);
}

/** How things stand in a state, with these events kept, newest first. */
export function standingIn(state: State, events: readonly EventSummary[]): Standing {
  const fine = connected(heardTo(state), events);
  return UNCONNECTED[state] ?? { ...fine, ...CHANGES[state]?.(fine) };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function connected(heard: number, events: readonly EventSummary[]): Connected {
  const operators = [{ account: ACCOUNT, id: ME }];
  return {
    kind: 'connected',
    saved: SAVED,
    me: {
      member: { id: 'lin-wei', name: 'Lin Wei', role: 'admin' },
      accounts: [{ id: ACCOUNT, alias: 'Nanfeng', retention: 90, floor: null }],
      operators,
      teams: [
        {
          id: 'web',
          name: 'Web and data',
          operators: [...operators, { account: ACCOUNT, id: '100000000012' }],
        },
        { id: 'platform', name: 'Platform', operators: [{ account: ACCOUNT, id: '100000000013' }] },
      ],
      scope: { accounts: '*', operators: '*', hash: 'h' },
      cursor: 'c',
      api: 1,
      oldest: iso(NOW - 90 * DAY),
      coverage: { sources: [] },
      demo: false,
    },
    coverage: [
      {
        source: 'api',
        account: ACCOUNT,
        lastReceived: iso(heard),
        newest: events[0]?.time ?? null,
        gaps: [],
        late: 0,
        refused: 0,
        seenTo: iso(heard),
        settledTo: iso(heard - 63 * MINUTE),
      },
    ],
    lastGood: heard,
    problem: null,
    cache: { from: (NOW - 90 * DAY) / 1000, events: events.length, syncing: null },
  };
}

/** What is other than fine in a state. */
const CHANGES: Partial<Record<State, (fine: Connected) => Partial<Connected>>> = {
  offline: () => ({ problem: { kind: 'unreachable' } }),
  'not-signed-in': () => ({ problem: { kind: 'token-refused' } }),
  'not-allowed': () => ({ problem: { kind: 'permission' } }),
  'worker-failed': () => ({ problem: { kind: 'worker-failed', id: '8f21-77c0' } }),
  // The Worker answers, but does not get to read.
  stale: () => ({ lastGood: NOW }),
  imported: ({ coverage }) => ({ coverage: unread(coverage, 'files') }),
  'reading-back': (fine) => ({
    ...missingBack(fine),
    readingBack: { kind: 'progress', percent: 42, rate: 410.3, left: 105 },
  }),
  'reading-back-untold': (fine) => ({
    ...missingBack(fine),
    me: { ...fine.me, member: { ...fine.me.member, role: 'member' } },
    readingBack: { kind: 'untold', before: READ_SINCE },
  }),
  'nothing-yet': () => ({ coverage: [] }),
  nobody: ({ me }) => ({
    me: { ...me, operators: [], member: { ...me.member, role: 'member' }, teams: [] },
  }),
  'own-only': ({ me }) => ({
    me: {
      ...me,
      member: { ...me.member, role: 'member' },
      teams: [],
      scope: { ...me.scope, operators: me.operators },
    },
  }),
  demo: ({ me, coverage }) => ({ me: { ...me, demo: true }, coverage: unread(coverage, 'demo') }),
};

/** With what is before then missing, of the sources and of what is kept. */
function missingBack({ coverage, cache }: Connected): Pick<Connected, 'coverage' | 'cache'> {
  const gap = { from: iso(NOW - 90 * DAY), to: iso(READ_SINCE), reason: 'backfill' } as const;
  return {
    coverage: coverage.map((one) => ({ ...one, gaps: [gap] })),
    cache: { ...cache, from: READ_SINCE / 1000 },
  };
}

/** A source that nothing is read from has no marks. */
function unread(coverage: readonly SourceCoverage[], source: 'files' | 'demo'): SourceCoverage[] {
  return coverage.map((one) => ({ ...one, source, seenTo: null, settledTo: null }));
}
