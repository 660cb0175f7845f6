import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../shared/event/json.ts';
import { by, record, secondsAgo } from '../support/record.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const ACCOUNT = '1250000001';
const INS = 'ins-0a1b2c3d';

let worker: TestWorker;
let sent = 0;

/** A record of its own; `ago` in seconds. */
function call(event: string, resource: string, request: JsonObject, more: JsonObject = {}): JsonObject {
  sent += 1;
  return record({
    requestID: `6b0f1f0e-0000-4000-a000-${String(sent).padStart(12, '0')}`,
    eventName: event,
    resourceName: resource,
    requestParameters: JSON.stringify(request),
    eventTime: secondsAgo(10_000 - 10 * sent),
    ...more,
  });
}

function renamed(name: string, more: JsonObject = {}): JsonObject {
  return call(
    'ModifyInstancesAttribute',
    `instance/${INS}`,
    { InstanceIds: [INS], InstanceName: name },
    more,
  );
}

/** Ids as people choose them. */
const ODD = ['team/app:1', '订单-处理', 'a?b#c%20d&e', 'a*b', `long-${'x'.repeat(200)}`, 'rule "1"'];

function oddWrite(id: string): JsonObject {
  return call(
    'UpdateFunctionConfiguration',
    `function/${id}`,
    { FunctionName: id, Timeout: 3 },
    { resourceType: 'scf' },
  );
}

function functionIn(region: string, more: JsonObject = {}): JsonObject {
  const request = { FunctionName: 'order-worker', Timeout: 5 };
  return call('UpdateFunctionConfiguration', 'function/order-worker', request, {
    resourceType: 'scf',
    eventRegion: region,
    ...more,
  });
}

const LONG = 'x'.repeat(40_000);

beforeAll(async () => {
  worker = await startWorker();
  const bought = call(
    'RunInstances',
    `instance/${INS}`,
    { InstanceType: 'S5.MEDIUM4', InstanceCount: 1, InstanceChargeType: 'PREPAID' },
    { responseElements: JSON.stringify({ InstanceIdSet: [INS] }) },
  );
  const asp = 'asp-0a1b2c3d';
  await worker.send(
    [
      bought,
      renamed('a'),
      call(
        'DescribeInstances',
        `instance/${INS}`,
        { InstanceIds: [INS] },
        { actionType: 'Read', ...by('100000000012') },
      ),
      renamed('b', by('100000000012')),
      renamed('c', { apiErrorCode: 'FailedOperation', ...by('100000000012') }),
      call(
        'StopInstances',
        `instance/${INS}`,
        { InstanceIds: [INS] },
        { errorCode: '4102', sensitiveAction: '1' },
      ),
      renamed('d', {
        requestParameters: JSON.stringify({ InstanceIds: [INS], InstanceName: 'd', UserNote: LONG }),
      }),
      renamed('e'),
      ...ODD.map(oddWrite),
      functionIn('ap-guangzhou'),
      functionIn('ap-shanghai'),
      functionIn('ap-shanghai', { resourceType: 'scf', eventName: 'PublishVersion' }),
      call(
        'ModifyAutoSnapshotPolicyAttribute',
        `asp/${asp}`,
        { AutoSnapshotPolicyId: asp, IsActivated: true },
        { resourceType: 'cbs' },
      ),
      call(
        'ModifyScalingPolicy',
        `policy/${asp}`,
        { AutoScalingPolicyId: asp, Cooldown: 1 },
        { resourceType: 'as' },
      ),
      // Named like an id, and no more than that.
      call('ModifyInstancesAttribute', 'instance/ins-9z8y7x6w', {
        InstanceIds: ['ins-9z8y7x6w'],
        InstanceName: 'ins-5p5p5p5p',
      }),
      call(
        'ModifyInstancesAttribute',
        'instance/ins-7z7z7z7z',
        { InstanceIds: ['ins-7z7z7z7z'], InstanceName: 'x' },
        by('100000000011', '1250000002'),
      ),
      call('ModifyInstancesAttribute', 'instance/ins-7z7z7z7z', {
        InstanceIds: ['ins-7z7z7z7z'],
        InstanceName: 'y',
      }),
      call(
        'TagResources',
        'function/image-resize',
        { ResourceList: ['qcs::scf:gz:uin/1:function/image-resize'] },
        { resourceType: 'tag' },
      ),
      call(
        'UpdateFunctionConfiguration',
        'function/image-resize',
        { FunctionName: 'image-resize', Timeout: 9 },
        { resourceType: 'scf', eventRegion: 'ap-beijing' },
      ),
    ],
    { source: 'files' },
  );
});

