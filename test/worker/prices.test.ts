import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookUpPrices } from '../../worker/ingest/prices/prices.ts';
import { featuresOf, readFeature, type Feature } from '../../worker/store/features.ts';
import { openStore, rows, run, type Store } from '../../worker/store/meter.ts';
import type { JsonObject } from '../../shared/event/json.ts';
import { startCloud } from '../support/cloud/cloud.ts';
import type { Cloud, CloudDeal } from '../support/cloud/types.ts';
import { knowKey } from '../support/api-key.ts';
import { by, record } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const ACCOUNT = '1250000001';
const KEY = { secretId: 'AKIDprices', secretKey: 'made-up-secret', account: ACCOUNT };
const MINUTE = 60_000;
const BOUGHT = Math.floor(Date.now() / 1000) * 1000 - 30 * MINUTE;

let worker: TestWorker;
let cloud: Cloud;
let store: Store;
let now = Date.now();

beforeAll(async () => {
  cloud = await startCloud({
    keys: [{ ...KEY, permissions: ['cloudaudit:*'] }],
    clock: () => now,
    // Hours pass in moments here.
    perSecond: 1000,
  });
  worker = await startWorker();
  store = openStore(worker.db);
  await knowKey(store, KEY);
});
afterAll(async () => {
  await worker.close();
  await cloud.close();
});

async function lookUp(minutes: number): Promise<void> {
  now += minutes * MINUTE;
  await lookUpPrices(
    { store, fetch, clock: () => now },
    {
      SIDETRAIL_LOCAL: '1',
      TENCENT_SECRET_ID: KEY.secretId,
      TENCENT_SECRET_KEY: KEY.secretKey,
      TENCENT_ENDPOINT: cloud.url,
    },
  );
}

async function feature(): Promise<Feature | undefined> {
  const [found] = await run(store, [featuresOf(store)]);
  return rows(found, readFeature).find(({ name }) => name === 'prices');
}

let number = 0;

function purchase(changes: JsonObject): JsonObject {
  number += 1;
  return record({ requestID: `purchase-${number}`, eventTime: BOUGHT / 1000 - number, ...changes });
}

/** Instances that were bought ahead. */
function instances(ids: string[], changes: JsonObject = {}): JsonObject {
  return purchase({
    requestParameters: JSON.stringify({ InstanceChargeType: 'PREPAID', InstanceCount: ids.length }),
    responseElements: JSON.stringify({ InstanceIdSet: ids }),
    resourceName: ids.map((id) => `instance/${id}`).join('|'),
    ...changes,
  });
}

/** A database, whose answer names the sub-order. */
function database(order: string): JsonObject {
  return purchase({
    eventName: 'CreateDBInstance',
    resourceType: 'cdb',
    requestParameters: JSON.stringify({ GoodsNum: 1, Period: 1 }),
    responseElements: JSON.stringify({ DealIds: [order], InstanceIds: [`cdb-${order}`] }),
    resourceName: `instance/cdb-${order}`,
  });
}

function deal(changes: Partial<CloudDeal> & { orderId: string }): CloudDeal {
  return {
    bigDealId: `big-${changes.orderId}`,
    createdAt: BOUGHT + MINUTE,
    payer: ACCOUNT,
    creator: '100000000011',
    amount: 123_456,
    currency: 'CNY',
    productCode: 'p_cvm',
    resourceIds: [],
    ...changes,
  };
}

async function prices(
  token?: string,
): Promise<{ state: string; byName: Record<string, object | undefined> }> {
  const { json } = await worker.call('/v1/purchases', token === undefined ? {} : { token });
  const entries: { event: { resources: { id: string }[] }; price?: object }[] = json.purchases;
  return {
    state: json.prices,
    byName: Object.fromEntries(entries.map(({ event, price }) => [event.resources[0]?.id, price])),
  };
}

test('where nobody looks prices up, nothing is said of them', async () => {
  await worker.send([instances(['ins-00000001', 'ins-00000002']), database('20261122001')]);
  expect((await prices()).state).toBeUndefined();
});

test('a key that may not ask billing is said once, and breaks nothing', async () => {
  await lookUp(0);
  await lookUp(1);
  const { state, byName } = await prices();
  expect(state).toBe('not-permitted');
  expect(byName['ins-00000001']).toBeUndefined();
  expect(cloud.calls).toHaveLength(1);
  expect((await feature())?.problem).toMatchObject({
    kind: 'permission',
    advice: expect.stringContaining('finance:DescribeDealsByCond'),
  });
});

