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
  seenTo: '2026-11-22T06:03:40Z',
  settledTo: '2026-11-22T05:03:40Z',
  lastReceived: '2026-11-22T06:05:00Z',
  newest: TIME,
  gaps: [{ from: '2026-11-20T01:00:00Z', to: '2026-11-20T03:10:00Z', reason: 'failing' }],
  late: 0,
  refused: 0,
};
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
const target: Example<'Target'> = { type: 'r2', prefix: 'audit/cam' };
const deliveryProblem: Example<'DeliveryProblem'> = {
  kind: 'forbidden',
  status: 403,
  code: 'AccessDenied',
  text: 'Access Denied.',
};
const track: Example<'Track'> = {
  id: 'cam-writes',
  number: 1,
  name: 'Writes to CAM',
  q: 'product:cam action:write',
  accounts: '*',
  target,
  format: 'records',
  compress: true,
  status: 'on',
  created: '2026-11-20T02:00:00Z',
  updated: '2026-11-20T02:00:00Z',
  changedBy: 'mei',
  health: 'ok',
  lastDelivered: TIME,
  lag: 12,
  backlog: 3,
  dead: 0,
};
const delivery: Example<'Delivery'> = {
  id: 'cam-writes-17',
  state: 'delivered',
  count: 42,
  hour: '2026-11-22T06:00:00Z',
  key: '2026112214/cam-writes_000000004669_1.json.gz',
  bytes: 21_504,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  attempts: 1,
  created: TIME,
  delivered: TIME,
};
const burst = { kind: 'count', atLeast: 20, within: 600, per: 'operator' } as const;
const alarm: Example<'Alarm'> = {
  id: 'denied-in-production',
  name: { en: 'Many calls denied in production', zh: '生产环境大量请求被拒绝' },
  q: 'outcome:denied tag:env=prod',
  condition: burst,
  severity: 'high',
  schedule: null,
  channels: '*',
  silence: 3600,
  old: false,
  on: true,
  shipped: false,
};
const schedule: Example<'Schedule'> = {
  zone: 'Asia/Shanghai',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '18:00',
  outside: true,
};
const alertGroup: Example<'AlertGroup'> = {
  per: 'operator',
  account: ACCOUNT,
  value: who.id,
  label: who.name,
};
const alert: Example<'Alert'> = {
  id: '4e07408562bedb8b',
  alarm: alarm.id,
  name: alarm.name,
  severity: alarm.severity,
  system: false,
  group: alertGroup,
  state: 'acknowledged',
  opened: '2026-11-22T06:03:40Z',
  first: '2026-11-22T05:58:02Z',
  last: TIME,
  count: 300,
  examples: [summary.id],
  acknowledged: { by: 'bo', at: '2026-11-22T06:05:00Z' },
};
const token: Example<'Token'> = { id: '9f86d081884c7d65', member: 'mei', created: TIME };

const channel: Example<'Channel'> = {
  id: 'ops',
  kind: 'wecom',
  name: 'Operations',
  url: 'qyapi.weixin.qq.com/…0001',
  signed: false,
  language: 'zh-CN',
  created: TIME,
  health: 'ok',
  lastSent: TIME,
  waiting: 0,
  dead: 0,
};

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
  ReadSource: reader,
  Backfill: backfill,
  BackfillAsked: { from: '2026-10-01T00:00:00Z' },
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
  Tracks: { tracks: [track] },
  Track: track,
  NewTrack: { name: 'Writes to CAM', q: 'product:cam action:write', target },
  TrackChange: { status: 'paused' },
  Target: target,
  Deliveries: { deliveries: [delivery], next: null },
  Delivery: delivery,
  DeliveryProblem: deliveryProblem,
  TrackHistory: {
    changes: [{ at: TIME, by: 'mei', kind: 'changed', what: { status: 'paused' } }],
    next: null,
  },
  Channels: { channels: [channel] },
  Channel: channel,
  NewChannel: {
    kind: 'wecom',
    name: 'Operations',
    url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=6b0f1f0e-0000-4000-8000-000000000001',
    language: 'zh-CN',
  },
  AlarmHistory: {
    changes: [{ at: TIME, by: 'mei', kind: 'changed', what: { on: false } }],
    next: null,
  },
  ChannelHistory: {
    changes: [{ at: TIME, by: 'mei', kind: 'created', what: { kind: 'wecom', name: 'Operations' } }],
    next: null,
  },
  ShownAlarm: alarm,
  ChannelChange: { language: 'en' },
  ChannelTest: {
    ok: false,
    problem: { kind: 'gone', status: 200, code: '93000', text: 'invalid webhook url' },
  },
  TestDelivery: { ok: false, problem: deliveryProblem },
  Replayed: { replayed: 2 },
  ClsAlarmAsked: {
    name: 'Failed sign-ins',
    q: 'event:ConsoleLogin outcome:failed,denied',
    condition: { kind: 'count', atLeast: 5, within: 600 },
    logsetId: 'logset-0a1b2c3d',
    notice: { receivers: [{ type: 'Uin', ids: [100000000011], channels: ['Email'] }] },
  },
  ClsAlarmMade: {
    alarmId: 'alarm-0a1b2c3d',
    noticeId: 'notice-0a1b2c3d',
    query:
      'sidetrail_track:"sign-ins" AND (sidetrail_terms:"event_consolelogin") | select count(distinct sidetrail_id) as n',
    condition: '$1.n >= 5',
  },
  Alarms: { alarms: [alarm] },
  Alarm: alarm,
  NewAlarm: { name: alarm.name.en, q: alarm.q, condition: burst },
  AlarmChange: { schedule, on: false },
  AlarmPreviewAsked: { q: alarm.q, condition: burst },
  AlarmPreview: {
    count: 412,
    alerts: 1,
    firings: [
      {
        at: '2026-11-22T05:59:10Z',
        group: alertGroup,
        count: 300,
        first: '2026-11-22T05:58:02Z',
        last: TIME,
      },
    ],
    searched: { ...aboutAnswer.searched, q: alarm.q },
    ...about,
  },
  Schedule: schedule,
  Alerts: { alerts: [{ ...alert, events: [summary] }], next: CURSOR },
  Alert: alert,
  AlertWithEvents: { ...alert, events: [summary] },
  AlertGroup: alertGroup,
  Muting: { until: '2026-11-23T00:00:00Z' },
  Tokens: { tokens: [token] },
  IssuedToken: { ...token, token: 'st_…' },
  NewToken: { source: 'eventbridge', account: ACCOUNT },
};
