import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOperators } from '../../worker/store/operators.ts';
import { openStore } from '../../worker/store/meter.ts';
import type { Scope } from '../../worker/store/scope.ts';
import { record, secondsAgo } from '../support/record.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const B = '1250000002';
const ALICE = '100000000011';
const BOB = '100000000012';
const EVERYTHING: Scope = { accounts: '*', operators: '*' };
let worker: TestWorker;

beforeEach(async () => {
  worker = await startWorker();
});

afterEach(async () => {
  await worker?.close();
});

let requests = 0;

/** An event of somebody who bears a name then. */
function deed(id: string, userName: string, age: number, account = A): Record<string, unknown> {
  requests += 1;
  return record({
    requestID: `request-${requests}`,
    eventTime: secondsAgo(age),
    userIdentity: { type: 'CAMUser', principalId: id, accountId: account, userName },
  });
}

function list(q: string, token?: string): Promise<Reply> {
  return worker.call(`/v1/events?${new URLSearchParams({ q })}`, token === undefined ? {} : { token });
}

async function found(q: string, token?: string): Promise<string[]> {
  const { json } = await list(q, token);
  return json.events.map(({ operator }: { operator: { name: string } }) => operator.name);
}

function costOf({ headers }: Reply): { trips: number; read: number } {
  const [, trips, read] = /trips=(\d+) read=(\d+)/.exec(headers.get('server-timing') ?? '') ?? [];
  return { trips: Number(trips), read: Number(read) };
}

async function tokenOf(member: Record<string, unknown>): Promise<string> {
  await worker.call('/v1/members', { method: 'POST', json: { name: member['id'], ...member } });
  return (await worker.call('/v1/tokens', { method: 'POST', json: { member: member['id'] } })).json.token;
}

async function names(scope = EVERYTHING): Promise<string[]> {
  const operators = await findOperators(openStore(worker.db), scope, [ALICE, BOB]);
  return operators.map(({ name }) => name);
}

test('who was renamed is found by the present name, in older events too', async () => {
  await worker.send([deed(ALICE, 'Temp-7', 500), deed(BOB, 'bob', 400)]);
  await worker.tick(new Date());
  expect(await found('operator:alice')).toEqual([]);
  await worker.send([deed(ALICE, 'Alice', 100)]);
  await worker.tick(new Date());
  expect(await found('operator:alice')).toEqual(['Alice', 'Temp-7']);
  expect(await found('operator:ali*')).toEqual(['Alice', 'Temp-7']);
  expect(await found('operator:*lic*,nobody')).toEqual(['Alice', 'Temp-7']);
  expect(await found('-operator:alice')).toEqual(['bob']);
  expect(await found('operator:temp-7')).toEqual(['Temp-7']);
  expect(await found('operator:*')).toHaveLength(3);
});

test('a name that came late does not take the place of a newer one', async () => {
  await worker.send([deed(ALICE, 'Alice', 100)]);
  await worker.tick(new Date());
  await worker.send([deed(ALICE, 'Temp-7', 500), deed(ALICE, '', 50)]);
  await worker.tick(new Date());
  const [alice] = await findOperators(openStore(worker.db), EVERYTHING, [ALICE]);
  expect(alice).toEqual({
    account: A,
    id: ALICE,
    name: 'Alice',
    type: 'user',
    first: secondsAgo(500),
    last: secondsAgo(50),
  });
});

test('the person behind a role is found by their present name', async () => {
  const session = { extraInfo: JSON.stringify({ assumerUin: ALICE }) };
  const asRole = {
    ...deed('4611686018400000021', 'deploy', 300),
    userIdentity: {
      type: 'AssumedRole',
      principalId: '4611686018400000021',
      accountId: A,
      userName: 'deploy',
      sessionContext: JSON.stringify(session),
    },
  };
  await worker.send([asRole, deed(ALICE, 'alice', 100)]);
  await worker.tick(new Date());
  expect(await found('person:alice')).toEqual(['deploy']);
  expect(await found('person:al*ce')).toEqual(['deploy']);
});

test('looking a name up costs a list no round trip, and few rows', async () => {
  const others = Array.from({ length: 300 }, (_, i) => deed(`${200_000_000_000 + i}`, `other-${i}`, 200 + i));
  await worker.send([...others, deed(ALICE, 'alice', 100)]);
  await worker.tick(new Date());
  const whole = costOf(await list('operator:alice'));
  expect(whole.trips).toBe(2);
  expect(whole.read).toBeLessThan(30);
  expect(costOf(await list('operator:al*')).trips).toBe(2);
});

test('names of others say nothing to who may not see them', async () => {
  // Somebody else, of this account and of another, bears the name that the member's own operator has in a record.
  await worker.send([
    deed(ALICE, 'first', 500),
    deed(ALICE, 'second', 400),
    deed(BOB, 'first', 300),
    deed(BOB, 'third', 200),
    deed(BOB, 'third', 100, B),
  ]);
  await worker.tick(new Date());
  const mia = await tokenOf({ id: 'mia', accounts: [A], operators: [{ account: A, id: ALICE }] });
  expect(await found('operator:second', mia)).toEqual(['second', 'first']);
  expect(await found('operator:third', mia)).toEqual([]);
  expect(await found('-operator:third', mia)).toEqual(['second', 'first']);
  const own: Scope = { accounts: [A], operators: [{ account: A, id: ALICE }] };
  expect(await names(own)).toEqual(['second']);
  expect(await names({ accounts: [B], operators: '*' })).toEqual(['third']);
  expect(await findOperators(openStore(worker.db), own, [ALICE, BOB])).toHaveLength(1);
  const ada = await tokenOf({ id: 'ada', role: 'auditor', accounts: [B] });
  expect(await found('operator:second', ada)).toEqual([]);
});

test('operators stay known when their events have aged, and go with their account', async () => {
  await worker.send([deed(ALICE, 'alice', 40 * 86_400), deed(BOB, 'bob', 50)]);
  await worker.send([deed(ALICE, 'demo', 50, '100000000000')], { source: 'demo' });
  await worker.tick(new Date());
  await worker.call(`/v1/accounts/${A}`, { method: 'PATCH', json: { retention: 30 } });
  await worker.tick(new Date());
  expect(await found('')).toEqual(['demo', 'bob']);
  expect(await names()).toEqual(['alice', 'bob', 'demo']);
  await worker.call('/v1/accounts/100000000000', { method: 'DELETE' });
  expect(await names()).toEqual(['alice', 'bob']);
});
