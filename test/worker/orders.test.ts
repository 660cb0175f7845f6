import { describe, expect, test } from 'vitest';
import type { EventSummary, Purchase } from '../../shared/event/event.ts';
import { callerOf, ordererOf } from '../../worker/query/buyer.ts';
import { boughtOf } from '../../shared/catalogue/bought.ts';
import { matchOrders, type Goods } from '../../worker/query/order-match.ts';
import { isDelivery, isOrder, orderOf } from '../../worker/query/orders.ts';
import { outcomesOf } from '../../worker/query/outcomes.ts';
import type { StoredEvent } from '../../worker/store/event-row.ts';

const START = Date.UTC(2026, 10, 1, 4);

function event(id: string, seconds: number, changes: Partial<EventSummary> = {}): EventSummary {
  return {
    id,
    seq: 1,
    account: '1250000001',
    time: new Date(START + seconds * 1000).toISOString(),
    requestId: id,
    operator: { type: 'user', id: '100000000011', name: 'lin.wei' },
    product: 'cvm',
    event: 'RunInstances',
    action: 'write',
    via: 'api',
    region: 'ap-guangzhou',
    resources: [],
    ip: '',
    network: 'unknown',
    agent: '',
    outcome: 'ok',
    is: ['purchase'],
    purchase: { kind: 'create', count: 1 },
    sources: [],
    tags: [],
    ...changes,
  };
}

/** An order in the billing console. */
function order(
  id: string,
  seconds: number,
  by: string,
  goods: object,
  purchase: Partial<Purchase> = {},
): StoredEvent {
  const summary = event(id, seconds, {
    product: 'finance',
    event: 'CreateOrders',
    operator: { type: 'user', id: by, name: by },
    purchase: { kind: 'create', count: 1, ...purchase },
  });
  const text = JSON.stringify({
    eventName: 'CreateOrders',
    requestParameters: JSON.stringify({ goods: [goods] }),
  });
  return { rowId: 1, summary, record: { kind: 'inline', text } };
}

/** What a service makes of it. */
function delivery(id: string, seconds: number, changes: Partial<EventSummary> = {}): EventSummary {
  return event(id, seconds, {
    operator: { type: 'service', id: '4611686018428500014', name: 'Delivery' },
    resources: [{ type: 'instance', id: `ins-${id.padEnd(8, '0')}`, region: 'ap-guangzhou' }],
    ...changes,
  });
}

const DISK = { id: 'disk-1a2b3c4d', type: 'disk' };

/** A call without parameters that buys a disk. */
function blind(id: string, seconds: number, changes: Partial<EventSummary> = {}): StoredEvent {
  const summary = event(id, seconds, {
    event: 'CreateCbsStorages',
    purchase: { kind: 'create' },
    ...changes,
  });
  return { rowId: 1, summary, record: { kind: 'object', key: 'k' } };
}

function seen(id: string, seconds: number, changes: Partial<EventSummary> = {}, things = [DISK]): Goods {
  return { event: event(id, seconds, { event: 'DescribeCbsStorages', is: [], ...changes }), things };
}

const CVM = { goodsCategoryName: 'cvm', region: 'ap-guangzhou' };

/** The orders of each of the goods, by the ids of their events. */
function matched(
  orders: StoredEvent[],
  deliveries: EventSummary[],
  named: Goods[] = [],
): Record<string, string[]> {
  const made = deliveries.map((one) => ({ event: one, things: boughtOf(one) }));
  const matches = matchOrders(orders.map(orderOf), { made, seen: named });
  return Object.fromEntries(
    matches.map(({ goods, orders: of }) => [goods.event.id, of.map((one) => one.id)]),
  );
}

