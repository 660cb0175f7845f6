/** The fake cloud is honest: the vendor's own clients work against it, and it refuses what the vendor refuses. */
import { afterEach, expect, test } from 'vitest';
import { isList, isObject, text } from '../../shared/event/json.ts';
import { startCloud } from '../support/cloud/cloud.ts';
import type { Cloud, CloudOptions } from '../support/cloud/types.ts';
import { record } from '../support/record.ts';
import { openSdk } from './sdk.ts';
import { callSigned, type ApiReply, type Spoiled } from './signed.ts';

const KEY = { secretId: 'AKIDtest0000000000000000000000000001', secretKey: 'key-of-the-fake-cloud' };
const ACCOUNT = '1250000001';
const DAY = 86_400;
const SDK_TIME = 30_000;

let cloud: Cloud | undefined;
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});

async function open(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  cloud = await startCloud({ keys: [{ ...KEY, account: ACCOUNT }], ...options });
  return cloud;
}

const seconds = (): number => Math.floor(Date.now() / 1000);

function addRecords(to: Cloud, count: number, account = ACCOUNT): void {
  const now = seconds();
  for (let i = 0; i < count; i += 1) {
    to.add(
      record({
        requestID: `${account}-${i}`,
        eventTime: now - 600 + i,
        userIdentity: { type: 'Root', accountId: account, principalId: account, userName: 'root' },
      }),
      { indexedAt: (now - 500) * 1000 + i },
    );
  }
}

function describe(spoiled: Spoiled = {}): Promise<ApiReply> {
  const good = { StartTime: seconds() - 3600, EndTime: seconds() + 1, MaxResults: 50 };
  const action = { action: 'DescribeEvents', version: '2019-03-19', key: KEY };
  return callSigned(cloud?.url ?? '', action, { parameters: good, ...spoiled });
}

function requestIds({ response }: ApiReply): string[] {
  const events = response['Events'];
  return (isList(events) ? events : []).map((event) => (isObject(event) ? text(event['RequestID']) : ''));
}

/** All pages of the last hour, by the tokens as they were given. */
async function allPages(): Promise<string[]> {
  const [from, to] = [seconds() - 3600, seconds() + 1];
  const ids: string[] = [];
  let token = '';
  for (;;) {
    const next = token === '' ? '' : `,"NextToken":${token}`;
    const page = await describe({
      parameters: `{"StartTime":${from},"EndTime":${to},"MaxResults":50${next}}`,
    });
    expect(page.code).toBe('');
    ids.push(...requestIds(page));
    if (page.response['ListOver'] === true) return ids;
    token = text(page.response['NextToken']);
  }
}

for (const order of ['newest', 'oldest'] as const) {
  test(`the vendor's client reads all pages, ${order} first`, { timeout: SDK_TIME }, async () => {
    const fake = await open({ order, tokens: 'any' });
    addRecords(fake, 120);
    const { cloudaudit } = openSdk(fake.url, KEY);
    const ids = new Set<string>();
    let token: number | undefined;
    for (let over = false; !over;) {
      const asked = { StartTime: seconds() - 3600, EndTime: seconds() + 1, MaxResults: 50 };
      const page = await cloudaudit.DescribeEvents(
        token === undefined ? asked : { ...asked, NextToken: token },
      );
      for (const { RequestID } of page.Events ?? []) ids.add(RequestID ?? '');
      [over, token] = [page.ListOver ?? true, Number(page.NextToken)];
    }
    expect(ids.size).toBe(120);
  });

  test(`pages go ${order} first by the time of indexing, not of the event`, async () => {
    const fake = await open({ order });
    const now = seconds();
    fake.add(record({ requestID: 'first', eventTime: now - 30 }), { indexedAt: (now - 20) * 1000 });
    fake.add(record({ requestID: 'late', eventTime: now - 300 }), { indexedAt: (now - 10) * 1000 });
    const seen = requestIds(await describe());
    expect(seen).toEqual(order === 'newest' ? ['late', 'first'] : ['first', 'late']);
  });

  test(`pages taken ${order} first by exact tokens give each record once`, async () => {
    const fake = await open({ order });
    addRecords(fake, 120);
    const ids = await allPages();
    expect([ids.length, new Set(ids).size]).toEqual([120, 120]);
  });
}

