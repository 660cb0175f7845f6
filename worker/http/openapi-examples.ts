/** Made-up instances of the shapes, as they stand in the document. */
import type * as v from 'valibot';
import type { models, ModelName } from '../../shared/api/models.ts';

type Example<M extends ModelName> = v.InferInput<(typeof models)[M]>;

const ACCOUNT = '1250000001';
const OPERATOR = { account: ACCOUNT, id: '100000000011' };
const CURSOR = 'mV3xQ0…';
const TIME = '2026-11-22T06:03:21Z';

const coverage: Example<'Coverage'> = {
  source: 'api',
  account: ACCOUNT,
  lastReceived: '2026-11-22T06:05:00Z',
  newest: TIME,
  gaps: [],
  late: 0,
  refused: 0,
};
const about = { coverage: { sources: [coverage] } };

const summary: Example<'EventSummary'> = {
  id: 'k3vq7x2m5ajc4tznbw6ey2hd7u',
  seq: 4711,
  account: ACCOUNT,
  time: TIME,
  requestId: '6b0f1f0e-2c1d-4f6a-9c3e-5d7a90b1c2d3',
  operator: { type: 'user', id: '100000000011', name: 'mei' },
  product: 'cvm',
  event: 'StopInstances',
  action: 'write',
  via: 'console',
  region: 'ap-guangzhou',
  resources: [{ type: 'instance', id: 'ins-0a1b2c3d' }],
  ip: '203.0.113.5',
  network: 'unknown',
  agent: 'Mozilla/5.0',
  outcome: 'denied',
  error: { layer: 'cam', code: 'UnauthorizedOperation', message: 'no permission for cvm:StopInstances' },
  is: [],
  sources: [{ source: 'api', received: '2026-11-22T06:05:00Z' }],
  tags: [],
};

const account: Example<'Account'> = { id: ACCOUNT, alias: 'production', retention: 90, floor: null };
const member: Example<'Member'> = {
  id: 'mei',
  name: 'Mei',
  role: 'lead',
  accounts: [ACCOUNT],
  operators: [OPERATOR],
};
const team: Example<'Team'> = { id: 'web', name: 'Web', operators: [OPERATOR], leads: ['mei'] };
const token: Example<'Token'> = { id: '9f86d081884c7d65', member: 'mei', created: TIME };

export const examples: { readonly [M in ModelName]?: Example<M> } = {
  Me: {
    member: { id: 'mei', name: 'Mei', role: 'lead' },
    accounts: [account],
    operators: [OPERATOR],
    teams: [{ id: 'web', name: 'Web', operators: [OPERATOR] }],
    scope: { accounts: [ACCOUNT], operators: [OPERATOR], hash: '5e884898da280471' },
    cursor: CURSOR,
    api: 1,
    oldest: '2026-08-24T00:10:02Z',
    ...about,
    demo: false,
  },
  FullStatus: {
    now: '2026-11-22T06:06:00Z',
    oldest: '2026-08-24T00:10:02Z',
    newest: TIME,
    ...about,
    events: 180_233,
    duplicate: 12,
    conflict: 0,
    refused: 3,
    deadLetters: 3,
    storage: { bytes: 126_000_000 },
    sources: [{ ...coverage, accepted: 180_233, duplicate: 12, conflict: 0 }],
  },
  DeadLetters: {
    deadLetters: [
      { id: 3, source: 'push', account: ACCOUNT, received: TIME, reason: 'no eventTime', record: '{}' },
    ],
    next: null,
  },
  Events: { events: [summary], next: CURSOR, ...about },
  Event: {
    ...summary,
    request: { InstanceIds: ['ins-0a1b2c3d'] },
    response: null,
    record: { eventName: 'StopInstances', requestParameters: '{"InstanceIds":["ins-0a1b2c3d"]}' },
  },
  EventSummary: summary,
  Ingested: { accepted: 499, duplicate: 0, refused: [{ at: 17, reason: 'no eventTime' }], refusedTotal: 1 },
  Changes: {
    changes: [{ id: 'ajc4tznbw6ey2hd7uk3vq7x2m5', seq: 4710, gone: true }, summary],
    next: CURSOR,
    more: false,
    floor: {},
    ...about,
  },
  Accounts: { accounts: [account] },
  Account: account,
  AccountChange: { alias: 'production', retention: 180 },
  Removal: { removed: 20_000, done: true },
  Members: { members: [member] },
  Member: member,
  NewMember: { id: 'mei', name: 'Mei', role: 'lead', accounts: [ACCOUNT], operators: [OPERATOR] },
  MemberChange: { role: 'auditor' },
  Teams: { teams: [team] },
  Team: team,
  NewTeam: { id: 'web', name: 'Web', operators: [OPERATOR], leads: ['mei'] },
  TeamChange: { leads: ['mei', 'bo'] },
  Tokens: { tokens: [token] },
  IssuedToken: { ...token, token: 'st_…' },
  NewToken: { source: 'eventbridge', account: ACCOUNT },
};
