/** Purchases with more around them than one answer looks at. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { by, record } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const ACCOUNT = '1250000001';
const MEI = '100000000011';
const BOT = '100000000012';
const START = Date.UTC(2026, 10, 1, 4) / 1000;
const CROWD = 1_600;

let worker: TestWorker;

beforeAll(async () => {
  worker = await startWorker();
  await worker.db.prepare(`INSERT INTO account (id, retention) VALUES (?1, 3650)`).bind(ACCOUNT).run();
  const crowd = Array.from({ length: CROWD }, (_, i) => [order(i, START + i), delivery(i, START + 30 + i)]);
  await worker.send(crowd.flat(), { source: 'api' });
  await worker.send(
    [
      at(START - 86_400, 'blind', {
        ...by(BOT),
        eventName: 'CreateCbsStorages',
        resourceName: '',
        requestParameters: '',
      }),
      ...Array.from({ length: 3_100 }, (_, i) => reading(i, START - 86_400 + 1 + (i % 800))),
    ],
    { source: 'api' },
  );
  await worker.tick(new Date());
});

afterAll(async () => {
  await worker?.close();
});

function at(second: number, id: string, changes: Parameters<typeof record>[0]) {
  return record({ requestID: id, eventTime: second, ...changes });
}

function order(i: number, second: number) {
  const requestParameters = JSON.stringify({ goods: [{ goodsCategoryName: 'cvm', goodsNum: 1 }] });
  return at(second, `order-${i}`, {
    ...by(MEI),
    eventName: 'CreateOrders',
    resourceType: 'finance',
    resourceName: '',
    requestParameters,
  });
}

function delivery(i: number, second: number) {
  const id = `ins-${String(i).padStart(8, '0')}`;
  return at(second, `delivery-${i}`, {
    userIdentity: {
      type: 'TencentCloudService',
      principalId: '4611686018428500014',
      accountId: ACCOUNT,
      userName: 'Delivery',
    },
    resourceName: `instance/${id}`,
    responseElements: JSON.stringify({ InstanceIdSet: [id] }),
  });
}

function reading(i: number, second: number) {
  return at(second, `reading-${i}`, {
    ...by(BOT),
    eventName: 'DescribeDisks',
    actionType: 'Read',
    resourceType: 'cbs',
    resourceName: `disk/disk-${String(i).padStart(8, '0')}`,
  });
}

async function purchase(request: string) {
  const reply = await worker.call(`/v1/purchases?q=request:${request}`);
  expect(reply.status, reply.text).toBe(200);
  expect(reply.headers.get('server-timing')).toContain('trips=3');
  return reply.json.purchases[0];
}

test('of a crowd of purchases the newest are matched with their orders', async () => {
  expect(await purchase(`delivery-${CROWD - 1}`)).toMatchObject({
    status: 'approximate',
    reason: 'order',
    buyer: { operator: { id: MEI } },
  });
});

test('who ordered what is not looked at is not said to be nobody', async () => {
  expect(await purchase('delivery-0')).toMatchObject({ status: 'unavailable', reason: 'bound' });
  const { purchaser } = (await worker.call('/v1/resources/ins-00000000')).json;
  expect(purchaser).toMatchObject({ status: 'unavailable', reason: 'bound' });
});

test('what came of a call is not looked for among thousands of events of its caller', async () => {
  const found = await purchase('blind');
  expect(found).toMatchObject({ status: 'exact', resources: [] });
  expect(found).not.toHaveProperty('delivery');
  const { purchaser } = (await worker.call('/v1/resources/disk-00000003')).json;
  expect(purchaser).toMatchObject({ status: 'unavailable', reason: 'bound' });
});
