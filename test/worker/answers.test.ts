import { afterAll, beforeAll, expect, test } from 'vitest';
import { by, record } from '../support/record.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const B = '1250000002';
const MEI = '100000000011';
const BO = '100000000012';
const OPS = '4611686018400000021';

let worker: TestWorker;
/** Sees what Bo did. */
let member: string;

beforeAll(async () => {
  worker = await startWorker();
  for (const account of [A, B]) {
    await worker.db.prepare(`INSERT INTO account (id, retention) VALUES (?1, 3650)`).bind(account).run();
  }
  await worker.send(EVENTS, { source: 'api' });
  await worker.tick(new Date());
  await worker.send(LATER, { source: 'api' });
  await worker.call('/v1/members', {
    method: 'POST',
    json: { id: 'bo', name: 'Bo', accounts: [A], operators: [{ account: A, id: BO }] },
  });
  ({ token: member } = (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'bo' } })).json);
});

afterAll(async () => {
  await worker?.close();
});

/** A record at a time; each is an event of its own. */
function at(time: string, changes: Parameters<typeof record>[0] = {}) {
  return record({ requestID: `request-${time}`, eventTime: Date.parse(time) / 1000, ...changes });
}

const FAILED = { apiErrorCode: 'ResourceNotFound' };
const DENIED = { errorCode: '4104' };
const READ = { eventName: 'DescribeInstances', actionType: 'Read' };

/** Bo in a session of the role. */
const BO_AS_OPS = {
  userIdentity: {
    type: 'AssumedRole',
    principalId: OPS,
    accountId: A,
    userName: 'OpsRole',
    sessionContext: JSON.stringify({ extraInfo: JSON.stringify({ assumerUin: BO, roleSessionName: 'bo' }) }),
  },
};

/** What is folded into the days before anything is asked. */
const EVENTS = [
  // Clocks in Berlin go back in the night to the 25th.
  at('2026-10-24T21:59:59Z', by(MEI)),
  at('2026-10-24T22:00:00Z', { ...by(MEI), ...READ }),
  at('2026-10-25T00:30:00Z', { ...by(MEI), ...FAILED }),
  at('2026-10-25T01:30:00Z', { ...by(BO), ...DENIED }),
  at('2026-10-25T23:00:00Z', { ...by(BO), eventName: 'StopInstances' }),
  at('2026-10-27T10:00:00Z', {
    ...by(BO),
    resourceType: 'cbs',
    eventName: 'AttachDisks',
    resourceName: 'disk/disk-0a1b2c3d|instance/ins-0a1b2c3d',
    sourceIPAddress: '198.51.100.7',
  }),
];

/** What came in since. */
const LATER = [
  at('2026-10-28T10:00:00Z', { ...BO_AS_OPS, ...READ, sensitiveAction: '1' }),
  at('2026-10-28T11:00:00Z', {
    ...by(MEI, B),
    resourceType: 'scf',
    eventName: 'UpdateFunctionCode',
    resourceName: 'function/pay',
  }),
  at('2026-10-28T12:00:00Z', {
    ...by(MEI),
    resourceType: 'scf',
    eventName: 'GetFunction',
    actionType: 'Read',
    eventRegion: 'ap-shanghai',
    resourceName: 'function/pay',
  }),
  at('2026-10-28T13:00:00Z', {
    ...by(MEI),
    resourceType: 'scf',
    eventName: 'GetFunction',
    actionType: 'Read',
    resourceName: 'function/pay',
  }),
];

function ask(path: string, query: Record<string, string> = {}, token?: string): Promise<Reply> {
  return worker.call(`${path}?${new URLSearchParams(query)}`, token === undefined ? {} : { token });
}

function told(reply: Reply | undefined, list: string): unknown {
  return reply?.json[list].map((each: Record<string, unknown>) => [
    each['value'] ?? each['id'],
    each['count'],
  ]);
}

const counts = (count: number, reads: number, ok: number, failed = 0, denied = 0) => {
  return { count, reads, writes: count - reads, ok, failed, denied };
};

