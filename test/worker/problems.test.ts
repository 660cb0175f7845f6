import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problems as schema } from '../../shared/api/problems.ts';
import { by, record, secondsAgo } from '../support/record.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const B = '1250000002';
const WEB = '100000000011';
const OPS = '100000000012';

const DENIED = {
  apiErrorCode: 'UnauthorizedOperation.CamNoAuth',
  apiErrorMessage:
    'you are not authorized to perform operation (cvm:StopInstances)\nresource (qcs::cvm:::instance/ins-0a1b2c3d) has no permission',
};
const SOLD_OUT = { apiErrorCode: 'ResourceInsufficient', apiErrorMessage: 'sold out' };

let worker: TestWorker;
let sent = 0;

/** A record of its own, that many seconds ago. */
function deed(ago: number, changes: Record<string, unknown>) {
  sent += 1;
  return record({ requestID: `problem-${sent}`, eventTime: secondsAgo(ago), ...changes });
}

async function problems(parameters: Record<string, string> = {}, token?: string) {
  const path = `/v1/problems?${new URLSearchParams(parameters)}`;
  const reply = await worker.call(path, token === undefined ? {} : { token });
  expect(reply.status, reply.text).toBe(200);
  expect(v.parse(schema, reply.json)).toEqual(reply.json);
  return reply.json;
}

function at(ago: number): string {
  return new Date(secondsAgo(ago) * 1000).toISOString();
}

beforeAll(async () => {
  worker = await startWorker();
  await worker.send(
    [
      // Two days of denials, one of them under a former name.
      ...[100, 200, 100_000].map((ago) => deed(ago, { ...by(WEB), eventName: 'StopInstances', ...DENIED })),
      deed(300, { ...by(WEB), eventName: 'StopInstances', ...DENIED, userIdentity: named(WEB, 'former') }),
      deed(400, { ...by(WEB), eventName: 'RunInstances', ...SOLD_OUT }),
      deed(500, { ...by(OPS), eventName: 'RunInstances', ...SOLD_OUT }),
      deed(600, {
        ...by(OPS),
        eventName: 'AttachDisks',
        resourceType: 'cbs',
        errorCode: '4102',
        errorMessage: 'no',
      }),
      deed(700, { ...by(OPS), eventName: 'GetUser', apiErrorCode: 'AuthFailure.SignatureFailure' }),
      deed(800, { ...by(OPS), eventName: 'DescribeInstances' }),
      deed(900, { ...by(WEB, B), eventName: 'StopInstances', ...DENIED }),
    ],
    { source: 'api' },
  );
});

function named(id: string, userName: string) {
  return { type: 'CAMUser', principalId: id, accountId: A, userName };
}

afterAll(async () => {
  await worker?.close();
});

test('failures are grouped by operator, call and error, the most frequent first, then the newest', async () => {
  const { problems: found, next } = await problems();
  expect(
    found.map((each: Record<string, unknown>) => [
      each['account'],
      each['event'],
      each['outcome'],
      each['count'],
    ]),
  ).toEqual([
    [A, 'StopInstances', 'denied', 4],
    [A, 'RunInstances', 'failed', 1],
    [A, 'RunInstances', 'failed', 1],
    [A, 'AttachDisks', 'denied', 1],
    [A, 'GetUser', 'denied', 1],
    [B, 'StopInstances', 'denied', 1],
  ]);
  expect(found[1].operator.id).toBe(WEB);
  expect(found[1]).not.toHaveProperty('denial');
  expect(next).toBeNull();
});

test('a denial says what was missing and what would allow it, with the newest event as its example', async () => {
  const { problems: found } = await problems({ limit: '1' });
  expect(found[0]).toMatchObject({
    operator: { type: 'user', id: WEB, name: `name-of-${WEB}` },
    product: 'cvm',
    error: { layer: 'cam', code: 'UnauthorizedOperation.CamNoAuth' },
    first: at(100_000),
    last: at(100),
    denial: {
      about: 'permission',
      missing: [{ action: 'cvm:StopInstances', resources: ['qcs::cvm:::instance/ins-0a1b2c3d'] }],
      suggestion: {
        version: '2.0',
        statement: [
          { effect: 'allow', action: ['cvm:StopInstances'], resource: ['qcs::cvm:::instance/ins-0a1b2c3d'] },
        ],
      },
    },
    example: { requestId: 'problem-1', error: { message: DENIED.apiErrorMessage } },
  });
});

test('a right is guessed where the message names none, and nothing is suggested where identity failed', async () => {
  const { problems: found } = await problems({ q: `operator:${OPS} outcome:denied` });
  expect(found.map(({ denial }: { denial: unknown }) => denial)).toMatchObject([
    { about: 'permission', guessed: true, missing: [{ action: 'cvm:AttachDisks' }] },
    { about: 'identity' },
  ]);
});

test('pages follow one another without a gap or a group twice', async () => {
  const { problems: all } = await problems();
  const seen: unknown[] = [];
  for await (const page of pagesOf((more) => problems({ limit: '2', ...more }))) seen.push(...page.problems);
  expect(seen).toEqual(all);
});

test('the query narrows, and nothing found says how to find more', async () => {
  const { problems: ok, widen } = await problems({ q: 'outcome:ok' });
  expect(ok).toEqual([]);
  expect(widen).not.toHaveLength(0);
  const { problems: recent } = await problems({ q: 'event:StopInstances from:4m' });
  expect(recent).toMatchObject([{ count: 2 }]);
});

test('a member is told of their own problems only', async () => {
  const member = {
    id: 'mia',
    name: 'Mia',
    role: 'member',
    accounts: [A],
    operators: [{ account: A, id: OPS }],
  };
  expect((await worker.call('/v1/members', { method: 'POST', json: member })).status).toBe(201);
  const { json } = await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } });
  const { problems: own, scope } = await problems({}, json.token);
  expect(own.map(({ operator }: { operator: { id: string } }) => operator.id)).toEqual([OPS, OPS, OPS]);
  expect(scope).toEqual({ hidden: true, role: 'lead' });
});

test('an answer costs three round trips, and the same once the events are folded into days', async () => {
  const before = await worker.call('/v1/problems');
  expect(before.headers.get('server-timing')).toContain('trips=3 ');
  await worker.tick(new Date());
  const after = await worker.call('/v1/problems');
  expect(after.json.problems).toEqual(before.json.problems);
});
