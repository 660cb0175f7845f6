import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { record, records, secondsAgo } from '../support/record.ts';
import { size } from '../support/size.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;

beforeEach(async () => {
  worker = await startWorker({ SIDETRAIL_MAX_BODY: '2000000' });
});

afterEach(async () => {
  await worker?.close();
});

async function ids(): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  for (;;) {
    const { json } = await worker.call(`/v1/events?limit=1000${cursor && `&cursor=${cursor}`}`);
    found.push(...json.events.map(({ id }: { id: string }) => id));
    if (json.next === null) return found;
    cursor = json.next;
  }
}

function post(body: string | Uint8Array, headers: Record<string, string>, query = ''): Promise<Reply> {
  return worker.call(`/v1/events${query}`, { method: 'POST', headers, body });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const NDJSON = { 'content-type': 'application/x-ndjson' };

function envelope(data: unknown): object {
  const type = 'cvm:CloudEvent:ApiCall';
  return { specversion: '1.0', id: 'e', source: 'cvm.cloud.tencent', type, time: Date.now(), data };
}

test('every container of records is taken: one, an array, lines, an API answer, CloudEvents, gzip', async () => {
  const [one, two, three, four, five, six, seven] = records(7);
  const item = { EventId: 'x', EventName: 'RunInstances', CloudAuditEvent: JSON.stringify(three) };
  const replies = [
    await post(JSON.stringify(one), JSON_TYPE),
    await post(JSON.stringify([two], null, 2), JSON_TYPE),
    await post(JSON.stringify({ Response: { Events: [item], ListOver: true } }), JSON_TYPE),
    await post(JSON.stringify(envelope(four)), { 'content-type': 'application/cloudevents+json' }),
    await post(JSON.stringify([envelope(five)]), { 'content-type': 'application/cloudevents-batch+json' }),
    await post(gzipSync(JSON.stringify(six)), { ...NDJSON, 'content-encoding': 'gzip' }),
    await post(gzipSync(`\n${JSON.stringify(seven)}\r\n\n`), { 'content-type': 'application/gzip' }),
  ];
  expect(replies.map(({ status, json }) => [status, json.accepted, json.refusedTotal])).toEqual(
    replies.map(() => [200, 1, 0]),
  );
  expect(await ids()).toHaveLength(7);
});

test('a body with some broken lines says which, keeps them redacted, and takes the rest', async () => {
  const [good, other] = records(2);
  const body = [
    JSON.stringify(good),
    '{"eventName":"Login","password":"hunter2-canary',
    JSON.stringify(other),
    '"text"',
    '{"eventName":"NoTime","userIdentity":{"accountId":"1250000001"}}',
    JSON.stringify(record({ userIdentity: { type: 'Root' }, requestID: 'no-account' })),
  ].join('\n');
  const reply = await post(body, NDJSON);
  expect(reply.json).toMatchObject({ accepted: 2, duplicate: 0, refusedTotal: 4 });
  expect(reply.json.refused.map(({ at }: { at: number }) => at)).toEqual([2, 4, 5, 6]);
  const { json } = await worker.call('/v1/dead-letters');
  expect(json.deadLetters).toHaveLength(4);
  expect(JSON.stringify(json)).not.toContain('hunter2-canary');
  await post(body, NDJSON);
  expect((await worker.call('/v1/dead-letters')).json.deadLetters).toHaveLength(4);
  const status = (await worker.call('/v1/status')).json;
  expect(status).toMatchObject({ events: 2, duplicate: 2, refused: 8, deadLetters: 4 });
});

test('a record older than the retention is refused with a way out, counted, and no dead letter', async () => {
  const old = record({ eventTime: secondsAgo(100 * 86_400) });
  const reply = await worker.send([old]);
  expect(reply.json.refused[0].reason).toMatch(/90 days.*PATCH \/v1\/accounts\/1250000001/);
  expect((await worker.call('/v1/status')).json).toMatchObject({ refused: 1, deadLetters: 0, events: 0 });
  await worker.send([record()]);
  await worker.call('/v1/accounts/1250000001', { method: 'PATCH', json: { retention: 365 } });
  expect((await worker.send([old])).json.accepted).toBe(1);
});

test('what a body may be: its type, its encoding, its size, something in it', async () => {
  expect((await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  expect((await post('{}', { ...JSON_TYPE, 'content-encoding': 'br' })).status).toBe(415);
  expect((await post('', JSON_TYPE)).status).toBe(400);
  expect((await post('no JSON at all', JSON_TYPE)).json).toMatchObject({
    status: 400,
    at: 1,
    refusedTotal: 1,
  });
  expect((await post(JSON.stringify(record()), JSON_TYPE, '?source=nowhere')).status).toBe(400);
  expect((await post(gzipSync(JSON.stringify(record())).subarray(0, 60), NDJSON)).status).toBe(400);
});

test('a body too large keeps what came before and says so; sending it again in parts is safe', async () => {
  const many = records(3500);
  const body = many.map((each) => JSON.stringify(each)).join('\n');
  expect(body.length).toBeGreaterThan(2_000_000);
  const reply = await post(gzipSync(body), NDJSON);
  expect(reply.status).toBe(413);
  expect(reply.json.accepted).toBeGreaterThan(500);
  expect(reply.json.accepted).toBeLessThan(3500);
  expect(await ids()).toHaveLength(reply.json.accepted);
  for (let i = 0; i < 3500; i += 1000) await worker.send(many.slice(i, i + 1000));
  expect(await ids()).toHaveLength(3500);
});

test('gzip of several members, and with padding behind it, is read whole', async () => {
  const [one, two] = records(2).map((each) => gzipSync(`${JSON.stringify(each)}\n`));
  const body = Buffer.concat([one ?? Buffer.alloc(0), two ?? Buffer.alloc(0), Buffer.alloc(512)]);
  expect((await post(body, NDJSON)).json).toMatchObject({ accepted: 2, refusedTotal: 0 });
});

test('a body has so many records at most, in however few pieces they come', async () => {
  const events = Array.from({ length: 21_000 }, () => 1);
  const reply = await post(JSON.stringify({ Events: events }), JSON_TYPE);
  expect([reply.status, reply.json.refusedTotal, reply.json.at]).toEqual([413, 20_000, 20_001]);
});

test('a body without any record in it is read, an empty one is not', async () => {
  for (const body of ['[]', '{"Response":{"Events":[],"ListOver":true}}', '{"Events":null}']) {
    expect((await post(body, JSON_TYPE)).status, body).toBe(200);
  }
  expect((await post(' \n', JSON_TYPE)).status).toBe(400);
});

test('however much of a body is broken, the rest is stored', async () => {
  const [before, ...after] = records(4);
  const broken = Array.from({ length: 499 }, (_, i) => `{${i}${'\u0001'.repeat(2000)}`);
  const lines = [before, ...after].map((each) => JSON.stringify(each));
  const body = [lines[0], ...broken, ...lines.slice(1)].join('\n');
  const reply = await post(body, NDJSON);
  expect([reply.status, reply.json.accepted, reply.json.refusedTotal]).toEqual([200, 4, 499]);
});

test('who only pushes cannot fill a second that the cloud needs', async () => {
  const at = secondsAgo(60);
  const taken = (at + 0.5) * 2 ** 14 - 1;
  await worker.db
    .prepare(`INSERT INTO event VALUES (CAST(?1 AS INTEGER), x'00', 1, '', '', x'', x'')`)
    .bind(taken)
    .run();
  const pushed = await worker.send([record({ eventTime: at })], { source: 'push' });
  expect(pushed.json.refused[0].reason).toContain('its second is full');
  const thrice = Array.from({ length: 3 }, () => record({ eventTime: at, requestID: 'thrice' }));
  expect((await worker.send(thrice, { source: 'push' })).json).toMatchObject({ duplicate: 0 });
  expect((await worker.send([record({ eventTime: at })], { source: 'api' })).json.accepted).toBe(1);
});

test('many arrivals of one event at once are one event, and none is refused', async () => {
  const sources = ['api', 'files', 'push', 'eventbridge'];
  const replies = await Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      worker.send([record({ userAgent: `agent-${i}` })], { source: sources[i % 4] ?? 'api' }),
    ),
  );
  expect(replies.map(({ json }) => json.refusedTotal)).toEqual(replies.map(() => 0));
  expect(await ids()).toHaveLength(1);
});

test('a gzip bomb is stopped while it unpacks', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000, ' '));
  const reply = await post(bomb, NDJSON);
  expect(reply.status).toBe(413);
});