test('a timeline has every day of the range in the zone, those without events too', async () => {
  const q = 'from:2026-10-24T22:00:00Z to:2026-10-27';
  const { json } = await ask('/v1/timeline', { q, tz: 'Europe/Berlin' });
  expect(json.timeline).toEqual([
    { at: '2026-10-25T00:00:00+02:00', ...counts(3, 1, 1, 1, 1) },
    { at: '2026-10-26T00:00:00+01:00', ...counts(1, 0, 1) },
    { at: '2026-10-27T00:00:00+01:00', ...counts(1, 0, 1) },
  ]);
  expect(json.searched).toEqual({
    q,
    from: '2026-10-24T22:00:00.000Z',
    to: '2026-10-27T23:00:00.000Z',
    tz: 'Europe/Berlin',
  });
});

test('an hour that clocks show twice is two hours', async () => {
  const q = 'from:"2026-10-25 01:00" to:"2026-10-25 04:00"';
  const { json } = await ask('/v1/timeline', { q, tz: 'Europe/Berlin', step: 'hour' });
  expect(json.timeline.map((each: { at: string; count: number }) => [each.at, each.count])).toEqual([
    ['2026-10-25T01:00:00+02:00', 0],
    ['2026-10-25T02:00:00+02:00', 1],
    ['2026-10-25T02:00:00+01:00', 1],
    ['2026-10-25T03:00:00+01:00', 0],
  ]);
});

test('hours and days begin where clocks of the zone say, be that at half past', async () => {
  const q = 'from:2026-10-24T21:00:00Z to:2026-10-24T23:00:00Z';
  const hours = await ask('/v1/timeline', { q, tz: 'Asia/Kolkata', step: 'hour' });
  expect(hours.json.timeline.map((each: { at: string; count: number }) => [each.at, each.count])).toEqual([
    ['2026-10-25T02:00:00+05:30', 0],
    ['2026-10-25T03:00:00+05:30', 2],
    ['2026-10-25T04:00:00+05:30', 0],
  ]);
});

test('a timeline without a range begins where the events do, and ends now', async () => {
  const { json } = await ask('/v1/timeline', { tz: 'UTC' });
  const { timeline, searched } = json;
  expect(timeline[0]).toEqual({ at: '2026-10-24T00:00:00+00:00', ...counts(2, 1, 2) });
  expect(timeline.at(-1).at.slice(0, 10)).toBe(new Date().toISOString().slice(0, 10));
  expect(searched.from).toBe('2026-10-24T21:59:59.000Z');
  const total = timeline.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  expect(total).toBe(EVENTS.length + LATER.length);
});

test('more than 2,400 hours or days are refused in words', async () => {
  for (const query of [{ q: 'from:101d', step: 'hour' }, { q: 'from:1990-01-01' }]) {
    const { status, json } = await ask('/v1/timeline', query);
    expect([status, json.parameter]).toEqual([400, 'step']);
    expect(json.detail).toContain('2400');
  }
  expect((await ask('/v1/timeline', { q: 'from:99d', step: 'hour' })).status).toBe(200);
});

test.each([
  [
    'operator',
    [
      [MEI, 6],
      [BO, 3],
      [OPS, 1],
    ],
  ],
  ['person', [[BO, 1]]],
  ['claim', []],
  [
    'event',
    [
      ['RunInstances', 3],
      ['DescribeInstances', 2],
      ['GetFunction', 2],
      ['AttachDisks', 1],
      ['StopInstances', 1],
      ['UpdateFunctionCode', 1],
    ],
  ],
  [
    'product',
    [
      ['cvm', 6],
      ['scf', 3],
      ['cbs', 1],
    ],
  ],
  [
    'region',
    [
      ['ap-guangzhou', 9],
      ['ap-shanghai', 1],
    ],
  ],
  [
    'action',
    [
      ['write', 6],
      ['read', 4],
    ],
  ],
  [
    'outcome',
    [
      ['ok', 8],
      ['denied', 1],
      ['failed', 1],
    ],
  ],
  [
    'error',
    [
      ['4104', 1],
      ['ResourceNotFound', 1],
    ],
  ],
  ['via', [['api', 10]]],
  [
    'ip',
    [
      ['203.0.113.5', 9],
      ['198.51.100.7', 1],
    ],
  ],
  ['network', [['unknown', 10]]],
  [
    'type',
    [
      ['instance', 7],
      ['function', 3],
      ['disk', 1],
    ],
  ],
  [
    'resource',
    [
      ['ins-0a1b2c3d', 7],
      ['pay', 3],
      ['disk-0a1b2c3d', 1],
    ],
  ],
  [
    'rule',
    [
      ['record', 1],
      ['std.functions', 1],
      ['std.machine', 1],
    ],
  ],
  ['source', [['api', 10]]],
  [
    'account',
    [
      [A, 9],
      [B, 1],
    ],
  ],
  ['tag', []],
])('facets by %s', async (facet, expected) => {
  const { json } = await ask('/v1/facets', { by: facet, q: 'from:2026-10-01' });
  const found = json.facets.map(({ value, count }: { value: string; count: number }) => [value, count]);
  expect(found).toEqual(expected);
  expect(json).toMatchObject({ by: facet, distinct: expected.length, next: null });
});

