import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObject, parseJson, stringify } from '../../../shared/event/json.ts';
import { parseRecord } from '../../../shared/event/parse.ts';
import type { ApiClient } from '../../../worker/tencent/call.ts';
import { describeEvents, type EventsPage } from '../../../worker/tencent/events.ts';
import { KEY, NOW } from './keys.ts';
import { inTurn, json, plain, serve } from './server.ts';

const WINDOW = { region: 'ap-guangzhou', startTime: NOW / 1000 - 1800, endTime: NOW / 1000 };

const ITEM = {
  EventId: '5a1c0f6e-3b1d-4b0e-9a52-000000000001',
  Username: 'web-deploy',
  EventTime: '1795356180',
  EventName: 'RunInstances',
  EventNameCn: '创建实例',
  ErrorCode: 0,
  SecretId: 'AKIDexample0000000000000000000000000',
  EventSource: 'cvm.tencentcloudapi.com',
  RequestID: '5a1c0f6e-3b1d-4b0e-9a52-000000000001',
  ResourceRegion: '',
  EventRegion: 'ap-guangzhou',
  AccountID: 100000000001,
  SourceIPAddress: '203.0.113.7',
  ResourceTypeCn: '云服务器',
  Resources: { ResourceType: 'cvm', ResourceName: 'ins-0example' },
  Location: '中国广东省深圳市 电信',
  CloudAuditEvent: JSON.stringify({
    userIdentity: {
      principalId: '100000000002',
      accountId: '100000000001',
      type: 'CAMUser',
      userName: 'web-deploy',
    },
    eventName: 'RunInstances',
    eventTime: 1795356180,
    requestID: '5a1c0f6e-3b1d-4b0e-9a52-000000000001',
    actionType: 'Write',
    resourceType: 'cvm',
    resourceName: 'ins-0example',
    apiErrorCode: '0',
  }),
};

async function client(...answers: string[]): Promise<{ client: ApiClient; bodies: () => string[] }> {
  const { origin, asked } = await serve(inTurn(...answers.map((answer) => plain(answer))));
  return {
    client: { credential: KEY, endpoint: origin, fetch, timeoutMs: 2000 },
    bodies: () => asked.map(({ body }) => body.toString()),
  };
}

function page(fields: string): string {
  return `{"Response":{${fields},"RequestId":"req-1"}}`;
}

async function read(fields: string): Promise<EventsPage> {
  const answer = await describeEvents((await client(page(fields))).client, WINDOW, NOW);
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer;
}

test.each(['16805138109322956', '9007199254740993', '18446744073709551615', '0'])(
  'the token %s comes back byte for byte, as a bare number',
  async (token) => {
    const first = page(`"Events":[],"ListOver":false,"NextToken":${token}`);
    const { client: api, bodies } = await client(first, page('"Events":[],"ListOver":true'));
    const one = await describeEvents(api, WINDOW, NOW);
    expect(one).toEqual({ ok: true, records: [], listOver: false, nextToken: token });
    await describeEvents(api, { ...WINDOW, nextToken: token }, NOW);
    expect(bodies()[1]).toContain(`"NextToken":${token}}`);
  },
);

test('any token of 64 bits survives both ways', async () => {
  const { client: api, bodies } = await client(page('"Events":[],"ListOver":true'));
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), async (token) => {
      await describeEvents(api, { ...WINDOW, nextToken: String(token) }, NOW);
      expect(bodies().at(-1)).toContain(`"NextToken":${token}}`);
      expect((await read(`"Events":[],"ListOver":false,"NextToken":${token}`)).nextToken).toBe(String(token));
    }),
    { numRuns: 20 },
  );
});

test('a token that is text goes back as text', async () => {
  const { client: api, bodies } = await client(page('"Events":[],"ListOver":false,"NextToken":"DnF1ZXJ5=="'));
  const one = await describeEvents(api, WINDOW, NOW);
  expect(one).toMatchObject({ nextToken: 'DnF1ZXJ5==' });
  await describeEvents(api, { ...WINDOW, nextToken: 'DnF1ZXJ5==' }, NOW);
  expect(bodies()[1]).toContain('"NextToken":"DnF1ZXJ5=="}');
});