test('prices are found by deal, by order and by resource; what billing does not have yet is pending', async () => {
  cloud.keys.set(KEY.secretId, KEY);
  await lookUp(7 * 60);
  expect((await prices()).state).toBe('pending');
  cloud.account(ACCOUNT).deals.push(
    deal({ orderId: '20261122001', amount: 9_900, payer: '' }),
    // One order of two sub-orders: what was bought is in both.
    deal({ orderId: 'a', bigDealId: 'b', resourceIds: ['ins-00000001'], amount: 100_00 }),
    deal({ orderId: 'c', bigDealId: 'b', resourceIds: ['ins-00000002'], amount: 50_05 }),
  );
  await lookUp(24 * 60);
  const { state, byName } = await prices();
  expect(byName['ins-00000001']).toEqual({
    amount: '150.05',
    currency: 'CNY',
    payer: ACCOUNT,
    status: 'exact',
  });
  expect(byName['cdb-20261122001']).toEqual({ amount: '99.00', currency: 'CNY', status: 'exact' });
  expect(state).toBe('ok');
  const { json } = await worker.call('/v1/resources/ins-00000002');
  expect(json.purchaser.price).toMatchObject({ amount: '150.05', status: 'exact' });
  expect(json.prices).toBe('ok');
  const asked = cloud.calls.length;
  await lookUp(60);
  expect(cloud.calls).toHaveLength(asked);
});

test('a deal of another time or for something else, two that fit, and what is paid later give no price', async () => {
  cloud
    .account(ACCOUNT)
    .deals.push(
      deal({ orderId: 'early', resourceIds: ['ins-00000003'], createdAt: BOUGHT - 300 * MINUTE }),
      deal({ orderId: 'one', resourceIds: ['ins-00000004'] }),
      deal({ orderId: 'two', resourceIds: ['ins-00000004'] }),
      deal({ orderId: 'half', resourceIds: ['ins-00000005'] }),
      deal({ orderId: 'hourly', resourceIds: ['ins-00000007'] }),
    );
  await worker.send([
    instances(['ins-00000003']),
    instances(['ins-00000004']),
    instances(['ins-00000005', 'ins-00000006']),
    instances(['ins-00000007'], {
      requestParameters: JSON.stringify({ InstanceChargeType: 'POSTPAID_BY_HOUR' }),
    }),
  ]);
  await lookUp(60);
  const { byName } = await prices();
  for (const last of [3, 4, 5, 7]) expect(byName[`ins-0000000${last}`]).toBeUndefined();
});

test('calls of a tick are bounded, and the next goes on', async () => {
  await worker.send(Array.from({ length: 30 }, (_, i) => instances([`ins-1000${1000 + i}`])));
  cloud.calls.splice(0);
  await lookUp(20);
  const first = cloud.calls.length;
  expect(first).toBeLessThanOrEqual(20);
  expect((await prices()).state).toBe('pending');
  for (let tick = 0; tick < 4; tick += 1) await lookUp(1);
  expect(cloud.calls.length).toBeGreaterThanOrEqual(30);
});

test('a failure backs off, and what was found before stays', async () => {
  cloud.faults.rates.server = 1;
  await lookUp(20);
  const asked = cloud.calls.length;
  await lookUp(0);
  expect(cloud.calls).toHaveLength(asked);
  expect((await feature())?.problem).toMatchObject({ kind: 'server' });
  const { state, byName } = await prices();
  expect(state).toBe('pending');
  expect(byName['ins-00000001']).toBeDefined();
  cloud.faults.rates.server = 0;
});

test('a price is seen by whoever sees the purchase, and goes with it', async () => {
  await worker.send([instances(['ins-00000009'], by('100000000077'))]);
  const member = await worker.call('/v1/members', {
    method: 'POST',
    json: {
      id: 'buyer',
      name: 'Buyer',
      role: 'member',
      accounts: [ACCOUNT],
      operators: [{ account: ACCOUNT, id: '100000000077' }],
    },
  });
  expect(member.status).toBeLessThan(300);
  const { json: token } = await worker.call('/v1/tokens', { method: 'POST', json: { member: 'buyer' } });
  cloud.account(ACCOUNT).deals.push(deal({ orderId: 'own', resourceIds: ['ins-00000009'], amount: 1 }));
  for (let tick = 0; tick < 6; tick += 1) await lookUp(20);
  const { byName } = await prices(token.token);
  expect(byName).toEqual({
    'ins-00000009': { amount: '0.01', currency: 'CNY', payer: ACCOUNT, status: 'exact' },
  });
  await worker.db.prepare('DELETE FROM event').run();
  expect(await worker.db.prepare('SELECT count(*) AS n FROM price').first('n')).toBe(0);
});