describe('a delivery is matched with', () => {
  test('the order for such a thing before it', () => {
    const orders = [order('a', 0, '11', CVM), order('b', 10, '12', { ...CVM, goodsCategoryName: 'cbs' })];
    expect(matched(orders, [delivery('x', 60)])).toEqual({ x: ['a'] });
  });

  test.each<[string, StoredEvent]>([
    ['that came later', order('a', 61, '11', CVM)],
    ['long before', order('a', -2000, '11', CVM)],
    ['for another region', order('a', 0, '11', { ...CVM, region: 'ap-beijing' })],
    ['for another number', order('a', 0, '11', CVM, { count: 2 })],
    ['for another time', order('a', 0, '11', CVM, { period: { length: 3, unit: 'month' } })],
  ])('no order %s', (_what, one) => {
    const made = delivery('x', 60, {
      purchase: { kind: 'create', count: 1, period: { length: 1, unit: 'month' } },
    });
    expect(matched([one], [made])).toEqual({});
  });

  test('no order of another account', () => {
    expect(matched([order('a', 0, '11', CVM)], [delivery('x', 60, { account: '1250000002' })])).toEqual({});
  });

  test('the order that has the same deal, whatever else fits', () => {
    const orders = [
      order('a', 0, '11', CVM),
      order('b', 1, '12', { goodsCategoryName: 'x' }, { deals: ['20261101120000123456'] }),
    ];
    const made = delivery('x', 60, {
      purchase: { kind: 'create', count: 1, deals: ['d0', '20261101120000123456'] },
    });
    expect(matched(orders, [made])).toEqual({ x: ['b'] });
  });

  test('no order by a number that is too short to be a deal’s', () => {
    const one = order('a', 0, '11', { goodsCategoryName: 'x' }, { deals: ['4711'] });
    const made = delivery('x', 60, { purchase: { kind: 'create', count: 1, deals: ['4711'] } });
    expect(matched([one], [made])).toEqual({});
  });

  test('the order that is left when others are spoken for', () => {
    const orders = [order('a', 0, '11', CVM), order('b', 0, '12', { goodsCategoryName: 'cvm' })];
    const elsewhere = { resources: [{ id: 'ins-elsewhere', region: 'ap-beijing' }], region: 'ap-beijing' };
    // Only b can be for Beijing, so Guangzhou is a's.
    expect(matched(orders, [delivery('x', 60), delivery('y', 70, elsewhere)])).toEqual({
      x: ['a'],
      y: ['b'],
    });
  });

  test('all of several that are equally good', () => {
    const orders = [order('a', 0, '11', CVM), order('b', 0, '12', CVM)];
    expect(matched(orders, [delivery('x', 60), delivery('y', 70)])).toEqual({ x: ['a', 'b'], y: ['a', 'b'] });
  });

  test('a call that does not name what it bought', () => {
    const call = blind('a', 0);
    expect(isOrder(call.summary)).toBe(true);
    const disk = { product: 'cbs', event: 'CreateDisks', resources: [{ id: 'disk-1a2b3c4d' }] };
    expect(matched([call], [delivery('x', 60, disk), delivery('y', 60)])).toEqual({ x: ['a'] });
  });
});

describe('what somebody is the first to name is matched with', () => {
  test('their last call that may have bought it', () => {
    expect(matched([blind('a', 0)], [], [seen('x', 60)])).toEqual({ x: ['a'] });
    expect(matched([blind('a', 0), blind('b', 100)], [], [seen('x', 60), seen('y', 160)])).toEqual({
      x: ['a'],
      y: ['b'],
    });
  });

  test.each<[string, Goods]>([
    ['before', seen('x', -1)],
    ['long after', seen('x', 901)],
    ['by somebody else', seen('x', 60, { operator: { type: 'user', id: '12', name: 'b' } })],
    ['by another human as the same role', seen('x', 60, { person: { id: '12', status: 'exact' } })],
    ['that is something else', seen('x', 60, {}, [{ id: 'ins-1a2b3c4d', type: 'instance' }])],
    ['of another account', seen('x', 60, { account: '1250000002' })],
  ])('no call %s', (_what, goods) => {
    const call = blind('a', 0, { person: { id: '11', status: 'exact' } });
    expect(matched([call], [], [goods])).toEqual({});
  });

  test('no order for an instance of another product', () => {
    const call = blind('a', 0, { product: 'cdb', event: 'CreateDBInstance' });
    const machine = [{ id: 'ins-1a2b3c4d', type: 'instance' }];
    const database = [{ id: 'cdb-1a2b3c4d', type: 'instance' }];
    const goods = [
      seen('x', 60, { event: 'DescribeInstances' }, machine),
      seen('y', 60, { product: 'cdb' }, database),
    ];
    expect(matched([call], [], goods)).toEqual({ y: ['a'] });
  });

  test('no order that something was delivered for', () => {
    const goods = seen('y', 100, {}, [{ id: 'ins-9z8y7x6w', type: 'instance' }]);
    const ordered = order('a', 0, '100000000011', CVM);
    expect(matched([ordered], [delivery('x', 60)], [goods])).toEqual({ x: ['a'] });
    expect(matched([ordered], [], [goods])).toEqual({ y: ['a'] });
  });

  test('a call for such a thing, whichever product’s event names it', () => {
    expect(matched([blind('a', 0)], [], [seen('x', 60, { product: 'tag' })])).toEqual({ x: ['a'] });
  });

  test('no order of a product that sells no such thing', () => {
    const goods = seen('y', 100, {}, [{ id: 'sg-9z8y7x6w', type: 'securitygroup' }]);
    expect(matched([order('a', 0, '100000000011', CVM)], [], [goods])).toEqual({});
  });

  test('several orders that are equally good, which is told of each of them', () => {
    const orders = [blind('a', 0), blind('b', 5)];
    const matches = matchOrders(orders.map(orderOf), { made: [], seen: [seen('x', 60)] });
    const tie = { reason: 'tie', candidates: [{ event: 'x', resources: [DISK] }] };
    expect(Object.fromEntries(outcomesOf(matches))).toEqual({ a: tie, b: tie });
  });

  test('an order that other things fit as well, which is told', () => {
    const other = { id: 'disk-5e6f7a8b', type: 'disk' };
    const goods = [seen('y', 90, {}, [other]), seen('x', 60)];
    const matches = matchOrders([orderOf(blind('a', 0))], { made: [], seen: goods });
    expect(outcomesOf(matches).get('a')).toEqual({
      reason: 'tie',
      candidates: [
        { event: 'y', resources: [other] },
        { event: 'x', resources: [DISK] },
      ],
    });
  });

  test('an order for fewer only as one of several', () => {
    const two = [DISK, { id: 'disk-5e6f7a8b', type: 'disk' }];
    const outcome = (count: number | undefined): unknown => {
      const call = blind('a', 0, { purchase: { kind: 'create', ...(count && { count }) } });
      const matches = matchOrders([orderOf(call)], { made: [], seen: [seen('x', 60, {}, two)] });
      return outcomesOf(matches).get('a');
    };
    expect(outcome(undefined)).toEqual({ reason: 'parameterless', event: 'x', resources: two });
    expect(outcome(2)).toMatchObject({ reason: 'parameterless' });
    expect(outcome(1)).toMatchObject({ reason: 'tie' });
  });
});