test('a facet says what came of it, when last, and the name of an id', async () => {
  const { json } = await ask('/v1/facets', { q: 'operator:*', limit: '2' });
  expect(json.facets).toEqual([
    {
      value: MEI,
      label: `name-of-${MEI}`,
      count: 6,
      failed: 1,
      denied: 0,
      writes: 3,
      last: '2026-10-28T13:00:00.000Z',
    },
    {
      value: BO,
      label: `name-of-${BO}`,
      count: 3,
      failed: 0,
      denied: 1,
      writes: 3,
      last: '2026-10-27T10:00:00.000Z',
    },
  ]);
  const rest = await ask('/v1/facets', { q: 'operator:*', limit: '2', cursor: json.next });
  expect(rest.json.facets.map(({ value }: { value: string }) => value)).toEqual([OPS]);
  expect(rest.json.next).toBeNull();
});

test('a cursor only goes on with the list that gave it', async () => {
  const { next } = (await ask('/v1/facets', { limit: '1' })).json;
  for (const [path, query] of [
    ['/v1/facets', { by: 'event' }],
    ['/v1/facets', { q: 'product:cvm' }],
    ['/v1/operators', {}],
    ['/v1/events', {}],
  ] as const) {
    const { status, json } = await ask(path, { ...query, cursor: next });
    expect([status, json.at], path).toEqual([400, 'cursor']);
  }
});

test('operators are told with what they did, by account, and when they were ever seen', async () => {
  const { json } = await ask('/v1/operators', { q: 'from:2026-10-25T00:00:00Z' });
  expect(json.operators).toEqual([
    {
      id: MEI,
      account: A,
      type: 'user',
      name: `name-of-${MEI}`,
      ever: { first: '2026-10-24T21:59:59.000Z', last: '2026-10-28T13:00:00.000Z' },
      ...counts(3, 2, 2, 1),
      first: '2026-10-25T00:30:00.000Z',
      last: '2026-10-28T13:00:00.000Z',
    },
    {
      id: BO,
      account: A,
      type: 'user',
      name: `name-of-${BO}`,
      ever: { first: '2026-10-25T01:30:00.000Z', last: '2026-10-27T10:00:00.000Z' },
      ...counts(3, 0, 2, 0, 1),
      first: '2026-10-25T01:30:00.000Z',
      last: '2026-10-27T10:00:00.000Z',
    },
    expect.objectContaining({ id: OPS, account: A, type: 'role', name: 'OpsRole', count: 1 }),
    // The directory does not know them there yet: they came in since the last tick.
    {
      id: MEI,
      account: B,
      type: 'user',
      name: `name-of-${MEI}`,
      ...counts(1, 0, 1),
      first: '2026-10-28T11:00:00.000Z',
      last: '2026-10-28T11:00:00.000Z',
    },
  ]);
  expect(json.distinct).toBe(4);
});