test('whatever arrives, in whatever order, how often and at once: each event is stored once', async () => {
  const pool = records(120);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.subarray(pool, { minLength: 1 }), { minLength: 2, maxLength: 6 }),
      fc.integer(),
      async (batches, seed) => {
        run += 1;
        const fresh = batches.map((batch) =>
          shuffled([...batch, ...batch.slice(0, 5)], seed).map((each) => ({
            ...each,
            requestID: `${JSON.stringify(each['requestID'])}/${run}`,
          })),
        );
        const before = new Set(await ids());
        const replies = await Promise.all(fresh.map((batch) => worker.send(batch)));
        const wanted = new Set(fresh.flat().map(({ requestID }) => requestID));
        const after = await ids();
        expect(new Set(after).size).toBe(after.length);
        expect(after.length - before.size).toBe(wanted.size);
        const sum = (key: string): number => replies.reduce((total, { json }) => total + json[key], 0);
        expect([sum('accepted'), sum('duplicate')]).toEqual([wanted.size, fresh.flat().length - wanted.size]);
        expect((await worker.call('/v1/status')).json.events).toBe(after.length);
      },
    ),
    { numRuns: size(12, 150), seed: 7 },
  );
  const { results } = await worker.db
    .prepare(`SELECT count(*) AS n FROM event_fts WHERE event_fts MATCH 'all'`)
    .all();
  expect(results[0]?.['n']).toBe((await ids()).length);
  await worker.db.prepare(`INSERT INTO event_fts (event_fts) VALUES ('integrity-check')`).run();
});

