import { afterEach, beforeEach, expect, test } from 'vitest';
import { by, record, records, secondsAgo } from '../support/record.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
let worker: TestWorker;

beforeEach(async () => {
  worker = await startWorker();
});

afterEach(async () => {
  await worker?.close();
});

async function cursorOf(token?: string): Promise<string> {
  return (await worker.call('/v1/me', token === undefined ? {} : { token })).json.cursor;
}

function changes(
  after: string,
  more: Record<string, string> = {},
  init: { token?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  return worker.call(`/v1/changes?${new URLSearchParams({ after, ...more })}`, init);
}

/** Follows to the end; gives what came, and the cursor there. */
async function follow(
  after: string,
  limit = 100,
  token?: string,
): Promise<{ seen: { id: string; seq: number; gone?: true }[]; next: string }> {
  const seen = [];
  for (let next = after; ;) {
    const { json } = await changes(next, { limit: `${limit}` }, token === undefined ? {} : { token });
    seen.push(...json.changes);
    next = json.next;
    if (!json.more) return { seen, next };
  }
}

async function memberToken(id: string, operators: string[]): Promise<string> {
  const member = {
    id,
    name: id,
    accounts: [A],
    operators: operators.map((operator) => ({ account: A, id: operator })),
  };
  await worker.call('/v1/members', { method: 'POST', json: member });
  return (await worker.call('/v1/tokens', { method: 'POST', json: { member: id } })).json.token;
}

test('a follower is told every event once, in order of seq, over any page size', async () => {
  const start = await cursorOf();
  for (let i = 0; i < 5; i += 1)
    await worker.send(records(130).slice(i * 20, i * 20 + 50), { source: 'api' });
  for (const limit of [1, 7, 1000]) {
    const { seen } = await follow(start, limit);
    expect(seen).toHaveLength(130);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(130);
    const seqs = seen.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
  }
});

test('an event that changed comes again, once, as it is now', async () => {
  await worker.send(records(3), { source: 'push' });
  const after = await cursorOf();
  await worker.send(
    records(1, () => by('100000000099')),
    { source: 'api' },
  );
  await worker.send(
    records(1, () => ({ ...by('100000000099'), eventID: 'known-later' })),
    { source: 'files' },
  );
  const { seen } = await follow(after);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({
    operator: { id: '100000000099' },
    is: ['purchase', 'conflict'],
  });
});

test('who may no longer see an event is told that it is gone; who never could is told nothing', async () => {
  const mia = await memberToken('mia', ['100000000011']);
  const nia = await memberToken('nia', ['100000000012']);
  await worker.send([record(), record({ requestID: 'other', ...by('100000000077') })], { source: 'push' });
  const [afterMia, afterNia] = [await cursorOf(mia), await cursorOf(nia)];
  await worker.send([record(by('100000000012'))], { source: 'api' });
  const [event] = (await worker.call('/v1/events?q=operator:100000000012')).json.events;
  expect((await follow(afterMia, 100, mia)).seen).toEqual([{ id: event.id, seq: event.seq, gone: true }]);
  expect((await follow(afterNia, 100, nia)).seen).toMatchObject([
    { id: event.id, operator: { id: '100000000012' } },
  ]);
  await worker.send([record({ requestID: 'unseen', ...by('100000000077') })], { source: 'api' });
  expect((await follow(afterMia, 100, mia)).seen.filter(({ gone }) => !gone)).toEqual([]);
});

/** An event of an account that nobody here may see. */
function elsewhere(operator: string): object {
  return record({ requestID: 'moves', ...by(operator, '1250000002') });
}

function rowsRead(reply: Reply): number {
  return Number(/read=(\d+)/.exec(reply.headers.get('server-timing') ?? '')?.[1]);
}

test('an event that changes hands is told to who could see it, and to nobody else', async () => {
  const mia = await memberToken('mia', ['100000000011']);
  const far = await memberToken('far', ['100000000012']);
  await worker.send([record(by('100000000011')), elsewhere('100000000077')], { source: 'push' });
  const [afterMia, afterFar] = [await cursorOf(mia), await cursorOf(far)];
  await worker.send([record(by('100000000078')), elsewhere('100000000079')], { source: 'api' });
  expect((await follow(afterMia, 100, mia)).seen).toMatchObject([{ gone: true }]);
  expect((await follow(afterFar, 100, far)).seen).toEqual([]);
});

test('a long history of changes costs a follower, and who writes, nothing', async () => {
  await worker.db
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       INSERT INTO change (first, last, at, base, offsets, moved) SELECT i, i, 2000000000, 1, '[0]', '[]' FROM n`,
    )
    .run();
  const after = await cursorOf();
  const sent = await worker.send([record()]);
  expect(rowsRead(sent)).toBeLessThan(300);
  expect(rowsRead(await changes(after))).toBeLessThan(100);
  expect(rowsRead(await worker.call('/v1/me'))).toBeLessThan(50);
});

test('nothing new is a 304 without a body', async () => {
  await worker.send(records(2));
  const after = await cursorOf();
  const first = await changes(after);
  const etag = first.headers.get('etag') ?? '';
  const again = await changes(first.json.next, {}, { headers: { 'if-none-match': etag } });
  expect([again.status, again.text]).toEqual([304, '']);
  await worker.send(records(3));
  expect(
    (await changes(first.json.next, {}, { headers: { 'if-none-match': etag } })).json.changes,
  ).toHaveLength(1);
});

test('a follower whose scope changed begins anew', async () => {
  const token = await memberToken('mia', ['100000000011']);
  const after = await cursorOf(token);
  await worker.call('/v1/members/mia', {
    method: 'PATCH',
    json: { operators: [{ account: A, id: '100000000012' }] },
  });
  const reply = await changes(after, {}, { token });
  expect(reply.json).toMatchObject({ reset: true, changes: [] });
  expect((await changes(reply.json.next, {}, { token })).json.reset).toBeUndefined();
});

test('events older than since are left out', async () => {
  const after = await cursorOf();
  await worker.send([record({ eventTime: secondsAgo(7200) }), record({ requestID: 'new' })]);
  const since = new Date(Date.now() - 3_600_000).toISOString();
  expect((await changes(after, { since })).json.changes).toHaveLength(1);
  expect((await changes(after, { since: 'yesterday' })).status).toBe(400);
});

test('a cursor that is missing, altered or of another kind is refused', async () => {
  await worker.send(records(3));
  const own = await cursorOf();
  const { next } = (await worker.call('/v1/events?limit=1')).json;
  const altered = `${own.slice(0, 5)}${own[5] === 'A' ? 'B' : 'A'}${own.slice(6)}`;
  for (const after of ['', 'x', 'a.b', altered, next]) expect((await changes(after)).status, after).toBe(400);
  expect((await worker.call(`/v1/events?cursor=${own}`)).status).toBe(400);
  expect((await worker.call(`/v1/events?limit=1&q=product:cvm&cursor=${next}`)).status).toBe(400);
});

test('what is past its retention goes with the tick in steps, and followers are told the floor', async () => {
  const day = 86_400;
  await worker.send(
    records(1300, (i) => ({ eventTime: secondsAgo((i % 80) * day + 60) })),
    { source: 'api' },
  );
  await worker.call(`/v1/accounts/${A}`, { method: 'PATCH', json: { retention: 30 } });
  const after = await cursorOf();
  await worker.tick(new Date());
  const { json } = await changes(after);
  const floor = Date.parse(json.floor[A]);
  expect(floor % (day * 1000)).toBe(0);
  const status = (await worker.call('/v1/status')).json;
  expect(Date.parse(status.oldest)).toBeGreaterThanOrEqual(floor);
  const left = await worker.db.prepare(`SELECT count(*) AS n FROM event`).first('n');
  expect(status.events).toBe(left);
  expect(left).toBeLessThan(1300 * (32 / 80));
  expect(left).toBeGreaterThan(1300 * (29 / 80));
  await worker.db.prepare(`INSERT INTO event_fts (event_fts) VALUES ('integrity-check')`).run();
  const etag = (await changes(after)).headers.get('etag');
  // Ticks that overlap remove, and count, nothing twice.
  await worker.call(`/v1/accounts/${A}`, { method: 'PATCH', json: { retention: 20 } });
  await Promise.all([1, 2, 3].map(() => worker.tick(new Date())));
  const remaining = await worker.db.prepare(`SELECT count(*) AS n FROM event`).first('n');
  expect((await worker.call('/v1/status')).json.events).toBe(remaining);
  expect(remaining).toBeLessThan(Number(left));
  const lowered = (await changes(after)).headers.get('etag');
  expect(lowered).not.toBe(etag);
  await worker.tick(new Date());
  expect((await changes(after)).headers.get('etag')).toBe(lowered);
});

test('the large record of an event goes when the event goes', async () => {
  const long = { requestParameters: JSON.stringify({ Text: 'lorem ipsum '.repeat(30_000) }) };
  await worker.send([
    record({ ...long, eventTime: secondsAgo(50 * 86_400) }),
    record({ ...long, requestID: 'new' }),
  ]);
  expect((await worker.objects.list()).objects).toHaveLength(2);
  await worker.call(`/v1/accounts/${A}`, { method: 'PATCH', json: { retention: 30 } });
  await worker.tick(new Date());
  expect((await worker.objects.list()).objects).toHaveLength(1);
});