test('one operator’s six answers come in one', async () => {
  const { json } = await ask(`/v1/operators/${BO}`, { q: 'from:2026-10-01' });
  const more = (extra: string) => [
    `from:2026-10-01 account:${A} operator:${BO}${extra}`,
    `from:2026-10-01 account:${A} person:${BO}${extra}`,
  ];
  expect(json.operator).toMatchObject({
    id: BO,
    name: `name-of-${BO}`,
    sessions: 1,
    ...counts(4, 1, 3, 0, 1),
  });
  expect(json.resources).toMatchObject({ distinct: 2, more: more(' resource:*') });
  expect(json.resources.top[0]).toMatchObject({
    id: 'ins-0a1b2c3d',
    product: 'cvm',
    ...counts(4, 1, 3, 0, 1),
  });
  expect(json.problems).toEqual({
    count: 1,
    top: [
      {
        product: 'cvm',
        event: 'RunInstances',
        outcome: 'denied',
        error: '4104',
        count: 1,
        last: '2026-10-25T01:30:00.000Z',
      },
    ],
    more: more(' outcome:failed,denied'),
  });
  expect(json.purchases).toMatchObject({ count: 0, kinds: [], newest: [] });
  expect(json.changes.newest.map(({ event }: { event: string }) => event)).toEqual([
    'AttachDisks',
    'StopInstances',
  ]);
  expect(json.changes).toMatchObject({ count: 2, more: more(' is:change') });
  expect(json.sensitive.rules).toContainEqual({ rule: 'record', count: 1, last: '2026-10-28T10:00:00.000Z' });
  expect(json.access.networks).toEqual([{ network: 'unknown', count: 4, last: '2026-10-28T10:00:00.000Z' }]);
  expect(json.access.addresses.map(({ ip, count }: { ip: string; count: number }) => [ip, count])).toEqual([
    ['203.0.113.5', 3],
    ['198.51.100.7', 1],
  ]);
  for (const { more: queries, count } of [json.problems, json.changes, { ...json.access, count: 4 }]) {
    const lists = await Promise.all(queries.map((q: string) => ask('/v1/events', { q })));
    expect(lists.flatMap((list) => list.json.events)).toHaveLength(count);
  }
});

test('what somebody bought is told by kind, and newest first', async () => {
  const { json } = await ask(`/v1/operators/${MEI}`, { account: A });
  expect(json.purchases).toMatchObject({ count: 1, kinds: [{ kind: 'create', count: 1 }] });
  expect(json.purchases.newest.map(({ event }: { event: string }) => event)).toEqual(['RunInstances']);
});

test('an id that occurs in several accounts needs one of them', async () => {
  const { status, json } = await ask(`/v1/operators/${MEI}`);
  expect([status, json.parameter]).toEqual([400, 'account']);
  expect(json.detail).toContain(`${A}, ${B}`);
  const inB = await ask(`/v1/operators/${MEI}`, { account: B });
  expect(inB.json.operator).toMatchObject({ account: B, count: 1 });
});

test('nobody, somebody else’s operator and an account without them are the same 404', async () => {
  expect((await ask('/v1/operators/100000000099')).status).toBe(404);
  expect((await ask(`/v1/operators/${BO}`, { account: B })).status).toBe(404);
  expect((await ask(`/v1/operators/${MEI}`, {}, member)).status).toBe(404);
  const quiet = await ask(`/v1/operators/${BO}`, { q: 'from:1d' });
  expect(quiet.json.operator).toMatchObject({ id: BO, count: 0, first: null });
});