function shuffled<T>(items: T[], seed: number): T[] {
  return items
    .map((item, i) => ({ item, key: Math.imul(seed + i * 2_654_435_761, 40_503) >>> 0 }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ item }) => item);
}

test('the index can be made anew from the rows, and finds the same', async () => {
  await worker.send(
    records(60, (i) => ({ resourceName: `instance/ins-${i % 7}`, sourceIPAddress: `203.0.113.${i}` })),
  );
  const found = async (): Promise<unknown[]> => {
    const queries = [
      '',
      'resource:ins-3',
      'resource:*s-4',
      'ip:203.0.113.0/28',
      'operator:web-*',
      '-resource:ins-1',
    ];
    const replies = await Promise.all(
      queries.map((q) => worker.call(`/v1/events?${new URLSearchParams({ q, limit: '1000' })}`)),
    );
    return replies.map(({ json }) => json.events.map(({ id }: { id: string }) => id));
  };
  const before = await found();
  await worker.db.prepare(`INSERT INTO event_fts (event_fts) VALUES ('delete-all')`).run();
  expect(await found()).not.toEqual(before);
  await worker.db
    .prepare(
      `INSERT INTO event_fts (rowid, names, facts, derived, grams) SELECT id, names, facts, derived, grams FROM event_index`,
    )
    .run();
  expect(await found()).toEqual(before);
});

test('a planted record loses to the cloud, whichever came first, and the conflict is seen', async () => {
  const true1 = record();
  const planted = record({
    userIdentity: {
      type: 'CAMUser',
      principalId: '100000000066',
      accountId: '1250000001',
      userName: 'innocent',
    },
    sourceIPAddress: '198.51.100.66',
  });
  await worker.send([planted], { source: 'push' });
  await worker.send([true1], { source: 'api' });
  await worker.send([planted], { source: 'push' });
  const { events } = (await worker.call('/v1/events')).json;
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    operator: { id: '100000000011' },
    ip: '203.0.113.5',
    is: ['purchase', 'conflict'],
  });
  expect((await worker.call('/v1/events?q=operator:100000000066')).json.events).toEqual([]);
  expect((await worker.call('/v1/status')).json.conflict).toBe(1);
});

test('a long record is kept whole, outside the row', async () => {
  const long = record({ requestParameters: JSON.stringify({ Text: 'lorem ipsum '.repeat(30_000) }) });
  expect((await worker.send([long])).json.accepted).toBe(1);
  const [{ id }] = (await worker.call('/v1/events')).json.events;
  const event = (await worker.call(`/v1/events/${id}`)).json;
  expect(event.request.Text).toHaveLength(360_000);
  expect((await worker.objects.list()).objects).toHaveLength(1);
  expect((await worker.send([long])).json.duplicate).toBe(1);
});

test('ids past 2^53 come out as they came in', async () => {
  const body = JSON.stringify(record()).replace('"InstanceCount\\":1', '"RoleId\\":4611686018429146108');
  await post(body.replace('"eventVersion"', '"v"'), NDJSON);
  const [{ id }] = (await worker.call('/v1/events')).json.events;
  expect((await worker.call(`/v1/events/${id}`)).text).toContain('"RoleId":4611686018429146108');
});
