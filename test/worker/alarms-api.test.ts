/** /v1/alarms: policies as admins make, choose and change them. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ALARM_POLICIES } from '../../shared/catalogue/alarm-policies.ts';
import { addPolicy, ago, alertsOf, at, happen, startAnew } from '../support/alarms.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.close();
});
beforeEach(() => startAnew(worker));

const DENIED = { apiErrorCode: 'UnauthorizedOperation', errorCode: '4103', errorMessage: 'no permission' };

function change(id: string, json: unknown): Promise<Reply> {
  return worker.call(`/v1/alarms/${id}`, { method: 'PATCH', json });
}

test('shipped policies are listed first, off but for those about Sidetrail itself, and can be chosen', async () => {
  const { json } = await worker.call('/v1/alarms');
  expect(json.alarms).toEqual(ALARM_POLICIES.map((policy) => policy));
  expect(
    await change('std.denied', { on: true, severity: 'critical', silence: 120, schedule: null }),
  ).toMatchObject({
    status: 200,
    json: { on: true, severity: 'critical', silence: 120, schedule: null, shipped: true },
  });
  expect((await change('std.denied', { q: 'product:cam' })).status).toBe(409);
  expect((await worker.call('/v1/alarms/std.denied', { method: 'DELETE' })).status).toBe(409);
  await happen(
    worker,
    Array.from({ length: 20 }, (_, i) => at(ago(100 - i), DENIED)),
  );
  expect(await alertsOf(worker)).toMatchObject([{ alarm: 'std.denied', severity: 'critical', count: 20 }]);
});

test('who changed which policy, when and how is kept, also of one that is gone, and is for admins', async () => {
  const changes = async (id: string, token?: string) =>
    await worker.call(`/v1/alarms/${id}/changes`, token === undefined ? {} : { token });
  await addPolicy(worker, { id: 'kept', q: 'is:root' });
  expect((await addPolicy(worker, { id: 'kept', q: 'is:root' })).status).toBe(409);
  await change('kept', { on: false });
  expect((await change('kept', { channels: ['nowhere'] })).status).toBe(422);
  await worker.call('/v1/alarms/kept', { method: 'DELETE' });
  expect((await changes('kept')).json).toMatchObject({
    changes: [
      { kind: 'deleted', by: 'admin', at: expect.any(String), what: {} },
      { kind: 'changed', what: { on: false } },
      { kind: 'created', what: { q: 'is:root', severity: 'medium', on: true } },
    ],
    next: null,
  });
  expect((await changes('std.buying')).json).toEqual({ changes: [], next: null });
  await change('std.buying', { on: true });
  expect((await changes('std.buying')).json.changes).toMatchObject([{ kind: 'changed', what: { on: true } }]);
  expect((await changes('nothing')).status).toBe(404);
  await worker.call('/v1/members', {
    method: 'POST',
    json: { id: 'aud', name: 'A', role: 'auditor', accounts: '*' },
  });
  const { token } = (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'aud' } })).json;
  expect((await changes('std.buying', token)).status).toBe(403);
});

const REFUSED: readonly [policy: object, status: number, told: object][] = [
  [{ q: 'product:cvm from:7d' }, 400, { at: 12, length: 7 }],
  [{ q: 'outcome:fail' }, 400, { suggestion: 'failed' }],
  [{ id: 'sys.mine' }, 422, { errors: [{ at: 'id' }] }],
  [{ condition: { kind: 'count', within: 59 } }, 422, { errors: [{ at: 'condition.within' }] }],
  [{ condition: { kind: 'count', within: 86_401 } }, 422, {}],
  [{ condition: { kind: 'system' } }, 422, {}],
  [{ condition: { kind: 'first' } }, 422, { errors: [{ at: 'condition.per' }] }],
  [{ schedule: { zone: 'Nowhere/City', days: ['mon'] } }, 422, { errors: [{ at: 'schedule.zone' }] }],
  [{ channels: ['nowhere'] }, 422, { errors: [{ at: 'channels' }] }],
];

test('what is no policy is refused, and it says where', async () => {
  for (const [policy, status, told] of REFUSED) {
    expect(await addPolicy(worker, policy), JSON.stringify(policy)).toMatchObject({ status, json: told });
  }
});

test('the least that makes a policy is a name and a query', async () => {
  const { json, headers } = await worker.call('/v1/alarms', {
    method: 'POST',
    json: { name: 'N', q: 'is:root' },
  });
  expect(json).toMatchObject({
    condition: { kind: 'count', atLeast: 1, within: 300 },
    channels: '*',
    severity: 'medium',
    on: true,
    old: false,
  });
  expect((await worker.call(headers.get('location') ?? '')).json).toEqual(json);
  const changed = await change(json.id, { condition: { kind: 'absence', within: 3600 }, on: false });
  expect(changed.json).toEqual({ ...json, condition: { kind: 'absence', within: 3600 }, on: false });
});
