import { afterEach, beforeEach, expect, test } from 'vitest';
import { record } from '../support/record.ts';
import { expectAllClassified, settle } from '../support/reflag.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeEach(async () => {
  worker = await startWorker();
});
afterEach(async () => {
  await worker?.close();
});

const OFFICE = { id: 'office', name: 'Office', cidrs: ['203.0.113.0/24'] };

function add(json: unknown): Promise<Reply> {
  return worker.call('/v1/networks', { method: 'POST', json });
}

function change(id: string, json: unknown): Promise<Reply> {
  return worker.call(`/v1/networks/${id}`, { method: 'PATCH', json });
}

function many(i: number): string[] {
  return Array.from({ length: 200 }, (_, j) => `203.${i}.${j}.0/24`);
}

/** Where each event came from, by address. */
async function sides(): Promise<Record<string, string>> {
  const { json } = await worker.call('/v1/events?limit=100');
  return Object.fromEntries(
    json.events.map((event: { ip: string; network: string }) => [event.ip, event.network]),
  );
}

function from(...addresses: string[]): Promise<Reply> {
  return worker.send(addresses.map((ip) => record({ requestID: `from ${ip}`, sourceIPAddress: ip })));
}

test('events are inside or outside the networks that there are, at once where they arrive, later where they were', async () => {
  await from('203.0.113.5', '198.51.100.5', '10.1.2.3');
  expect(await sides()).toEqual({
    '203.0.113.5': 'unknown',
    '198.51.100.5': 'unknown',
    '10.1.2.3': 'unknown',
  });
  expect((await add(OFFICE)).status).toBe(201);
  await from('203.0.113.6', '2001:db8::6');
  expect(await sides()).toMatchObject({
    '203.0.113.5': 'unknown',
    '203.0.113.6': 'inside',
    '2001:db8::6': 'outside',
  });
  await settle(worker);
  expect(await sides()).toEqual({
    '203.0.113.5': 'inside',
    '203.0.113.6': 'inside',
    '198.51.100.5': 'outside',
    '2001:db8::6': 'outside',
    '10.1.2.3': 'unknown',
  });
  const { json } = await worker.call('/v1/events?q=network:outside');
  expect(json.events.map(({ ip }: { ip: string }) => ip).toSorted()).toEqual(['198.51.100.5', '2001:db8::6']);
  await worker.call('/v1/networks/office', { method: 'DELETE' });
  await settle(worker);
  expect(new Set(Object.values(await sides()))).toEqual(new Set(['unknown']));
  await expectAllClassified(worker);
});

test('a network counts for the time that it is valid', async () => {
  await worker.send([record({ requestID: 'now' })]);
  await add({ ...OFFICE, from: '2020-01-01T08:00:00+08:00' });
  await settle(worker);
  expect(await sides()).toEqual({ '203.0.113.5': 'inside' });
  expect((await change('office', { to: '2021-01-01T00:00:00Z' })).json).toEqual({
    ...OFFICE,
    from: '2020-01-01T00:00:00.000Z',
    to: '2021-01-01T00:00:00.000Z',
  });
  await settle(worker);
  expect(await sides()).toEqual({ '203.0.113.5': 'unknown' });
  expect((await change('office', { to: null, from: null })).json).toEqual(OFFICE);
  await settle(worker);
  expect(await sides()).toEqual({ '203.0.113.5': 'inside' });
});

test('CIDRs are kept in the one way they are written, each once', async () => {
  const { json } = await add({ ...OFFICE, cidrs: ['203.0.113.7', '2001:DB8:0::/32', '2001:db8::/32'] });
  expect(json.cidrs).toEqual(['203.0.113.7/32', '2001:db8::/32']);
  expect((await worker.call('/v1/networks/office')).json).toEqual(json);
});

const REFUSED: readonly [changes: object, at: string, message: RegExp][] = [
  [{ cidrs: ['198.51.100.0/24', '203.0.113.7/24'] }, 'cidrs.1', /203\.0\.113\.0\/24/],
  [{ cidrs: ['10.0.0.0/8'] }, 'cidrs.0', /private/],
  [{ cidrs: [] }, 'cidrs', /at least one/],
  [{ cidrs: Array.from({ length: 201 }, (_, i) => `198.51.${i}.0/24`) }, 'cidrs', /at most 200/],
  [{ from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00+00:00' }, 'to', /later than from/],
  [{ from: 'yesterday' }, 'from', /RFC 3339/],
  [{ id: 'My Office' }, 'id', /lower-case/],
];

test('what is no network is refused, and it says where', async () => {
  for (const [changes, at, message] of REFUSED) {
    const { status, json } = await add({ ...OFFICE, ...changes });
    expect(status).toBe(422);
    expect(json.errors[0]).toEqual({ at, message: expect.stringMatching(message) });
  }
  expect((await worker.call('/v1/networks')).json.networks).toEqual([]);
});

test('a network that exists is changed and not made again; one that does not is not there', async () => {
  await add({ ...OFFICE, from: '2026-01-01T00:00:00Z' });
  expect((await add(OFFICE)).status).toBe(409);
  expect((await change('office', { to: '2025-01-01T00:00:00Z' })).json.errors[0].at).toBe('to');
  expect((await change('home', { name: 'Home' })).status).toBe(404);
  expect((await worker.call('/v1/networks/home', { method: 'DELETE' })).status).toBe(404);
});

test('what two admins change at once is both changed', async () => {
  await add(OFFICE);
  await Promise.all([
    change('office', { name: 'Head office' }),
    change('office', { cidrs: ['198.51.100.0/24'] }),
  ]);
  expect((await worker.call('/v1/networks/office')).json).toEqual({
    id: 'office',
    name: 'Head office',
    cidrs: ['198.51.100.0/24'],
  });
});

test('there are so many networks and CIDRs at most, however many are added at once', async () => {
  const added = await Promise.all(
    Array.from({ length: 210 }, (_, i) =>
      add({ name: `n${i}`, cidrs: i < 24 ? many(i) : [`198.51.${i}.0/24`] }),
    ),
  );
  expect(added.filter(({ status }) => status === 201)).toHaveLength(200);
  expect(added.filter(({ status }) => status === 409)).toHaveLength(10);
  const { json } = await worker.call('/v1/networks');
  expect((await change(json.networks[0].id, { cidrs: many(30) })).status).toBe(
    json.networks[0].cidrs.length === 200 ? 200 : 409,
  );
});

test('only a change of what events are has them looked at anew', async () => {
  await worker.send([record()]);
  await add(OFFICE);
  await settle(worker);
  const before = (await worker.call('/v1/networks')).json.progress;
  expect(before).toMatchObject({ state: 'done', done: 1, of: 1, through: null });
  await change('office', { name: 'Head office' });
  expect((await worker.call('/v1/networks')).json.progress).toEqual(before);
  await change('office', { cidrs: ['198.51.100.0/24'] });
  expect((await worker.call('/v1/networks')).json.progress).toEqual({
    version: before.version + 1,
    state: 'running',
    done: 0,
    of: 1,
    through: null,
  });
});