test('a window is asked for in pages of 50 with the place of addresses, and one attribute per value', async () => {
  const { client: api, bodies } = await client(page('"Events":[],"ListOver":true'));
  const attributes = [
    { key: 'EventName', value: 'RunInstances' },
    { key: 'EventName', value: 'TerminateInstances' },
    { key: 'ActionType', value: 'Write' },
  ];
  await describeEvents(api, { ...WINDOW, attributes }, NOW);
  expect(JSON.parse(bodies()[0] ?? '')).toEqual({
    StartTime: WINDOW.startTime,
    EndTime: WINDOW.endTime,
    MaxResults: 50,
    IsReturnLocation: 1,
    LookupAttributes: [
      { AttributeKey: 'EventName', AttributeValue: 'RunInstances' },
      { AttributeKey: 'EventName', AttributeValue: 'TerminateInstances' },
      { AttributeKey: 'ActionType', AttributeValue: 'Write' },
    ],
  });
});

test.each([
  ['true', true],
  ['1', true],
  ['"true"', true],
  ['false', false],
  ['0', false],
  ['"False"', false],
])('ListOver %s is read as %s', async (written, listOver) => {
  expect(await read(`"Events":[],"ListOver":${written},"NextToken":7`)).toMatchObject({ listOver });
});

test('a token that leads to itself is no page, or reading it would never end', async () => {
  const { client: api } = await client(page('"Events":[],"ListOver":false,"NextToken":"7"'));
  const again = await describeEvents(api, { ...WINDOW, nextToken: '7' }, NOW);
  expect(again).toMatchObject({ ok: false, failure: { kind: 'unreadable', code: 'BadPage' } });
});

test('the last page may have a token or none, and no events at all', async () => {
  expect(await read('"Events":null,"ListOver":true,"NextToken":7')).toEqual({
    ok: true,
    records: [],
    listOver: true,
    nextToken: '7',
  });
  expect(await read('"ListOver":true')).toEqual({ ok: true, records: [], listOver: true });
});

test.each([
  ['more pages without a token', '"Events":[],"ListOver":false'],
  ['no word on whether it is the last', '"Events":[]'],
  ['events that are no list', '"Events":{},"ListOver":true'],
])('a page with %s is no page, so that no stretch counts as read', async (_, fields) => {
  const answer = await describeEvents((await client(page(fields))).client, WINDOW, NOW);
  expect(answer).toMatchObject({
    ok: false,
    failure: { kind: 'unreadable', code: 'BadPage', requestId: 'req-1' },
  });
});

test('what the call fails with is handed on', async () => {
  const { origin } = await serve(
    json({ Response: { Error: { Code: 'RequestLimitExceeded', Message: 'no' } } }),
  );
  const api: ApiClient = { credential: KEY, endpoint: origin, fetch, timeoutMs: 2000 };
  expect(await describeEvents(api, WINDOW, NOW)).toMatchObject({ ok: false, failure: { kind: 'limit' } });
});

test('an item parses with what only its summary has: title and place', async () => {
  const { records } = await read(`"Events":[${JSON.stringify(ITEM)}],"ListOver":true`);
  const parsed = parseRecord(records[0] ?? null, { source: 'api', received: '2026-11-22T14:03:00Z' });
  expect(parsed).toMatchObject({
    ok: true,
    event: {
      summary: {
        account: '100000000001',
        event: 'RunInstances',
        title: { zh: '创建实例' },
        product: 'cvm',
        place: '中国广东省深圳市 电信',
        outcome: 'ok',
        resources: [{ id: 'ins-0example' }],
      },
    },
  });
});

test('digits past 2^53 in a record stay as they are', async () => {
  const item = JSON.stringify({ EventName: 'X' }).replace('}', ',"AccountID":4611686018429146108}');
  const { records } = await read(`"Events":[${item}],"ListOver":true`);
  const [record] = records;
  if (!isObject(record)) throw new Error('no record');
  expect(stringify(record)).toBe(item);
  expect(parseJson(stringify(record))).toEqual({ ok: true, value: record });
});
