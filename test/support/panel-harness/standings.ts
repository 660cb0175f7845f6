/** How things may stand between a panel's background and its Worker. */
import type { Connected, Standing } from '../../../extension/protocol/panel.ts';
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

const HOUR = 3_600_000;

const SAVED = { origin: 'https://audit.nanfeng.example', tokenHint: 'st_a…6789' };

/** States in which there is no connection to work with. */
const UNCONNECTED: Partial<Record<State, Standing>> = {
  'signed-out': { kind: 'signed-out' },
  refused: { kind: 'refused' },
  connecting: { kind: 'connecting', saved: SAVED },
  failing: { kind: 'failing', saved: SAVED, problem: { kind: 'token-refused' } },
};

/** How things stand in a state. */
export function standingIn(state: State, events: number): Standing {
  const fine = connected(events);
  return UNCONNECTED[state] ?? { ...fine, ...CHANGES[state]?.(fine) };
}

function iso(ago: number): string {
  return new Date(NOW - ago).toISOString();
}

function connected(events: number): Connected {
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
      oldest: iso(90 * 24 * HOUR),
      coverage: { sources: [] },
      demo: false,
    },
    coverage: [
      {
        source: 'api',
        account: ACCOUNT,
        lastReceived: iso(0),
        newest: iso(60_000),
        gaps: [],
        late: 0,
        refused: 0,
        seenTo: iso(0),
        settledTo: iso(HOUR + 180_000),
      },
    ],
    lastGood: NOW,
    problem: null,
    cache: { from: NOW / 1000 - 90 * 86_400, events, syncing: null },
  };
}

/** What is other than fine in a state. */
const CHANGES: Partial<Record<State, (fine: Connected) => Partial<Connected>>> = {
  offline: () => ({ problem: { kind: 'unreachable' }, lastGood: NOW - 22 * 60_000 }),
  'not-signed-in': () => ({ problem: { kind: 'token-refused' }, lastGood: NOW - 22 * 60_000 }),
  'not-allowed': () => ({ problem: { kind: 'permission' }, lastGood: NOW - 22 * 60_000 }),
  'worker-failed': () => ({
    problem: { kind: 'worker-failed', id: '8f21-77c0' },
    lastGood: NOW - 22 * 60_000,
  }),
  stale: ({ coverage }) => ({
    coverage: coverage.map((one) => ({ ...one, seenTo: iso(3 * HOUR), settledTo: iso(4 * HOUR) })),
  }),
  imported: ({ coverage }) => ({
    coverage: coverage.map((one) => ({ ...one, source: 'files', seenTo: null, settledTo: null })),
  }),
  'reading-back': () => ({ readingBack: { kind: 'progress', percent: 42, rate: 410.3, left: 105 } }),
  'reading-back-untold': ({ me }) => ({
    me: { ...me, member: { ...me.member, role: 'member' } },
    readingBack: { kind: 'untold', before: NOW - 8 * 24 * HOUR },
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
  demo: ({ me }) => ({ me: { ...me, demo: true } }),
};