test('resources are told by whom they were touched, the last first', async () => {
  const { json } = await ask('/v1/resources', { q: 'from:2026-10-27', tz: 'UTC' });
  const places = json.resources.map((each: Record<string, unknown>) => [
    each['id'],
    each['account'],
    each['region'],
    each['product'],
    each['count'],
  ]);
  expect(places).toEqual([
    // The same name in other regions and accounts is another function.
    ['pay', A, 'ap-guangzhou', 'scf', 1],
    ['pay', A, 'ap-shanghai', 'scf', 1],
    ['pay', B, 'ap-guangzhou', 'scf', 1],
    ['ins-0a1b2c3d', A, 'ap-guangzhou', 'cvm', 2],
    ['disk-0a1b2c3d', A, 'ap-guangzhou', 'cbs', 1],
  ]);
  expect(json.resources[3]).toEqual({
    id: 'ins-0a1b2c3d',
    type: 'instance',
    product: 'cvm',
    region: 'ap-guangzhou',
    account: A,
    ...counts(2, 1, 2),
    first: '2026-10-27T10:00:00.000Z',
    last: '2026-10-28T10:00:00.000Z',
    operators: 2,
    by: [
      {
        id: OPS,
        name: 'OpsRole',
        person: { id: BO, name: 'bo', status: 'exact' },
        count: 1,
        reads: 1,
        writes: 0,
        first: '2026-10-28T10:00:00.000Z',
        last: '2026-10-28T10:00:00.000Z',
      },
      {
        id: BO,
        name: `name-of-${BO}`,
        count: 1,
        reads: 0,
        writes: 1,
        first: '2026-10-27T10:00:00.000Z',
        last: '2026-10-27T10:00:00.000Z',
      },
    ],
  });
  expect(json).toMatchObject({ distinct: 5, next: null });
});

test('pages of resources hold each once', async () => {
  const whole = (await ask('/v1/resources')).json.resources;
  const paged = [];
  const two = async (more: { cursor?: string }) => (await ask('/v1/resources', { limit: '2', ...more })).json;
  for await (const page of pagesOf(two)) paged.push(...page.resources);
  expect(paged).toEqual(whole);
});

test('who sees their own only is counted that, and told which role sees more', async () => {
  const [timeline, facets, operators, resources] = await Promise.all(
    ['timeline', 'facets', 'operators', 'resources'].map((route) => ask(`/v1/${route}`, {}, member)),
  );
  const total = timeline?.json.timeline.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  expect(total).toBe(4);
  const own = [
    [BO, 3],
    [OPS, 1],
  ];
  expect(told(facets, 'facets')).toEqual(own);
  expect(told(operators, 'operators')).toEqual(own);
  expect(told(resources, 'resources')).toEqual([
    ['ins-0a1b2c3d', 4],
    ['disk-0a1b2c3d', 1],
  ]);
  // When others were in the role's sessions is not theirs to know.
  expect(operators?.json.operators[1].ever).toBeUndefined();
  for (const reply of [timeline, facets, operators, resources]) {
    expect(reply?.json.scope).toEqual({ hidden: true, role: 'lead' });
  }
  expect((await ask('/v1/facets')).json.scope).toBeUndefined();
  const role = await ask(`/v1/operators/${OPS}`, {}, member);
  expect(role.json.operator).toMatchObject({ id: OPS, count: 1 });
});

test('an answer with nothing in it says what was searched, what to ask instead, and how fresh the data is', async () => {
  const q = 'outcome:failed resource:ins-none from:4h';
  for (const route of ['events', 'timeline', 'facets', 'operators', 'resources']) {
    const { json } = await ask(`/v1/${route}`, { q: `  ${q} ` });
    expect(json.searched.q, route).toBe(q);
    expect(Date.parse(json.searched.from), route).toBeLessThan(Date.now());
    expect(json.widen, route).toEqual([
      { term: 'resource:ins-none', instead: null, q: 'outcome:failed from:4h' },
      { term: 'from:4h', instead: 'from:1d', q: 'outcome:failed resource:ins-none from:1d' },
      { term: 'outcome:failed', instead: null, q: 'resource:ins-none from:4h' },
    ]);
    expect(json.coverage.sources[0].newest, route).toBe('2026-10-28T13:00:00.000Z');
  }
  expect((await ask('/v1/events', { q: 'outcome:failed' })).json.widen).toBeUndefined();
});

test('an answer takes at most three round trips', async () => {
  for (const path of [
    '/v1/timeline',
    '/v1/facets',
    '/v1/operators',
    '/v1/resources',
    `/v1/operators/${BO}`,
  ]) {
    const { headers } = await ask(path, { q: `from:2026-10-01 -operator:"nobody"` });
    const trips = Number(/trips=(\d+)/.exec(headers.get('server-timing') ?? '')?.[1]);
    expect(trips, path).toBeLessThanOrEqual(3);
  }
});
