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

/** What answers to a query say beside what they found. */
const aboutAnswer = {
  next: CURSOR,
  searched: {
    q: 'outcome:failed,denied from:7d',
    from: '2026-11-15T06:06:00Z',
    to: null,
    tz: 'Asia/Shanghai',
  },
  ...about,
};

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

const identified: Example<'IdentifiedResource'> = {
  id: 'ins-0a1b2c3d',
  type: 'instance',
  name: 'web-01',
  product: 'cvm',
  region: 'ap-guangzhou',
  account: ACCOUNT,
};
const settingChange: Example<'SettingChange'> = {
  setting: 'InstanceName',
  before: 'web-01',
  after: 'web-02',
  status: 'exact',
};

const counts = { count: 42, reads: 30, writes: 12, ok: 40, failed: 1, denied: 1 };
const span = { first: '2026-11-16T01:12:09Z', last: TIME };
const who = { id: '100000000011', name: 'mei' };
const resource: Example<'TouchedResource'> = {
  id: 'ins-0a1b2c3d',
  type: 'instance',
  name: 'web-01',
  product: 'cvm',
  region: 'ap-guangzhou',
  account: ACCOUNT,
  ...counts,
  ...span,
  operators: 1,
  by: [{ ...who, count: 42, reads: 30, writes: 12, ...span }],
};
const actor: Example<'Actor'> = {
  ...who,
  account: ACCOUNT,
  type: 'user',
  ever: { first: '2026-03-02T08:00:00Z', last: TIME },
  ...counts,
  ...span,
};
const more = [`from:7d account:${ACCOUNT} operator:100000000011`];

const account: Example<'Account'> = { id: ACCOUNT, alias: 'production', retention: 90, floor: null };
const member: Example<'Member'> = {
  id: 'mei',
  name: 'Mei',
  role: 'lead',
  accounts: [ACCOUNT],
  operators: [OPERATOR],
};
const team: Example<'Team'> = { id: 'web', name: 'Web', operators: [OPERATOR], leads: ['mei'] };
const rule: Example<'Rule'> = {
  id: 'deletions',
  name: { en: 'Something deleted in production', zh: '删除生产资源' },
  query: 'event:Delete* tag:env=prod',
  severity: 'high',
  on: true,
  shipped: false,
};
const network: Example<'Network'> = { id: 'office', name: 'Office', cidrs: ['203.0.113.0/24'] };
const progress: Example<'Progress'> = {
  version: 7,
  state: 'running',
  done: 12_500,
  of: 180_233,
  through: '2026-11-19T16:20:45Z',
};
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
    classification: progress,
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
  Events: { events: [summary], ...aboutAnswer },
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
  Problems: {
    problems: [
      {
        account: ACCOUNT,
        operator: summary.operator,
        product: 'cvm',
        event: 'StopInstances',
        outcome: 'denied',
        error: { layer: 'cam', code: 'UnauthorizedOperation' },
        count: 12,
        first: '2026-11-20T02:11:09Z',
        last: TIME,
        denial: {
          about: 'permission',
          missing: [{ action: 'cvm:StopInstances', resources: ['*'] }],
          suggestion: {
            version: '2.0',
            statement: [{ effect: 'allow', action: ['cvm:StopInstances'], resource: ['*'] }],
          },
        },
        example: summary,
      },
    ],
    ...aboutAnswer,
  },
  Access: {
    access: [
      {
        account: ACCOUNT,
        operator: summary.operator,
        count: 431,
        first: '2026-11-16T00:58:41Z',
        last: TIME,
        inside: [{ network: 'office', count: 420, first: '2026-11-16T00:58:41Z', last: TIME }],
        outside: {
          count: 11,
          first: '2026-11-21T14:02:00Z',
          last: '2026-11-21T14:20:31Z',
          addresses: 1,
          from: [
            {
              ip: '198.51.100.7',
              via: ['console'],
              count: 11,
              first: '2026-11-21T14:02:00Z',
              last: '2026-11-21T14:20:31Z',
            },
          ],
        },
        service: 0,
        unknown: 0,
      },
    ],
    fence: [],
    networks: 1,
    ...aboutAnswer,
  },
  Timeline: {
    timeline: [{ at: '2026-11-22T00:00:00+08:00', ...counts }],
    step: 'day',
    ...aboutAnswer,
    next: null,
  },
  Facets: {
    facets: [{ value: who.id, label: who.name, count: 42, failed: 1, denied: 1, writes: 12, last: TIME }],
    by: 'operator',
    distinct: 57,
    ...aboutAnswer,
  },
  Operators: { operators: [actor], distinct: 57, ...aboutAnswer },
  OperatorAnswers: {
    operator: { ...actor, sessions: 0 },
    resources: { distinct: 1, top: [resource], more },
    problems: {
      count: 2,
      top: [
        {
          product: 'cvm',
          event: 'StopInstances',
          outcome: 'denied',
          error: 'UnauthorizedOperation',
          count: 2,
          last: TIME,
        },
      ],
      more,
    },
    purchases: { count: 0, kinds: [], newest: [], more },
    changes: { count: 1, newest: [summary], more },
    sensitive: { count: 1, rules: [{ rule: 'record', count: 1, last: TIME }], more },
    access: {
      networks: [{ network: 'unknown', count: 42, last: TIME }],
      distinct: 1,
      addresses: [{ ip: '203.0.113.5', network: 'unknown', count: 42, ...span }],
      more,
    },
    ...aboutAnswer,
    next: null,
  },
  TouchedResources: { resources: [resource], distinct: 310, ...aboutAnswer },
  ResourceAnswer: { kind: 'ambiguous', resources: [{ ...identified, events: 12, last: TIME }], ...about },
  ResourceCard: {
    kind: 'resource',
    resource: identified,
    purchaser: { status: 'exact', operator: summary.operator, time: TIME, event: summary.id },
    lastChange: null,
    lastProblem: summary,
    sensitive: 1,
    events: 42,
    ...span,
    operators: [{ operator: summary.operator, count: 40, last: TIME }],
    ...aboutAnswer,
    next: null,
  },
  ResourceChanges: {
    kind: 'changes',
    resource: identified,
    changes: [{ event: { ...summary, outcome: 'ok' }, settings: [settingChange] }],
    ...aboutAnswer,
  },
  SettingChange: settingChange,
  IdentifiedResource: identified,
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
  Rules: { rules: [rule], progress },
  Rule: rule,
  NewRule: { name: { en: rule.name.en }, query: rule.query, severity: 'high' },
  RuleChange: { on: false },
  PreviewAsked: { query: rule.query, from: '2026-11-01T00:00:00Z' },
  Networks: { networks: [network], progress },
  Network: network,
  NewNetwork: { id: 'office', name: 'Office', cidrs: ['203.0.113.0/24', '2001:db8::/32'] },
  NetworkChange: { to: '2026-12-31T16:00:00Z' },
  Progress: progress,
  Tokens: { tokens: [token] },
  IssuedToken: { ...token, token: 'st_…' },
  NewToken: { source: 'eventbridge', account: ACCOUNT },
};
