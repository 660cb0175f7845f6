import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { by, record, records, secondsAgo } from '../support/record.ts';
import { settle } from '../support/reflag.ts';
import {
  addTrack,
  bucketOf,
  deliveriesOf,
  empty,
  objectsOf,
  plainTrack,
  requestsIn,
  trackOf,
} from '../support/tracks.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';
import { openStore } from '../../worker/store/meter.ts';
import { planDeliveries } from '../../worker/tracks/plan.ts';
import { provideHex } from '../bench/hex.ts';

provideHex();

let worker: TestWorker;
let bucket: R2Bucket;
beforeAll(async () => {
  worker = await startWorker();
  bucket = await bucketOf(worker);
});
beforeEach(async () => {
  await empty(worker);
});
afterAll(async () => {
  await worker?.close();
});

function tick(secondsFromNow = 0): Promise<void> {
  return worker.tick(new Date(Date.now() + secondsFromNow * 1000));
}

function change(id: string, json: unknown): Promise<unknown> {
  return worker.call(`/v1/tracks/${id}`, { method: 'PATCH', json });
}

function ids(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}-${i}`).toSorted();
}

const numbered = (prefix: string) => (i: number) => ({ requestID: `${prefix}-${i}` });

test('one request makes a set, and what comes in from then on is delivered', async () => {
  await worker.send([record({ requestID: 'before' })]);
  const made = await worker.call('/v1/tracks', {
    method: 'POST',
    json: { name: 'CVM', q: 'product:cvm', target: { type: 'r2', prefix: 'audit/cvm' } },
  });
  expect(made).toMatchObject({
    status: 201,
    json: {
      name: 'CVM',
      q: 'product:cvm',
      accounts: '*',
      format: 'records',
      compress: true,
      status: 'on',
      changedBy: 'admin',
      health: 'ok',
      lastDelivered: null,
      backlog: 0,
    },
  });
  const { id } = made.json;
  expect(made.headers.get('location')).toBe(`/v1/tracks/${id}`);
  await worker.send([
    ...records(3, numbered('cvm')),
    record({ requestID: 'other', resourceType: 'cam', eventName: 'GetUser' }),
  ]);
  await tick();
  expect(await requestsIn(bucket, 'audit/cvm')).toEqual(ids('cvm', 3));
  const deliveries = await deliveriesOf(worker, id);
  expect(deliveries.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  expect(deliveries.every(({ state, attempts }) => state === 'delivered' && attempts === 1)).toBe(true);
  expect(await trackOf(worker, id)).toMatchObject({ health: 'ok', backlog: 0, lag: 0 });
});

test('objects lie by the hour in China, in order of time, and say what is in them', async () => {
  await addTrack(worker, { ...plainTrack('all'), compress: true });
  const hour = Math.floor(secondsAgo(7200) / 3600) * 3600;
  await worker.send([
    record({ requestID: 'third', eventTime: hour + 30 }),
    record({ requestID: 'next hour', eventTime: hour + 3600 }),
    record({ requestID: 'first', eventTime: hour }),
    record({ requestID: 'second', eventTime: hour + 29 }),
  ]);
  await tick();
  const objects = await objectsOf(bucket, 'all');
  const folder = new Date((hour + 8 * 3600) * 1000).toISOString().replaceAll(/\D/g, '').slice(0, 10);
  expect(objects.map(({ lines }) => lines.map(({ requestID }) => requestID))).toEqual([
    ['first', 'second', 'third'],
    ['next hour'],
  ]);
  const [object] = objects;
  expect(object?.key).toMatch(new RegExp(`^all/${folder}/all_\\d{12}_1\\.json\\.gz$`));
  const stored = await bucket.get(object?.key ?? '');
  const bytes = Buffer.from((await stored?.arrayBuffer()) ?? '');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(object?.object.customMetadata).toMatchObject({ count: '3', sha256, track: 'all' });
  const [, first] = await deliveriesOf(worker, 'all');
  expect(first).toMatchObject({ key: object?.key.slice(4), sha256, bytes: bytes.length, count: 3 });
  expect(object?.object.customMetadata?.['batch']).toBe(first.id);
});

test('a set may have the events instead of records, and filters instead of a query', async () => {
  await addTrack(worker, { ...plainTrack('summaries'), format: 'events' });
  const filters = [
    { product: 'CVM', action: 'write', events: ['runinstances', 'Nothing'] },
    { product: '*', action: 'read', events: ['*'] },
  ];
  const { q: _q, ...noQuery } = plainTrack('filtered');
  await addTrack(worker, { ...noQuery, filters });
  await worker.send([
    record({ requestID: 'run' }),
    record({ requestID: 'stop', eventName: 'StopInstances' }),
    record({ requestID: 'read', actionType: 'Read', resourceType: 'cam', eventName: 'GetUser' }),
  ]);
  await tick();
  expect(await requestsIn(bucket, 'filtered')).toEqual(['read', 'run']);
  const [object] = await objectsOf(bucket, 'summaries');
  const { json } = await worker.call('/v1/events');
  expect(object?.lines.toSorted((one, other) => other.seq - one.seq)).toEqual(
    json.events.toSorted((one: { seq: number }, other: { seq: number }) => other.seq - one.seq),
  );
  expect(await trackOf(worker, 'filtered')).toMatchObject({ filters });
});

test('a set takes the accounts that it names only', async () => {
  await addTrack(worker, { ...plainTrack('one'), accounts: ['1250000002'] });
  await worker.send([
    record({ requestID: 'theirs' }),
    record({ requestID: 'ours', ...by('100000000077', '1250000002') }),
  ]);
  await tick();
  expect(await requestsIn(bucket, 'one')).toEqual(['ours']);
});

test('an event is delivered once, however often and from wherever it comes', async () => {
  await addTrack(worker, plainTrack('all'));
  const poor = records(20, (i) => ({ ...numbered('n')(i), sourceIPAddress: '' }));
  const rich = records(20, numbered('n'));
  await worker.send(poor, { source: 'push' });
  await tick();
  await worker.send(poor, { source: 'push' });
  await Promise.all([
    worker.send(rich, { source: 'api' }),
    worker.send(rich.toReversed(), { source: 'files' }),
  ]);
  await tick(60);
  expect(await requestsIn(bucket, 'all')).toEqual(ids('n', 20));
});

test('an event that an arrival turns into one of the set is delivered then; one by changed rules is not', async () => {
  await settle(worker);
  await addTrack(worker, plainTrack('from', { q: 'ip:203.0.113.0/24' }));
  await addTrack(worker, plainTrack('sensitive', { q: 'is:sensitive' }));
  await worker.send([record({ requestID: 'n', sourceIPAddress: '' })], { source: 'push' });
  await tick();
  expect(await requestsIn(bucket, 'from')).toEqual([]);
  await worker.send([record({ requestID: 'n' })], { source: 'api' });
  await tick();
  expect(await requestsIn(bucket, 'from')).toEqual(['n']);
  await worker.call('/v1/rules', { method: 'POST', json: { name: 'mine', query: 'event:RunInstances' } });
  await settle(worker);
  await worker.send([record({ requestID: 'later' })]);
  await tick();
  expect(await requestsIn(bucket, 'sensitive')).toEqual(['later']);
});

test('what is removed before it is sent is left out, and what of a set is all gone holds nothing up', async () => {
  await addTrack(worker, plainTrack('all', { status: 'paused' }));
  await worker.send([
    record({ requestID: 'left', eventTime: secondsAgo(86_400) }),
    record({ requestID: 'gone' }),
  ]);
  await tick();
  expect(await trackOf(worker, 'all')).toMatchObject({ health: 'paused', backlog: 2 });
  await worker.db.prepare(`DELETE FROM event WHERE id = (SELECT max(id) FROM event)`).run();
  await change('all', { status: 'on' });
  await tick();
  expect(await requestsIn(bucket, 'all')).toEqual(['left']);
  expect(await trackOf(worker, 'all')).toMatchObject({ health: 'ok', backlog: 0, lag: 0 });
  const counts = (await deliveriesOf(worker, 'all')).map(({ count }): number => count);
  expect(counts.toSorted((one, other) => one - other)).toEqual([0, 1]);
});

test('while a set is paused nothing is sent, and then everything', async () => {
  await addTrack(worker, plainTrack('all'));
  await change('all', { status: 'paused' });
  await worker.send(records(5, numbered('n')));
  await tick();
  expect(await requestsIn(bucket, 'all')).toEqual([]);
  expect(await trackOf(worker, 'all')).toMatchObject({ status: 'paused', health: 'paused', backlog: 5 });
  await change('all', { status: 'on' });
  await tick();
  expect(await requestsIn(bucket, 'all')).toEqual(ids('n', 5));
});

test('a new set may have the past too: each event once, whatever comes in meanwhile', async () => {
  await worker.send(records(1500, (i) => ({ ...numbered('old')(i), eventTime: secondsAgo(3600 + i * 7) })));
  await worker.send([record({ requestID: 'too old', eventTime: secondsAgo(86_400) })]);
  await worker.send([record({ requestID: 'revised', eventTime: secondsAgo(4000), sourceIPAddress: '' })]);
  const backfill = { from: new Date(secondsAgo(80_000) * 1000).toISOString() };
  const { q: _q, ...noQuery } = plainTrack('filters');
  const filters = [
    { product: 'cvm', action: '*', events: ['RunInstances'] },
    { product: '*', action: 'write', events: ['*'] },
  ];
  await addTrack(worker, plainTrack('all', { backfill }));
  await addTrack(worker, { ...noQuery, filters, backfill });
  await worker.send(records(20, (i) => ({ ...numbered('new')(i), eventTime: secondsAgo(3000 + i) })));
  await worker.send([record({ requestID: 'revised', eventTime: secondsAgo(4000) })], { source: 'api' });
  for (let i = 0; i < 3; i += 1) await tick(i * 60);
  const expected = [...ids('old', 1500), ...ids('new', 20), 'revised'].toSorted();
  expect(await requestsIn(bucket, 'all')).toEqual(expected);
  expect(await requestsIn(bucket, 'filters')).toEqual(expected);
  expect(await trackOf(worker, 'all')).toMatchObject({ backfill: { state: 'done' }, backlog: 0 });
  const past = (await deliveriesOf(worker, 'all')).filter((delivery) => delivery.backfill);
  expect(past.length).toBeGreaterThan(0);
});

test('sixty sets each get theirs', async () => {
  const all = Array.from({ length: 60 }, (_, i) => i);
  await Promise.all(
    all.map((i) => addTrack(worker, plainTrack(`set-${i}`, { q: `operator:10000000${1000 + i}` }))),
  );
  await worker.send(
    records(180, (i) => ({
      ...numbered('n')(i),
      ...by(`10000000${1000 + (i % 60)}`),
      eventTime: secondsAgo(60),
    })),
  );
  await tick();
  for (const i of all) {
    const expected = [`n-${i}`, `n-${i + 60}`, `n-${i + 120}`].toSorted();
    expect(await requestsIn(bucket, `set-${i}`)).toEqual(expected);
  }
});

test('messages alone have a busy minute delivered in it, as a few objects', async () => {
  await addTrack(worker, plainTrack('all'));
  const began = Date.now();
  for (let i = 0; i < 5; i += 1) await worker.send(records(10, numbered(`burst-${i}`)));
  await vi.waitFor(async () => expect(await requestsIn(bucket, 'all')).toHaveLength(50), {
    timeout: 60_000,
    interval: 1_000,
  });
  expect(Date.now() - began).toBeLessThan(60_000);
  expect((await deliveriesOf(worker, 'all')).length).toBeLessThan(4);
}, 90_000);

test('the log keeps what no pass has looked at, however old it is', async () => {
  await addTrack(worker, plainTrack('all'));
  await worker.send([record({ requestID: 'early' })]);
  await worker.db.prepare(`UPDATE change SET at = at - 40 * 86400`).run();
  await worker.send([record({ requestID: 'late' })]);
  await tick();
  expect(await requestsIn(bucket, 'all')).toEqual(['early', 'late']);
  await tick();
  const { results } = await worker.db.prepare(`SELECT count(*) AS n FROM change WHERE offsets <> '[]'`).all();
  expect(results).toEqual([{ n: 1 }]);
});

test('the status says how each set delivers, to who sees everything', async () => {
  await addTrack(worker, plainTrack('all', { status: 'paused' }));
  await worker.send(records(3));
  await tick();
  const { json } = await worker.call('/v1/status');
  expect(json.tracks).toMatchObject([
    { id: 'all', name: 'all', health: 'paused', lastDelivered: null, backlog: 3, dead: 0 },
  ]);
});

test('planning costs what came in, not what is stored or was planned', async () => {
  await addTrack(worker, plainTrack('all', { status: 'paused' }));
  const costs: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    await worker.send(records(100, numbered(`round-${round}`)));
    const store = openStore(worker.db);
    await planDeliveries({ store, clock: Date.now }, 0);
    costs.push(store.cost.rowsRead);
  }
  const [first = 0] = costs;
  expect(await trackOf(worker, 'all')).toMatchObject({ backlog: 1000 });
  expect(costs.at(-1)).toBeLessThan(first * 1.2);
});
