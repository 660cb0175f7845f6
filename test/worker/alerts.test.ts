import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '../../shared/api/alerts.ts';
import {
  addPolicy,
  addSilentChannel,
  ago,
  alertsOf,
  at,
  happen,
  noticesOf,
  startAnew,
  tickIn,
} from '../support/alarms.ts';
import { by } from '../support/record.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.close();
});
beforeEach(() => startAnew(worker));

const A = '1250000001';
const B = '1250000002';
const EACH = { condition: { kind: 'count', within: 60, per: 'operator' }, silence: 600 };

async function tokenOf(member: object): Promise<string> {
  const { json } = await worker.call('/v1/members', { method: 'POST', json: { name: 'N', ...member } });
  return (await worker.call('/v1/tokens', { method: 'POST', json: { member: json.id } })).json.token;
}

function act(
  id: string | undefined,
  what: string,
  init: { method?: string; json?: unknown; token?: string } = {},
): Promise<Reply> {
  return worker.call(`/v1/alerts/${id}/${what}`, { method: 'POST', ...init });
}

async function theAlert(): Promise<Alert> {
  const [alert] = await alertsOf(worker);
  if (alert === undefined) throw new Error('there is no alert');
  return alert;
}

describe('what somebody does about an alert', () => {
  beforeEach(async () => {
    await addSilentChannel(worker);
    await addPolicy(worker, EACH);
    await happen(worker, [at(ago(100))]);
  });

  test('acknowledged, it is told no more but that it is over; that can be taken back', async () => {
    const { id } = await theAlert();
    expect((await act(id, 'acknowledge')).json).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: 'admin', byName: 'Admin' },
    });
    await tickIn(worker, 200);
    await happen(worker, [at(ago(60))]);
    await tickIn(worker, 290);
    expect(await theAlert()).toMatchObject({ count: 2, state: 'acknowledged' });
    const { json } = await act(id, 'acknowledge', { method: 'DELETE' });
    expect(json).toMatchObject({ state: 'open' });
    expect(json).not.toHaveProperty('acknowledged');
    await act(id, 'acknowledge');
    await tickIn(worker, 1200);
    expect(await theAlert()).toMatchObject({ state: 'recovered' });
    expect(await noticesOf(worker)).toEqual(['opened', 'recovered']);
  });

  test('muted, nobody is told until it ends', async () => {
    const { id } = await theAlert();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await act(id, 'mute', { json: { until } })).json).toMatchObject({
      muted: { by: 'admin', byName: 'Admin' },
    });
    await tickIn(worker, 1000);
    // After the silence it is another alert of the same group, which is muted too.
    await happen(worker, [at(ago(-1100))]);
    expect(await alertsOf(worker)).toMatchObject([{ state: 'recovered' }, { muted: {} }]);
    expect(await noticesOf(worker)).toEqual(['opened']);
    await act(id, 'mute', { method: 'DELETE' });
    await tickIn(worker, 60);
    expect(await noticesOf(worker)).toEqual(['opened', 'opened']);
    for (const wrong of [ago(10), ago(-91 * 86_400)]) {
      const json = { until: new Date(wrong * 1000).toISOString() };
      expect(await act(id, 'mute', { json })).toMatchObject({
        status: 422,
        json: { errors: [{ at: 'until' }] },
      });
    }
  });

  test('who did it is named, and known by their id once they are gone', async () => {
    const { id } = await theAlert();
    const auditor = { id: 'mei', name: 'Mei', role: 'auditor', accounts: '*' };
    await act(id, 'acknowledge', { token: await tokenOf(auditor) });
    expect((await theAlert()).acknowledged).toMatchObject({ by: 'mei', byName: 'Mei' });
    await worker.call('/v1/members/mei', { method: 'DELETE' });
    const { acknowledged } = await theAlert();
    expect(acknowledged).toEqual({ by: 'mei', at: acknowledged?.at });
  });

  test('expected, its group stays quiet, and only that, until it is no longer expected', async () => {
    const { id } = await theAlert();
    expect((await act(id, 'expected')).json).toMatchObject({
      expected: { by: 'admin', byName: 'Admin' },
    });
    await tickIn(worker, 1000);
    await happen(worker, [at(ago(-1100)), at(ago(-1100), by('100000000021'))]);
    const alerts = await alertsOf(worker);
    expect(alerts).toHaveLength(3);
    expect(alerts[1]).toMatchObject({ expected: {}, group: { value: '100000000011' } });
    expect(alerts[2]).not.toHaveProperty('expected');
    expect(await noticesOf(worker)).toEqual(['opened', 'opened']);
    const { json } = await act(alerts[1]?.id, 'expected', { method: 'DELETE' });
    expect(json).not.toHaveProperty('expected');
    await tickIn(worker, 10);
    expect(await noticesOf(worker)).toEqual(['opened', 'opened', 'opened']);
  });

  test('is for auditors and admins: nobody silences an alarm about themselves', async () => {
    const { id } = await theAlert();
    const own = await tokenOf({ accounts: [A], operators: [{ account: A, id: '100000000011' }] });
    const other = await tokenOf({ accounts: [A], operators: [{ account: A, id: '100000000099' }] });
    const auditor = await tokenOf({ role: 'auditor', accounts: [A] });
    for (const what of ['acknowledge', 'expected']) {
      expect((await act(id, what, { token: own })).status).toBe(403);
      expect((await act(id, what, { token: other })).status).toBe(404);
      expect((await act(id, what, { token: auditor })).status).toBe(200);
    }
    expect((await act('nothing', 'acknowledge')).status).toBe(404);
  });
});

