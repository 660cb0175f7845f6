import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { purchases as schema, type PurchaseEntry, type PurchaseTotals } from '../../shared/api/purchases.ts';
import { purchasesOf } from '../../worker/query/purchases.ts';
import { openStore } from '../../worker/store/meter.ts';
import type { Scope } from '../../worker/store/scope.ts';
import { provideHex } from '../bench/hex.ts';
import { by, record, secondsAgo } from '../support/record.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const ACCOUNT = '1250000001';
const [LIN, WANG, HE] = ['100000000011', '100000000012', '100000000013'];
const OLD = 'disk-01d00000';
const OLDER = 'disk-01de0000';
const NEW = 'disk-1e000000';
const HOUR = 3_600;

let worker: TestWorker;
let sent = 0;

function deed(ago: number, changes: Record<string, unknown>) {
  sent += 1;
  return record({ requestID: `told-${sent}`, eventTime: secondsAgo(ago), ...changes });
}

/** The old console buys disks for its user. */
function blind(ago: number, operator: string, requestID: string) {
  const nothing = { requestParameters: '', responseElements: '', resourceName: 'disk/*' };
  return deed(ago, { ...by(operator), ...nothing, eventName: 'CreateCbsStorages', requestID });
}

function look(ago: number, operator: string, ...ids: string[]) {
  const request = { requestParameters: '{}', resourceName: ids.map((id) => `disk/${id}`).join('|') };
  return deed(ago, { ...by(operator), ...request, eventName: 'DescribeCbsStorages', actionType: 'Read' });
}

function run(ago: number, requestID: string, token: string, id: string) {
  return deed(ago, {
    ...by(LIN),
    requestID,
    requestParameters: JSON.stringify({ InstanceCount: 1, ClientToken: token }),
    responseElements: JSON.stringify({ InstanceIdSet: [id] }),
    resourceName: `instance/${id}`,
  });
}

const DELIVERER = {
  userIdentity: { type: 'TencentCloudService', principalId: '4611686018428500014', accountId: ACCOUNT },
};

beforeAll(async () => {
  worker = await startWorker();
  provideHex();
  await worker.send(
    [
      look(90 * HOUR, WANG, OLDER),
      look(80 * HOUR, LIN, OLD),
      // Bought and looked at, beside what was there before.
      blind(10 * HOUR, LIN, 'plain'),
      look(10 * HOUR - 60, LIN, OLD, NEW, OLDER),
      // Somebody else sees it first.
      blind(9 * HOUR, LIN, 'raced'),
      look(9 * HOUR - 60, WANG, 'disk-2e000000'),
      look(9 * HOUR - 90, LIN, 'disk-2e000000'),
      // Two calls, one new disk.
      blind(8 * HOUR, LIN, 'twice-1'),
      blind(8 * HOUR - 5, LIN, 'twice-2'),
      look(8 * HOUR - 60, LIN, 'disk-3e000000'),
      // One call, two new disks, of which one has a purchase of its own on record.
      blind(7 * HOUR, LIN, 'beside'),
      look(7 * HOUR - 60, LIN, 'disk-4e000000'),
      deed(7 * HOUR - 70, {
        ...by(LIN),
        eventName: 'CreateDisks',
        resourceType: 'cbs',
        requestParameters: '{"DiskCount":1}',
        responseElements: '{"DiskIdSet":["disk-5e000000"]}',
        resourceName: '',
      }),
      look(7 * HOUR - 80, LIN, 'disk-5e000000'),
      // Many bought one after another: each has its own.
      ...Array.from({ length: 30 }, (_, i) => [
        blind(6 * HOUR - 40 * i, HE, `many-${i}`),
        look(6 * HOUR - 40 * i - 20, HE, `disk-${String(i).padStart(8, '0')}`),
      ]).flat(),
      // Asked again; asked for another; bought by a service that was asked in the console.
      run(5 * HOUR, 'asked', 'token-1', 'ins-00000001'),
      run(5 * HOUR - 30, 'asked-again', 'token-1', 'ins-00000001'),
      run(5 * HOUR - 60, 'asked-anew', 'token-2', 'ins-00000002'),
      deed(4 * HOUR, {
        ...by(WANG),
        requestID: 'order',
        eventName: 'CreateOrders',
        resourceType: 'finance',
        requestParameters: JSON.stringify({
          goods: [{ goodsCategoryName: 'cvm', region: 'ap-guangzhou', goodsNum: 1 }],
        }),
        responseElements: '{"bigDealId":"20261101120000123456"}',
        resourceName: '',
      }),
      deed(4 * HOUR - 100, { ...DELIVERER, requestID: 'delivery', resourceName: 'instance/ins-00000003' }),
    ],
    { source: 'api' },
  );
});

