import { describe, expect, test } from 'vitest';
import { purchaseOf } from '../../../shared/catalogue/purchase.ts';
import type { Json, Purchase } from '../../../shared/event/event.ts';

function bought(name: string, request: Json, response: Json = {}): Purchase | undefined {
  const [product = '', event = ''] = name.split(':');
  return purchaseOf({ product, event, action: 'write', outcome: 'ok', request, response });
}

describe('what a call says of a purchase', () => {
  test.each<[string, Json, Json, Purchase]>([
    [
      'cvm:RunInstances',
      { InstanceCount: 3, InstanceChargeType: 'PREPAID', InstanceChargePrepaid: { Period: 12 } },
      { InstanceIdSet: ['ins-8kq2m1zd'] },
      { kind: 'create', count: 3, chargeType: 'PREPAID', period: { length: 12, unit: 'month' } },
    ],
    [
      'cvm:RunInstances',
      { InstanceChargeType: 'SPOTPAID' },
      {},
      { kind: 'create', count: 1, chargeType: 'SPOTPAID' },
    ],
    [
      'vpc:AllocateAddresses',
      { AddressCount: 2, InternetChargeType: 'BANDWIDTH_PACKAGE' },
      {},
      { kind: 'create', count: 2, chargeType: 'BANDWIDTH_PACKAGE' },
    ],
    [
      'clb:CreateLoadBalancer',
      { Number: 2, LBChargeType: 'POSTPAID_BY_HOUR' },
      { DealName: '20261101120000123456' },
      { kind: 'create', count: 2, chargeType: 'POSTPAID_BY_HOUR', deals: ['20261101120000123456'] },
    ],
    [
      'cdb:CreateDBInstance',
      { GoodsNum: 1, Period: 3 },
      { DealIds: ['d1', 'd2'] },
      {
        kind: 'create',
        count: 1,
        chargeType: 'PREPAID',
        period: { length: 3, unit: 'month' },
        deals: ['d1', 'd2'],
      },
    ],
    [
      'cdb:CreateDBInstanceHour',
      { GoodsNum: 2 },
      {},
      { kind: 'create', count: 2, chargeType: 'POSTPAID_BY_HOUR' },
    ],
    // By the hour nothing is paid ahead, whatever the length says.
    [
      'redis:CreateInstances',
      { GoodsNum: 1, BillingMode: 0, Period: 1 },
      { DealId: 'd', DealName: 'd' },
      { kind: 'create', count: 1, chargeType: 'POSTPAID_BY_HOUR', deals: ['d'] },
    ],
    [
      'redis:CreateInstances',
      { GoodsNum: 1, BillingMode: 1, Period: 6 },
      {},
      { kind: 'create', count: 1, chargeType: 'PREPAID', period: { length: 6, unit: 'month' } },
    ],
    [
      'cynosdb:CreateClusters',
      { Count: 2, InstanceCount: 3, PayMode: 1, TimeSpan: 1, TimeUnit: 'y' },
      { DealNames: ['n'], BigDealIds: ['b'], TranId: 't' },
      {
        kind: 'create',
        count: 2,
        chargeType: 'PREPAID',
        period: { length: 1, unit: 'year' },
        deals: ['n', 'b', 't'],
      },
    ],
    [
      'emr:CreateInstance',
      { PayMode: 0, TimeSpan: 3600, TimeUnit: 's' },
      {},
      { kind: 'create', count: 1, chargeType: 'POSTPAID_BY_HOUR' },
    ],
    [
      'ckafka:CreateInstancePre',
      { Period: '2m', InstanceNum: 2 },
      { Result: { Data: { DealNames: ['n'], InstanceId: 'ckafka-3b5d7f9h' } } },
      { kind: 'create', count: 2, chargeType: 'PREPAID', period: { length: 2, unit: 'month' }, deals: ['n'] },
    ],
    [
      'es:CreateInstance',
      { NodeNum: 3, ChargeType: 'PREPAID', ChargePeriod: 1, TimeUnit: 'm' },
      { DealName: 'n' },
      { kind: 'create', count: 1, chargeType: 'PREPAID', period: { length: 1, unit: 'month' }, deals: ['n'] },
    ],
    [
      'domain:CreateDomainBatch',
      { Domains: ['example.com', 'example.net'], Period: 2, PayMode: 1 },
      { LogId: 4711 },
      { kind: 'create', count: 2, period: { length: 2, unit: 'year' }, deals: ['4711'] },
    ],
    [
      'ssl:CreateCertificate',
      { TimeSpan: 1 },
      {},
      { kind: 'create', count: 1, period: { length: 1, unit: 'year' } },
    ],
    [
      'dnspod:CreateDeal',
      { DealType: 2, GoodsNum: 1, TimeSpan: 12 },
      { BigDealId: 'b', DealList: [{ DealId: 'i', DealName: 'n' }] },
      { kind: 'renew', count: 1, period: { length: 12, unit: 'month' }, deals: ['b', 'i', 'n'] },
    ],
    [
      'dts:CreateSubscribe',
      { PayType: 0, Duration: 2, Count: 1 },
      {},
      { kind: 'create', count: 1, chargeType: 'PREPAID', period: { length: 2, unit: 'month' } },
    ],
    [
      'waf:GenerateDealsAndPayNew',
      { Goods: [{ GoodsNum: 1, PayMode: 1, GoodsDetail: { TimeSpan: 1, TimeUnit: 'm' } }, { GoodsNum: 2 }] },
      { Data: { BigDealId: 'b', DealNames: ['n'] } },
      {
        kind: 'create',
        count: 3,
        chargeType: 'PREPAID',
        period: { length: 1, unit: 'month' },
        deals: ['n', 'b'],
      },
    ],
    [
      'finance:CreateOrders',
      { goods: [{ goodsNum: 2, goodsDetail: { timeSpan: 1, timeUnit: 'm' } }] },
      { bigDealId: '20261101120000123456' },
      { kind: 'create', count: 2, period: { length: 1, unit: 'month' }, deals: ['20261101120000123456'] },
    ],
    [
      'cvm:CreateCbsStorages',
      { goodsNum: 2, period: 1 },
      {},
      { kind: 'create', count: 2, period: { length: 1, unit: 'month' } },
    ],
    ['billing:PayDeals', { BigDealIds: ['b'] }, { OrderIds: ['o'] }, { kind: 'pay', deals: ['o', 'b'] }],
    [
      'billing:RenewInstance',
      { InstanceId: 'x', Period: 1, PeriodUnit: 'y' },
      { OrderIdList: ['o'] },
      { kind: 'renew', period: { length: 1, unit: 'year' }, deals: ['o'] },
    ],
    ['cvm:TerminateInstances', { InstanceIds: ['ins-8kq2m1zd'] }, {}, { kind: 'release' }],
    [
      'redis:DestroyPrepaidInstance',
      { InstanceId: 'crs-3b5d7f9h' },
      { DealId: 'd' },
      { kind: 'refund', deals: ['d'] },
    ],
  ])('%s %j', (name, request, response, expected) => {
    expect(bought(name, request, response)).toEqual(expected);
  });

  test('a number whose meaning is not known is no way of paying', () => {
    expect(bought('gaap:CreateProxy', { BillingType: 1 })).toEqual({ kind: 'create', count: 1 });
    expect(bought('redis:CreateInstances', { BillingMode: 7 })).toEqual({ kind: 'create', count: 1 });
  });

  test('a record without parameters says nothing but that something was bought', () => {
    for (const request of ['', null, '{"InstanceCount": 3, "Instan']) {
      expect(bought('cvm:CreateCbsStorages', request, null)).toEqual({ kind: 'create' });
    }
  });

  test('an answer in its wrapping is read too', () => {
    const response = { Response: { DealIds: ['d'], RequestId: 'r' } };
    expect(bought('cdb:UpgradeDBInstance', { InstanceId: 'cdb-3b5d7f9h' }, response)?.deals).toEqual(['d']);
  });
});