afterAll(async () => {
  await worker?.close();
});

function get(id: string, rest = ''): Promise<Reply> {
  return worker.call(`/v1/resources/${encodeURIComponent(id)}${rest}`);
}

function tripsOf({ headers }: Reply): number {
  return Number(/trips=(\d+)/.exec(headers.get('server-timing') ?? '')?.[1]);
}

test('the card says who bought it, what happened last and who works with it', async () => {
  const reply = await get(INS);
  expect(reply.status, reply.text).toBe(200);
  expect(reply.json).toMatchObject({
    kind: 'resource',
    resource: {
      id: INS,
      type: 'instance',
      name: 'e',
      product: 'cvm',
      region: 'ap-guangzhou',
      account: ACCOUNT,
    },
    purchaser: { status: 'exact', operator: { id: '100000000011' }, purchase: { kind: 'create' } },
    lastChange: { event: 'ModifyInstancesAttribute', outcome: 'ok' },
    lastProblem: { event: 'StopInstances', outcome: 'denied' },
    sensitive: 1,
    events: 8,
    operators: [
      { operator: { id: '100000000011' }, count: 5 },
      { operator: { id: '100000000012' }, count: 3 },
    ],
  });
  expect(Date.parse(reply.json.first)).toBeLessThan(Date.parse(reply.json.last));
  expect(tripsOf(reply)).toBeLessThanOrEqual(3);
});

test('every write is told, newest first, with what it set and what that was before', async () => {
  const reply = await get(INS, '/changes');
  expect(reply.status, reply.text).toBe(200);
  expect(tripsOf(reply)).toBeLessThanOrEqual(3);
  const told = reply.json.changes.map(
    ({ event, settings }: { event: { event: string; outcome: string }; settings: object[] }) => [
      event.event,
      event.outcome,
      settings.length,
    ],
  );
  expect(told).toEqual([
    ['ModifyInstancesAttribute', 'ok', 1],
    ['ModifyInstancesAttribute', 'ok', 2],
    ['StopInstances', 'denied', 0],
    ['ModifyInstancesAttribute', 'failed', 0],
    ['ModifyInstancesAttribute', 'ok', 1],
    ['ModifyInstancesAttribute', 'ok', 1],
    ['RunInstances', 'ok', 2],
  ]);
  const names = reply.json.changes.flatMap(({ settings }: { settings: { setting: string }[] }) =>
    settings.filter(({ setting }) => setting === 'InstanceName'),
  );
  expect(names).toEqual([
    { setting: 'InstanceName', before: 'd', after: 'e', status: 'exact' },
    { setting: 'InstanceName', before: 'b', after: 'd', status: 'approximate', reason: 'failed-write' },
    { setting: 'InstanceName', before: 'a', after: 'b', status: 'exact' },
    { setting: 'InstanceName', before: null, after: 'a', status: 'approximate', reason: 'default' },
  ]);
});

test('pages of one say together what one page of all says', async () => {
  const { json } = await get(INS, '/changes');
  const paged: object[] = [];
  const one = async (more: { cursor?: string }) =>
    (await get(INS, `/changes?${new URLSearchParams({ limit: '1', ...more })}`)).json;
  for await (const page of pagesOf(one)) {
    expect(page.changes).toHaveLength(1);
    paged.push(...page.changes);
  }
  expect(paged).toEqual(json.changes);
});