afterAll(async () => {
  await worker?.close();
});

async function list(parameters: Record<string, string> = {}) {
  const reply = await worker.call(
    `/v1/purchases?${new URLSearchParams({ tz: 'UTC', limit: '1000', ...parameters })}`,
  );
  expect(reply.status, reply.text).toBe(200);
  expect(v.parse(schema, reply.json)).toEqual(reply.json);
  return reply;
}

async function entry(requestId: string): Promise<PurchaseEntry | undefined> {
  const { json } = await list();
  return json.purchases.find(({ event }: PurchaseEntry) => event.requestId === requestId);
}

test('a call without parameters is shown with what its caller is the first to name after it', async () => {
  const found = await entry('plain');
  expect(found).toMatchObject({
    status: 'exact',
    delivery: { status: 'approximate', reason: 'parameterless' },
    resources: [{ id: NEW }],
  });
  expect(found?.resources).toHaveLength(1);
});

test('what somebody else saw before is nothing that it bought', async () => {
  const found = await entry('raced');
  expect(found?.delivery).toBeUndefined();
  expect(found?.resources).toEqual([]);
});

test('of two calls and one thing it is told that either may have bought it', async () => {
  for (const requestId of ['twice-1', 'twice-2']) {
    expect(await entry(requestId)).toMatchObject({
      delivery: {
        status: 'approximate',
        reason: 'tie',
        candidates: [{ resources: [{ id: 'disk-3e000000' }] }],
      },
      resources: [],
    });
  }
});

test('what has a purchase of its own on record is no candidate', async () => {
  expect((await entry('beside'))?.resources.map(({ id }) => id)).toEqual(['disk-4e000000']);
});

const seven = async (more: { cursor?: string }) =>
  (await list({ q: `operator:${HE}`, limit: '7', ...more })).json;

test('each of many calls has its own, on whichever page it is', async () => {
  const found: PurchaseEntry[] = [];
  for await (const page of pagesOf(seven)) found.push(...page.purchases);
  expect(found.map(({ resources }) => resources.map(({ id }) => id))).toEqual(
    Array.from({ length: 30 }, (_, i) => [`disk-${String(29 - i).padStart(8, '0')}`]),
  );
});

test('a page costs two round trips after the caller’s own, its totals beside it', async () => {
  const { headers } = await list();
  expect(Number(/trips=(\d+)/.exec(headers.get('server-timing') ?? '')?.[1])).toBeLessThanOrEqual(3);
});

test('what others may have seen before is told nobody who may not see their events', async () => {
  const scope: Scope = { accounts: '*', operators: [{ account: ACCOUNT, id: LIN }] };
  const { purchases } = await purchasesOf(openStore(worker.db), { query: { terms: [] }, scope, limit: 100 });
  const found = purchases.find(({ event }) => event.requestId === 'plain');
  expect(found?.resources).toEqual([]);
  expect(found?.delivery).toBeUndefined();
});

test('the same call with the same token is the same purchase, another token another one', async () => {
  const first = await entry('asked');
  expect(first?.repeats).toBeUndefined();
  expect((await entry('asked-again'))?.repeats).toBe(first?.event.id);
  expect((await entry('asked-anew'))?.repeats).toBeUndefined();
});

test('what is repeated is found beyond the end of a page', async () => {
  const first = await entry('asked');
  const { json } = await list({ q: 'request:asked,asked-again', limit: '1' });
  expect(json.purchases[0].event.requestId).toBe('asked-again');
  expect(json.purchases[0].repeats).toBe(first?.event.id);
});

test('an order and its delivery by a service are never added up', async () => {
  const { json } = await list({ q: 'request:order,delivery' });
  const totals: PurchaseTotals = json.by;
  // Months are counted one by one: there may be two of them, where one began between the two events.
  expect(totals.month.flatMap(({ kinds }) => kinds.create ?? [])).toEqual([1]);
  expect(totals.month.flatMap(({ services }) => services?.create ?? [])).toEqual([1]);
  expect(Object.fromEntries(totals.product.map(({ product, ...counts }) => [product, counts]))).toEqual({
    finance: { kinds: { create: 1 } },
    cvm: { kinds: {}, services: { create: 1 } },
  });
  const people = totals.person.map(({ type, id, kinds }) => [`${type} ${id}`, kinds]);
  expect(Object.fromEntries(people)).toEqual({
    [`person ${WANG}`]: { create: 1 },
    'service 4611686018428500014': { create: 1 },
  });
});
