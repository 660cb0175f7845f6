/** What is asked beside events: whose key, who there is, what was paid. */

import { expect, test } from 'vitest';
import type { ApiClient } from '../../../worker/tencent/call.ts';
import { listRoles, listUsers } from '../../../worker/tencent/directory.ts';
import { getCallerIdentity } from '../../../worker/tencent/identity.ts';
import { describeDeals } from '../../../worker/tencent/prices.ts';
import { KEY, NOW } from './keys.ts';
import { json, serve } from './server.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** A client of a service that answers with what `answer` gives. */
async function clientOf(
  answer: (parameters: Parameters) => object,
): Promise<{ client: ApiClient; asked: () => Parameters[] }> {
  const { origin, asked } = await serve((response, one) =>
    json({ Response: { ...answer(parametersOf(one.body)), RequestId: 'req-1' } })(response, one),
  );
  return {
    client: { credential: KEY, endpoint: origin, fetch, timeoutMs: 2000 },
    asked: () => asked.map(({ body }) => parametersOf(body)),
  };
}

function parametersOf(body: Buffer): Parameters {
  const parsed: unknown = JSON.parse(body.toString());
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

test('the account of a key is the one that STS names', async () => {
  const { client } = await clientOf(() => ({
    Arn: 'qcs::sts:100000000001:assumed-role/4611686018429146108',
    AccountId: '100000000001',
    UserId: '4611686018429146108:sidetrail',
    PrincipalId: '100000000002',
    Type: 'CAMRole',
  }));
  expect(await getCallerIdentity(client, { region: 'ap-guangzhou' }, NOW)).toEqual({
    ok: true,
    account: '100000000001',
    user: '4611686018429146108:sidetrail',
  });
});

test('an identity without an account is none', async () => {
  const { client } = await clientOf(() => ({ AccountId: '' }));
  expect(await getCallerIdentity(client, { region: 'ap-guangzhou' }, NOW)).toMatchObject({
    failure: { kind: 'unreadable', code: 'NoAccount' },
  });
});

test('users are read by uin and name; one without either is left out', async () => {
  const { client } = await clientOf(() => ({
    Data: [{ Uin: 100000000002, Name: 'web-deploy' }, { Uin: 100000000003, Name: '' }, { Name: 'nobody' }],
  }));
  expect(await listUsers(client, NOW)).toEqual({
    ok: true,
    entries: [{ id: '100000000002', name: 'web-deploy' }],
  });
});

test.each([[{ Data: {} }], [{}]])('an answer without a list of users (%j) is none', async (answer) => {
  const { client } = await clientOf(() => answer);
  expect(await listUsers(client, NOW)).toMatchObject({ failure: { kind: 'unreadable', code: 'NoList' } });
});

test('an account without users has an empty directory', async () => {
  const { client } = await clientOf(() => ({ Data: null }));
  expect(await listUsers(client, NOW)).toEqual({ ok: true, entries: [] });
});

test('roles are read to the last page', async () => {
  const all = Array.from({ length: 450 }, (_, index) => ({
    RoleId: String(4611686018428000000n + BigInt(index)),
    RoleName: `role-${index}`,
  }));
  const { client, asked } = await clientOf(({ Page, Rp }) => ({
    List: all.slice((Number(Page) - 1) * Number(Rp), Number(Page) * Number(Rp)),
    TotalNum: all.length,
  }));
  const roles = await listRoles(client, NOW);
  expect(roles).toMatchObject({ ok: true });
  expect(roles.ok && roles.entries.map(({ id }) => id)).toEqual(all.map(({ RoleId }) => RoleId));
  expect(asked()).toEqual([1, 2, 3].map((Page) => ({ Page, Rp: 200 })));
});

test('a total that is wrong does not hold the reading of roles for ever', async () => {
  const { client, asked } = await clientOf(() => ({ List: [{ RoleId: '1', RoleName: 'a' }], TotalNum: 9 }));
  expect(await listRoles(client, NOW)).toEqual({ ok: true, entries: [{ id: '1', name: 'a' }] });
  expect(asked()).toHaveLength(2);
});

const DEALS = Array.from({ length: 500 }, (_, index) => ({ OrderId: `2026112200${1000 + index}` }));

test.each([
  ['pages', (offset: number, limit: number) => DEALS.slice(offset * limit, (offset + 1) * limit), 3],
  ['deals', (offset: number, limit: number) => DEALS.slice(offset, offset + limit), 4],
])('all deals are read, and each once, where Offset counts %s', async (_, take, calls) => {
  const { client, asked } = await clientOf(({ Offset, Limit }) => ({
    Deals: take(Number(Offset), Number(Limit)),
    TotalCount: DEALS.length,
  }));
  const answer = await describeDeals(client, { from: NOW / 1000 - 86_400, to: NOW / 1000 }, NOW);
  expect(answer.ok && answer.deals.map(({ id }) => id)).toEqual(DEALS.map(({ OrderId }) => OrderId));
  expect(asked()).toHaveLength(calls);
});

test('deals are asked for in Beijing time and read with amount, currency, payer and resources', async () => {
  const { client, asked } = await clientOf(() => ({
    Deals: [
      {
        OrderId: '20261122001',
        BigDealId: '20261122000',
        Payer: '100000000001',
        Creator: '100000000002',
        CreateTime: '2026-11-22 14:03:00',
        RealTotalCost: 12_900,
        VoucherDecline: 0,
        TotalCost: 15_000,
        Currency: 'CNY',
        Action: 'purchase',
        PayMode: 'prePay',
        ProductCode: 'p_cvm',
        ResourceId: ['ins-0example', 'disk-0example'],
      },
      { OrderId: '20261122002', ResourceId: null },
    ],
    TotalCount: 2,
  }));
  const window = { from: NOW / 1000 - 60, to: NOW / 1000 };
  expect(await describeDeals(client, { ...window, order: '20261122000' }, NOW)).toEqual({
    ok: true,
    deals: [
      {
        id: '20261122001',
        order: '20261122000',
        resources: ['ins-0example', 'disk-0example'],
        paid: 12_900,
        vouchers: 0,
        listed: 15_000,
        currency: 'CNY',
        payer: '100000000001',
        creator: '100000000002',
        action: 'purchase',
        mode: 'prePay',
        product: 'p_cvm',
        created: '2026-11-22 14:03:00',
      },
      {
        id: '20261122002',
        order: '',
        resources: [],
        currency: '',
        payer: '',
        creator: '',
        action: '',
        mode: '',
        product: '',
        created: '',
      },
    ],
  });
  expect(asked()).toEqual([
    {
      StartTime: '2026-11-22 22:02:00',
      EndTime: '2026-11-22 22:03:00',
      Limit: 200,
      Offset: 0,
      BigDealId: '20261122000',
    },
  ]);
});

test('a key that may not see prices says so', async () => {
  const { client } = await clientOf(() => ({ Error: { Code: 'UnauthorizedOperation', Message: 'no' } }));
  expect(await describeDeals(client, { from: 0, to: 1 }, NOW)).toMatchObject({
    failure: { kind: 'permission' },
  });
});