test('who sees some only sees alerts all of whose events are theirs, and who sees more is said', async () => {
  await addPolicy(worker, { id: 'each', ...EACH });
  await addPolicy(worker, { id: 'all', condition: { kind: 'count', within: 60 } });
  await addPolicy(worker, { id: 'unheard', q: 'event:Nothing' });
  await happen(worker, [
    at(ago(100), by('100000000021')),
    at(ago(99), by('100000000022')),
    at(ago(98), by('100000000023', B)),
  ]);
  const mia = await tokenOf({ accounts: [A], operators: [{ account: A, id: '100000000021' }] });
  const auditor = await tokenOf({ role: 'auditor', accounts: [A] });
  const seenBy = async (token?: string): Promise<string[]> =>
    (await alertsOf(worker, '', token))
      .map(({ alarm, group }) => `${alarm} ${group?.value ?? ''}`)
      .toSorted();
  expect(await seenBy(mia)).toEqual(['each 100000000021']);
  expect(await seenBy(auditor)).toEqual(['each 100000000021', 'each 100000000022']);
  expect(await seenBy()).toHaveLength(4);
  expect((await worker.call('/v1/alerts', { token: mia })).json.scope).toEqual({
    hidden: true,
    role: 'lead',
  });
  expect((await worker.call('/v1/alerts')).json).not.toHaveProperty('scope');

  const policies = async (token?: string): Promise<string[]> =>
    (await worker.call('/v1/alarms', token === undefined ? {} : { token })).json.alarms.map(
      ({ id }: Alert) => id,
    );
  expect(await policies(mia)).toEqual(['each']);
  expect(await policies(auditor)).toEqual(expect.arrayContaining(['each', 'all', 'unheard']));
  expect(await policies(auditor)).not.toContain('sys.tick');
  for (const path of ['/v1/alarms', '/v1/alarms/each']) {
    expect((await worker.call(path, { token: auditor })).text).not.toContain('"channels"');
    expect((await worker.call(path)).text).toContain('"channels"');
  }
  expect((await worker.call('/v1/alarms/all', { token: mia })).status).toBe(404);
});

test('alerts come newest first, in pages, by state and policy, with the newest of their events', async () => {
  await addPolicy(worker, { id: 'each', ...EACH });
  await happen(
    worker,
    Array.from({ length: 5 }, (_, i) => at(ago(100 - i), by(`10000000002${i}`))),
  );
  const { json } = await worker.call('/v1/alerts?limit=2&state=open&alarm=each');
  expect(json.alerts).toHaveLength(2);
  expect(json.alerts[0].events.map(({ id }: { id: string }) => id)).toEqual(json.alerts[0].examples);
  const rest = await worker.call(`/v1/alerts?limit=9&state=open&alarm=each&cursor=${json.next}`);
  expect(rest.json).toMatchObject({ next: null });
  const all = [...json.alerts, ...rest.json.alerts].map(({ id }: Alert) => id);
  expect(new Set(all).size).toBe(5);
  expect((await worker.call(`/v1/alerts?cursor=${json.next}`)).status).toBe(400);
  expect((await worker.call('/v1/alerts?state=recovered')).json.alerts).toEqual([]);
  expect((await worker.call(`/v1/alerts/${all[0]}`)).json).toEqual(json.alerts[0]);
});