test('an event has the types of the official example', { timeout: SDK_TIME }, async () => {
  const fake = await open();
  const eventTime = seconds() - 60;
  const raw = record({ requestID: 'one', eventTime, errorCode: '4102' });
  fake.add(raw);
  const { cloudaudit } = openSdk(fake.url, KEY);
  const { Events = [] } = await cloudaudit.DescribeEvents({
    StartTime: seconds() - 3600,
    EndTime: seconds() + 1,
    IsReturnLocation: 1,
  });
  expect(Events).toHaveLength(1);
  const [event] = Events;
  expect(event).toMatchObject({
    EventId: 'one',
    Username: 'web-deploy',
    EventTime: String(eventTime),
    ErrorCode: 4102,
    AccountID: 1_250_000_001,
    Resources: { ResourceType: 'cvm', ResourceName: 'instance/ins-0a1b2c3d' },
  });
  expect(JSON.parse(event?.CloudAuditEvent ?? '')).toEqual(raw);
  expect(event?.Location).toBeTypeOf('string');
  const { response } = await describe();
  expect(JSON.stringify(response['Events'])).not.toContain('Location');
  expect(text(response['NextToken'])).toMatch(/^\d{17}$/);
});

test('a record is not to be seen before it is indexed', async () => {
  let now = Date.now();
  const fake = await open({ clock: () => now });
  fake.add(record({ requestID: 'soon', eventTime: Math.floor(now / 1000) - 5 }), { indexedAt: now + 60_000 });
  expect(requestIds(await describe())).toEqual([]);
  now += 61_000;
  expect(requestIds(await describe({ timestamp: Math.floor(now / 1000) }))).toEqual(['soon']);
});

const GOOD = { StartTime: seconds() - 3600, EndTime: seconds() };

test.each<[string, Spoiled, string]>([
  ['no signature', { headers: { authorization: undefined } }, 'AuthFailure.InvalidAuthorization'],
  ['another secret', { secretKey: 'not-the-key' }, 'AuthFailure.SignatureFailure'],
  ['an unknown id', { secretId: 'AKIDunknown' }, 'AuthFailure.SecretIdNotFound'],
  ['a clock 6 minutes late', { timestamp: seconds() - 360 }, 'AuthFailure.SignatureExpire'],
  [
    'another content type than the signed',
    { signedType: 'application/json; charset=utf-8' },
    'AuthFailure.SignatureFailure',
  ],
  ['a service that is not called', { service: 'cvm' }, 'AuthFailure.InvalidAuthorization'],
  ['a token that nobody gave', { headers: { 'x-tc-token': 'made-up' } }, 'AuthFailure.TokenFailure'],
  ['a form instead of JSON', { headers: { 'content-type': 'text/plain' } }, 'InvalidRequest'],
  ['no region', { headers: { 'x-tc-region': undefined } }, 'MissingParameter'],
  ['a region that is not served', { headers: { 'x-tc-region': 'ap-beijing' } }, 'UnsupportedRegion'],
  ['an unknown action', { headers: { 'x-tc-action': 'DescribeNothing' } }, 'InvalidAction'],
  ['another version', { headers: { 'x-tc-version': '2018-01-01' } }, 'NoSuchVersion'],
  ['a body that is no JSON', { parameters: '{' }, 'InvalidRequest'],
  ['no end', { parameters: { StartTime: GOOD.StartTime } }, 'MissingParameter'],
  ['an unknown parameter', { parameters: { ...GOOD, Limit: 5 } }, 'UnknownParameter'],
  ['a time as text', { parameters: { ...GOOD, EndTime: String(GOOD.EndTime) } }, 'InvalidParameter'],
  ['a page of 51', { parameters: { ...GOOD, MaxResults: 51 } }, 'InvalidParameterValue'],
  ['30 days', { parameters: { ...GOOD, StartTime: GOOD.EndTime - 30 * DAY } }, 'InvalidParameter'],
  [
    '91 days ago',
    { parameters: { StartTime: GOOD.EndTime - 91 * DAY, EndTime: GOOD.EndTime - 90 * DAY } },
    'InvalidParameter',
  ],
  [
    'an end before the start',
    { parameters: { StartTime: GOOD.EndTime, EndTime: GOOD.StartTime } },
    'InvalidParameter',
  ],
  [
    'a token that was not given',
    { parameters: { ...GOOD, NextToken: 16_000_000_000_000_000 } },
    'InvalidParameter',
  ],
  [
    'an unknown attribute',
    { parameters: { ...GOOD, LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'true' }] } },
    'InvalidParameter',
  ],
  [
    'an attribute without a key',
    { parameters: { ...GOOD, LookupAttributes: [{ AttributeValue: 'true' }] } },
    'MissingParameter',
  ],
])('a call with %s is refused', async (_, spoiled, code) => {
  await open();
  expect((await describe(spoiled)).code).toBe(code);
});

