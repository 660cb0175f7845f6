import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { access as schema } from '../../shared/api/access.ts';
import { by, record, secondsAgo } from '../support/record.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const WEB = '100000000011';
const OPS = '100000000012';
const OFFICE = '203.0.113.5';
const HOTEL = '198.51.100.7';

let worker: TestWorker;
let sent = 0;

/** A record of its own, that many seconds ago, from an address. */
function from(sourceIPAddress: string, ago: number, changes: Record<string, unknown>) {
  sent += 1;
  return record({ requestID: `access-${sent}`, eventTime: secondsAgo(ago), sourceIPAddress, ...changes });
}

async function access(parameters: Record<string, string> = {}, token?: string) {
  const path = `/v1/access?${new URLSearchParams(parameters)}`;
  const reply = await worker.call(path, token === undefined ? {} : { token });
  expect(reply.status, reply.text).toBe(200);
  expect(v.parse(schema, reply.json)).toEqual(reply.json);
  return reply.json;
}

function at(ago: number): string {
  return new Date(secondsAgo(ago) * 1000).toISOString();
}

/** Sessions of a role, with somebody certain behind them. */
function sessionOf(assumerUin: string) {
  const sessionContext = JSON.stringify({ extraInfo: JSON.stringify({ assumerUin, roleSessionName: 'x' }) });
  const role = {
    type: 'AssumedRole',
    principalId: '4611686018427000001',
    accountId: A,
    userName: 'ops-role',
  };
  return { userIdentity: { ...role, sessionContext } };
}

const LOGIN = { eventName: 'ConsoleLogin', resourceType: 'account', eventType: 'ConsoleCall' };

beforeAll(async () => {
  worker = await startWorker();
  const network = { id: 'office', name: 'Office', cidrs: ['203.0.113.0/24'] };
  await worker.call('/v1/networks', { method: 'POST', json: network });
  await worker.send(
    [
      from(OFFICE, 100, by(WEB)),
      from('203.0.113.77', 90_000, by(WEB)),
      from('10.1.2.3', 200, by(WEB)),
      from('', 250, by(WEB)),
      from(HOTEL, 300, { ...by(WEB), eventType: 'ConsoleCall' }),
      from(HOTEL, 400, by(WEB)),
      from('192.0.2.9', 500, by(WEB)),
      from(HOTEL, 350, { ...by(WEB), ...LOGIN }),
      from(HOTEL, 360, { ...by(WEB), ...LOGIN, errorCode: '4100', errorMessage: 'wrong password' }),
      from(OFFICE, 600, by(OPS)),
      from(OFFICE, 650, { ...by(OPS), eventName: 'SetSafeAuthFlag', resourceType: 'cam' }),
      from(OFFICE, 660, { ...by(OPS), eventName: 'SetOffsiteLoginFlag', resourceType: 'account' }),
      from(OFFICE, 670, { ...by(OPS), eventName: 'SetOffsiteLoginFlag', resourceType: 'cvm' }),
      from(OFFICE, 700, sessionOf(WEB)),
      from(HOTEL, 710, sessionOf(OPS)),
    ],
    { source: 'api' },
  );
});

afterAll(async () => {
  await worker?.close();
});

test('it says where everybody worked from, who was outside most first', async () => {
  const { access: found, networks } = await access();
  expect(networks).toBe(1);
  expect(
    found.map(({ operator, person, outside }: Record<string, Record<string, unknown> | undefined>) => [
      operator?.['id'],
      person?.['id'],
      outside?.['count'],
    ]),
  ).toEqual([
    [WEB, undefined, 5],
    ['4611686018427000001', OPS, 1],
    [OPS, undefined, undefined],
    ['4611686018427000001', WEB, undefined],
  ]);
});

test('inside is told by network, outside by address, and private or no addresses are neither', async () => {
  const { access: found } = await access({ limit: '1' });
  expect(found).toEqual([
    {
      account: A,
      operator: { type: 'user', id: WEB, name: `name-of-${WEB}` },
      count: 9,
      first: at(90_000),
      last: at(100),
      inside: [{ network: 'Office', count: 2, first: at(90_000), last: at(100) }],
      outside: {
        count: 5,
        first: at(500),
        last: at(300),
        addresses: 2,
        from: [
          { ip: HOTEL, via: ['console', 'api'], count: 4, first: at(400), last: at(300) },
          { ip: '192.0.2.9', via: ['api'], count: 1, first: at(500), last: at(500) },
        ],
      },
      service: 0,
      unknown: 2,
      logins: {
        ok: 1,
        failed: 0,
        denied: 1,
        addresses: 1,
        from: [{ ip: HOTEL, network: 'outside', ok: 1, failed: 0, denied: 1, first: at(360), last: at(350) }],
      },
    },
  ]);
});

test('changes of what restricts logins are listed, newest first, on the first page', async () => {
  const page = await access({ limit: '1' });
  expect(page.fence.map(({ event }: { event: string }) => event)).toEqual([
    'SetSafeAuthFlag',
    'SetOffsiteLoginFlag',
  ]);
  expect((await access({ limit: '1', cursor: page.next })).fence).toEqual([]);
});

test('pages follow one another without a gap or somebody twice', async () => {
  const { access: all } = await access();
  const seen: unknown[] = [];
  for await (const page of pagesOf((more) => access({ limit: '1', ...more }))) seen.push(...page.access);
  expect(seen).toEqual(all);
});

test('a member is told of themselves only, sessions that are theirs for certain included', async () => {
  const member = {
    id: 'mia',
    name: 'Mia',
    role: 'member',
    accounts: [A],
    operators: [{ account: A, id: WEB }],
  };
  expect((await worker.call('/v1/members', { method: 'POST', json: member })).status).toBe(201);
  const { json } = await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } });
  const { access: own, fence } = await access({}, json.token);
  expect(own.map(({ operator }: { operator: { id: string } }) => operator.id)).toEqual([
    WEB,
    '4611686018427000001',
  ]);
  expect(fence).toEqual([]);
});

test('the same is said once the events are folded into days', async () => {
  const before = await access();
  await worker.tick(new Date());
  const after = await access();
  expect([after.access, after.fence]).toEqual([before.access, before.fence]);
});

test('a network that is gone leaves its events inside without a name', async () => {
  expect((await worker.call('/v1/networks/office', { method: 'DELETE' })).status).toBe(204);
  const { access: found, networks } = await access({ q: 'network:inside' });
  expect(networks).toBe(0);
  expect(found[0]?.inside).toMatchObject([{ network: null }]);
});