test('of two things that a service makes and only one order fits, both are told', () => {
  const made = [delivery('x', 60), delivery('y', 70)].map((one) => ({ event: one, things: boughtOf(one) }));
  const matches = matchOrders([orderOf(order('a', 0, '11', CVM))], { made, seen: [] });
  expect(outcomesOf(matches).get('a')).toMatchObject({
    reason: 'tie',
    candidates: [{ event: 'x' }, { event: 'y' }],
  });
});

test('all that carries the deal of an order came of it', () => {
  const deals = ['20261101120000123456'];
  const made = [delivery('y', 70), delivery('x', 60)].map((one) => ({
    event: { ...one, purchase: { kind: 'create', deals } as const },
    things: boughtOf(one),
  }));
  const ordered = orderOf(order('a', 0, '11', CVM, { count: 2, deals }));
  const outcome = outcomesOf(matchOrders([ordered], { made, seen: [] })).get('a');
  expect(outcome).toMatchObject({ reason: 'deal', event: 'y' });
  expect(outcome).toMatchObject({ resources: [{ id: 'ins-y0000000' }, { id: 'ins-x0000000' }] });
});

test('what a service makes on behalf of somebody it names needs no order', () => {
  expect(isDelivery(delivery('x', 0))).toBe(true);
  expect(isDelivery(delivery('x', 0, { person: { id: '11', status: 'exact' } }))).toBe(false);
});

describe('who bought', () => {
  const role = { type: 'role', id: '4611686018428500001', name: 'ops' } as const;

  test.each<[string, Partial<EventSummary>, object]>([
    ['a user, exactly', {}, { status: 'exact', buyer: { operator: { id: '100000000011' } } }],
    [
      'a proven human behind a role, exactly',
      { operator: role, person: { id: '11', status: 'exact' } },
      { status: 'exact', buyer: { operator: role, person: { id: '11' } } },
    ],
    [
      'a role, where its session was only named',
      { operator: role, person: { name: 'lin.wei', status: 'claimed' } },
      { status: 'approximate', reason: 'role' },
    ],
    ['a role, where nothing names a human', { operator: role }, { status: 'unavailable', reason: 'role' }],
    [
      'perhaps a user, where sources contradict each other',
      { is: ['purchase', 'conflict'] },
      { status: 'approximate', reason: 'conflict' },
    ],
    ['nobody known', { operator: { type: 'user', id: '', name: 'x' } }, { status: 'unavailable' }],
  ])('%s', (_who, changes, expected) => {
    expect(callerOf(event('a', 0, changes))).toMatchObject(expected);
  });

  const [one, other] = [order('a', 0, '11', CVM).summary, order('b', 0, '12', CVM).summary];

  test('whoever ordered, exactly only by the same deal', () => {
    const made = delivery('x', 60);
    expect(ordererOf(made, { by: 'order', orders: [one] })).toMatchObject({
      status: 'approximate',
      reason: 'order',
      buyer: { operator: { id: '11' } },
      order: { id: 'a' },
    });
    expect(ordererOf(made, { by: 'deal', orders: [one] })).toMatchObject({ status: 'exact', reason: 'deal' });
  });

  test('one of several, who are all named, and none of them as the buyer', () => {
    const verdict = ordererOf(delivery('x', 60), { by: 'order', orders: [one, other] });
    expect(verdict).toMatchObject({
      status: 'approximate',
      reason: 'tie',
      buyer: { operator: { type: 'service' } },
    });
    expect(verdict.candidates?.map(({ operator }) => operator.id)).toEqual(['11', '12']);
  });

  test('the one who ordered twice is no tie', () => {
    const again = order('c', 5, '11', CVM).summary;
    expect(ordererOf(delivery('x', 60), { by: 'order', orders: [one, again] })).toMatchObject({
      reason: 'order',
    });
  });

  test('a service, where no order fits', () => {
    expect(ordererOf(delivery('x', 60), undefined)).toMatchObject({
      status: 'unavailable',
      reason: 'service',
    });
  });
});