test('attributes narrow down: several values of a key widen, several keys narrow', async () => {
  const fake = await open();
  const now = seconds() - 60;
  for (const [requestID, eventName, actionType] of [
    ['a', 'RunInstances', 'Write'],
    ['b', 'StopInstances', 'Write'],
    ['c', 'DescribeInstances', 'Read'],
  ] as const) {
    fake.add(record({ requestID, eventName, actionType, eventTime: now }));
  }
  const attributes = (...pairs: [string, string][]) => ({
    parameters: {
      ...GOOD,
      EndTime: seconds() + 1,
      LookupAttributes: pairs.map(([AttributeKey, AttributeValue]) => ({ AttributeKey, AttributeValue })),
    },
  });
  const names = attributes(['EventName', 'RunInstances'], ['EventName', 'DescribeInstances']);
  expect(requestIds(await describe(names)).toSorted()).toEqual(['a', 'c']);
  const both = attributes(['EventName', 'DescribeInstances'], ['ActionType', 'Write']);
  expect(requestIds(await describe(both))).toEqual([]);
});

test('a missing permission is told in the words of CAM', async () => {
  await open({ keys: [{ ...KEY, account: ACCOUNT, permissions: ['cam:*', 'sts:GetCallerIdentity'] }] });
  const refused = await describe();
  expect(refused.code).toBe('UnauthorizedOperation');
  expect(refused.message).toMatch(
    /^\[request id:[\w-]{36}\]you are not authorized to perform operation \(cloudaudit:DescribeEvents\)\nresource \(\*\) has no permission\n$/,
  );
});

test('a temporary key works with its token until it ends', async () => {
  const expires = Date.now() + 60_000;
  const fake = await open({ keys: [{ ...KEY, account: ACCOUNT, token: 'session', expires }] });
  const withToken = { headers: { 'x-tc-token': 'session' } };
  expect((await describe()).code).toBe('AuthFailure.TokenFailure');
  expect((await describe(withToken)).code).toBe('');
  fake.setClock(() => expires);
  expect((await describe(withToken)).code).toBe('AuthFailure.TokenFailure');
});

test('a key reads the records of its account and of its members, nobody else’s', async () => {
  const fake = await open({ keys: [{ ...KEY, account: ACCOUNT, members: ['1250000002'] }] });
  for (const account of [ACCOUNT, '1250000002', '1250000003']) addRecords(fake, 1, account);
  expect(requestIds(await describe()).toSorted()).toEqual([`${ACCOUNT}-0`, '1250000002-0']);
});

test('the 21st request of a second is over the rate, of that action and account alone', async () => {
  const other = { secretId: 'AKIDother', secretKey: 'other' };
  const fake = await open({
    keys: [
      { ...KEY, account: ACCOUNT },
      { ...other, account: '1250000002' },
    ],
  });
  const codes = (await Promise.all(Array.from({ length: 25 }, () => describe()))).map(({ code }) => code);
  expect(codes.filter((code) => code === 'RequestLimitExceeded')).toHaveLength(5);
  expect((await describe(other)).code).toBe('');
  const caller = { action: 'GetCallerIdentity', version: '2018-08-13', key: KEY };
  expect((await callSigned(fake.url, caller)).code).toBe('');
});

test('faults strike as they are drawn, and the same seed draws the same', async () => {
  const rates = { limit: 0.1, internal: 0.1, server: 0.1, truncated: 0.1, dropped: 0.1 };
  const outcomes: string[][] = [];
  for (const seed of [5, 5, 6]) {
    const fake = await open({ seed, faults: { rates }, perSecond: 1000 });
    for (let i = 0; i < 60; i += 1) await describe().catch(() => undefined);
    outcomes.push(fake.calls.map(({ outcome }) => outcome));
    await fake.close();
  }
  expect(new Set(outcomes[0])).toEqual(new Set(['ok', ...Object.keys(rates)]));
  expect(outcomes[0]).toEqual(outcomes[1]);
  expect(outcomes[0]).not.toEqual(outcomes[2]);
});

test('each fault is what it says', async () => {
  const fake = await open({ faults: { slowMs: 50 } });
  addRecords(fake, 20);
  fake.faults.next.push('limit', 'internal', 'server');
  expect((await describe()).code).toBe('RequestLimitExceeded');
  expect((await describe()).code).toBe('InternalError');
  expect((await describe()).status).toBeGreaterThanOrEqual(500);
  fake.faults.next.push('dropped');
  await expect(describe()).rejects.toThrow('fetch failed');
  fake.faults.next.push('truncated');
  // Cut with the length of the whole, or with a length that fits.
  expect(await describe().then(requestIds, () => [])).toEqual([]);
  fake.faults.next.push('slow');
  const before = performance.now();
  expect(requestIds(await describe())).toHaveLength(20);
  expect(performance.now() - before).toBeGreaterThanOrEqual(49);
  fake.faults.skewMs = 301_000;
  expect((await describe()).code).toBe('AuthFailure.SignatureExpire');
});