test('a page that ends within a second knows of the other writes of that second', async () => {
  const id = 'ins-6b6b6b6b';
  const at = { eventTime: secondsAgo(50) };
  const set = (name: string, more: JsonObject = {}): JsonObject =>
    call('ModifyInstancesAttribute', `instance/${id}`, { InstanceIds: [id], InstanceName: name }, more);
  await worker.send([set('first'), set('one', at), set('other', at)], { source: 'files' });
  const { json } = await get(id, '/changes?limit=1');
  const page = await get(id, `/changes?limit=1&cursor=${json.next}`);
  for (const { changes } of [json, page.json]) {
    expect(changes).toMatchObject([{ settings: [{ status: 'approximate', reason: 'same-second' }] }]);
  }
});

test('a cursor goes on with its own list only', async () => {
  const { json } = await get(INS, '/changes?limit=1');
  const other = await get('order-worker', `/changes?limit=1&region=ap-shanghai&cursor=${json.next}`);
  expect([other.status, other.json.type]).toEqual([400, expect.stringContaining('cursor')]);
});

test.each(ODD)('%s is an id like any other', async (id) => {
  const card = await get(id);
  expect([card.status, card.json.resource?.id], card.text).toEqual([200, id]);
  const changes = await get(id, '/changes');
  expect(changes.json.changes).toMatchObject([{ settings: [{ setting: 'Timeout', after: 3 }] }]);
});

test('an id that means several things is answered with them, never with one history for all', async () => {
  for (const rest of ['', '/changes']) {
    const { status, json } = await get('order-worker', rest);
    expect([status, json.kind]).toEqual([200, 'ambiguous']);
    expect(json.resources).toMatchObject([
      { region: 'ap-shanghai', product: 'scf', events: 2 },
      { region: 'ap-guangzhou', product: 'scf', events: 1 },
    ]);
    const one = await get('order-worker', `${rest}?region=ap-shanghai`);
    expect(one.json.resource).toMatchObject({ region: 'ap-shanghai' });
    expect((await get('asp-0a1b2c3d', rest)).json.resources).toHaveLength(2);
    expect((await get('asp-0a1b2c3d', `${rest}?product=AS`)).json.resource.product).toBe('as');
    expect((await get('ins-7z7z7z7z', rest)).json.resources).toHaveLength(2);
    expect((await get('ins-7z7z7z7z', `${rest}?account=1250000002`)).json.resource.account).toBe(
      '1250000002',
    );
  }
});

test('what a tag says belongs to the thing that is tagged', async () => {
  const { json } = await get('image-resize');
  expect(json).toMatchObject({
    kind: 'resource',
    resource: { product: 'scf', region: 'ap-beijing' },
    events: 2,
  });
});

test('an id in another case is found where none is written so', async () => {
  expect((await get('INS-0A1B2C3D')).json.resource.id).toBe(INS);
});

test('what no event names is not found, a name is no id, and the answer says what was looked for', async () => {
  for (const rest of ['', '/changes']) {
    for (const id of ['ins-00000000', 'ins-5p5p5p5p', '', '%']) {
      if (id === '' && rest === '') continue;
      const { status } = await worker.call(`/v1/resources/${id}${rest}`);
      expect(status, id + rest).toBe(404);
    }
    const { status, json } = await get(INS, `${rest}?product=cbs`);
    expect(status).toBe(404);
    expect(json.detail).toContain(`"${INS}" with product cbs`);
  }
});

test('who sees the events of some operators only is sure of nothing, and sees nobody else’s', async () => {
  await worker.call('/v1/members', {
    method: 'POST',
    json: {
      id: 'mia',
      name: 'Mia',
      accounts: [ACCOUNT],
      operators: [{ account: ACCOUNT, id: '100000000011' }],
    },
  });
  const { json: token } = await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } });
  const own = await worker.call(`/v1/resources/${INS}/changes`, { token: token.token });
  expect(own.json.scope).toEqual({ hidden: true, role: 'lead' });
  expect(
    new Set(own.json.changes.map(({ event }: { event: { operator: { id: string } } }) => event.operator.id)),
  ).toEqual(new Set(['100000000011']));
  expect(own.text).not.toContain('"exact"');
  expect(
    (await worker.call('/v1/resources/ins-7z7z7z7z', { token: token.token })).json.resource.account,
  ).toBe(ACCOUNT);
});