describe('what callers write is bounded', () => {
  test('deals in number and length, without control characters', () => {
    const deals = bought(
      'cdb:CreateDBInstance',
      {},
      {
        DealIds: ['\u001b[2J', 'x'.repeat(500), ...Array.from({ length: 5000 }, (_, i) => `d${i}`)],
      },
    )?.deals;
    expect(deals).toHaveLength(20);
    expect(deals?.[0]).not.toContain('\u001b');
    expect(deals?.[1]).toHaveLength(100);
  });

  test.each<[Json, number]>([
    [-5, 1],
    ['9'.repeat(30), 1],
    [9_999_999, 1_000_000],
    ['2', 2],
    [{ $ne: 1 }, 1],
  ])('a count of %j is %i', (InstanceCount, count) => {
    expect(bought('cvm:RunInstances', { InstanceCount })?.count).toBe(count);
  });

  test.each([0, -1, 1.5, '1e9', 1e9, 'm', {}])('a length of %j is none', (Period) => {
    expect(bought('cdb:CreateDBInstance', { Period })).not.toHaveProperty('period');
  });
});

describe('what the catalogue does not know is guessed', () => {
  test.each<[string, Json, Json, Purchase]>([
    [
      'xyz:CreateFooInstances',
      { InstanceCount: 2, FooChargeType: 'PREPAID', FooChargePrepaid: { Period: 1 } },
      {},
      {
        kind: 'create',
        count: 2,
        chargeType: 'PREPAID',
        period: { length: 1, unit: 'month' },
        guessed: true,
      },
    ],
    [
      'xyz:RenewFoo',
      { TimeSpan: 1, TimeUnit: 'y' },
      {},
      { kind: 'renew', period: { length: 1, unit: 'year' }, guessed: true },
    ],
    ['xyz:UpgradeFoo', {}, { DealNames: ['n'] }, { kind: 'resize', deals: ['n'], guessed: true }],
    ['xyz:ModifyFooRenewFlag', { AutoRenewFlag: 1 }, {}, { kind: 'renew-flag', guessed: true }],
    [
      'xyz:ModifyFooChargeType',
      { InstanceChargeType: 'PREPAID' },
      {},
      { kind: 'charge-type', chargeType: 'PREPAID', guessed: true },
    ],
    ['xyz:PayFoo', {}, { OrderId: 'o' }, { kind: 'pay', deals: ['o'], guessed: true }],
    ['xyz:PlaceFooOrder', { VoucherIds: ['v'] }, {}, { kind: 'create', count: 1, guessed: true }],
  ])('%s', (name, request, response, expected) => {
    expect(bought(name, request, response)).toEqual(expected);
  });

  test.each<[string, Json, Json]>([
    ['xyz:CreateFoo', { Name: 'x' }, { RequestId: 'r' }],
    ['xyz:CreateFoo', { Filter: { Period: 300 } }, {}],
    ['xyz:ListFoo', { Period: 1 }, {}],
    ['xyz:CreateFoo', {}, { OrderBy: 'time', OrderField: 'x' }],
    ['xyz:CreateFoo', 'Period', 'DealId'],
  ])('nothing speaks for %s %j %j', (name, request, response) => {
    expect(bought(name, request, response)).toBeUndefined();
  });

  test('only of writes', () => {
    const call = {
      product: 'xyz',
      event: 'CreateFoo',
      outcome: 'ok',
      request: { Period: 1 },
      response: {},
    } as const;
    expect(purchaseOf({ ...call, action: 'read' })).toBeUndefined();
    expect(purchaseOf({ ...call, action: '' })).toBeUndefined();
    expect(purchaseOf({ ...call, action: 'write' })?.guessed).toBe(true);
  });
});
