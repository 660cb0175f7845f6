import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { empty } from '../support/emptied.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const B = '1250000002';
const ID = `api-${A}`;
const DAY = 86_400_000;

let worker: TestWorker;

beforeAll(async () => {
  worker = await startWorker();
});
beforeEach(() => addSource(ID, 'api', [A]));
afterEach(() => empty(worker, [A, B]));
afterAll(() => worker.close());

async function addSource(id: string, kind: string, accounts: string[]): Promise<void> {
  const { db } = worker;
  await db.batch([
    db
      .prepare(`INSERT INTO source (id, kind, account, state) VALUES (?1, ?2, ?3, '{}')`)
      .bind(id, kind, accounts[0]),
    ...accounts.map((account) =>
      db.prepare(`INSERT INTO source_account (account, source) VALUES (?1, ?2)`).bind(account, id),
    ),
  ]);
}

async function tokenOf(role: string, accounts: string[]): Promise<string> {
  const id = `mia-${role}`;
  await worker.call('/v1/members', { method: 'POST', json: { id, name: 'Mia', role, accounts } });
  return (await worker.call('/v1/tokens', { method: 'POST', json: { member: id } })).json.token;
}

async function sources(token?: string): Promise<Reply['json'][]> {
  return (await worker.call('/v1/sources', token === undefined ? {} : { token })).json.sources;
}

function ask(json: unknown = {}, id = ID, token?: string): Promise<Reply> {
  const as = token === undefined ? {} : { token };
  return worker.call(`/v1/sources/${id}/backfill`, { method: 'POST', json, ...as });
}

const PROBLEM = JSON.stringify({
  kind: 'key',
  code: 'AuthFailure.SecretIdNotFound',
  message: 'The SecretId is not found',
  advice: 'Set the key again.',
  since: 1_795_000_000,
});

test('a source waits, works or fails; why it fails is for admins', async () => {
  const member = await tokenOf('auditor', [A]);
  expect(await sources()).toEqual([
    {
      id: ID,
      source: 'api',
      accounts: [A],
      state: 'waiting',
      since: null,
      seenTo: null,
      settledTo: null,
      lastRead: null,
    },
  ]);
  await worker.db.prepare(`UPDATE source SET succeeded = 1795000000`).run();
  expect((await sources())[0]).toMatchObject({
    state: 'ok',
    lastRead: new Date(1_795_000_000_000).toISOString(),
  });
  await worker.db.prepare(`UPDATE source SET problem = ?1, next_try = 1795000300`).bind(PROBLEM).run();
  expect((await sources())[0]).toMatchObject({
    state: 'failing',
    problem: { kind: 'key', todo: 'Set the key again.' },
    nextTry: new Date(1_795_000_300_000).toISOString(),
  });
  const [shown] = await sources(member);
  expect(shown.state).toBe('failing');
  expect(shown).not.toHaveProperty('problem');
  expect(shown).not.toHaveProperty('nextTry');
});

test('members see the sources of their accounts, with no other account', async () => {
  await addSource('api-9', 'api', [B, A]);
  await addSource(`files-logs-${B}`, 'files', [B]);
  const seen = await sources(await tokenOf('auditor', [B]));
  expect(seen.map(({ id, accounts }) => [id, accounts])).toEqual([
    ['api-9', [B]],
    [`files-logs-${B}`, [B]],
  ]);
});

test('a key whose account nobody knows is a source that fails, as long as it is set', async () => {
  const set = { TENCENT_SECRET_ID: 'AKID-made-up-0001', TENCENT_SECRET_KEY: 'made-up-0001' };
  const on = await startWorker(set);
  onTestFinished(() => on.close());
  for (const [id, hint] of [
    ['AKID-made-up-0001', 'AKID…0001'],
    ['AKID-former-0002', 'AKID…0002'],
  ] as const) {
    await on.db
      .prepare(`INSERT INTO api_key (digest, hint, tried, problem) VALUES (?1, ?2, 1, ?3)`)
      .bind(createHash('sha256').update(id).digest('hex'), hint, PROBLEM)
      .run();
  }
  const shown: Reply['json'][] = (await on.call('/v1/sources')).json.sources;
  expect(shown.map(({ id, state, problem }) => [id, state, problem.kind])).toEqual([
    ['key-AKID…0001', 'failing', 'key'],
  ]);
});

test('a back-fill is of the last 90 days unless more is said, and a second one joins it', async () => {
  const first = await ask();
  expect(first.status).toBe(200);
  const { id, from, to } = first.json;
  expect(first.json).toMatchObject({ state: 'waiting', percent: 0, events: 0, left: null });
  // A little less, since what is at the edge is gone by the time it is asked for.
  expect((Date.parse(to) - Date.parse(from)) / DAY).toBeCloseTo(90, 1);
  expect(Math.abs(Date.now() - Date.parse(to))).toBeLessThan(60_000);
  const second = await ask({ from: new Date(Date.now() - DAY).toISOString() });
  expect(second.json).toMatchObject({ id, from, to });
  expect((await sources())[0].backfill).toMatchObject({ id });
  await worker.db.prepare(`UPDATE backfill SET finished = 1`).run();
  expect((await ask()).json.id).not.toBe(id);
});

test('a source whose key or bucket is no longer set is stopped, and cannot be read back', async () => {
  const { db } = worker;
  await addSource(`files-logs-${A}`, 'files', [A]);
  await db
    .prepare(`INSERT INTO api_key (digest, hint, account, tried) VALUES ('ab', 'AKID…0003', ?1, 1)`)
    .bind(A)
    .run();
  await db.prepare(`UPDATE source SET succeeded = 1795000000, problem = ?1`).bind(PROBLEM).run();
  const stopped = await sources();
  expect(stopped.map(({ id, state }) => [id, state])).toEqual([
    [ID, 'stopped'],
    [`files-logs-${A}`, 'stopped'],
  ]);
  expect(stopped[0]).not.toHaveProperty('problem');
  expect((await ask()).status).toBe(409);
});

test('who asks at the same moment gets the same back-fill, and one that is done gives way to the next', async () => {
  const replies = await Promise.all([2, 5, 9, 20, 40].map((days) => ask({ from: ago(days) })));
  expect(new Set(replies.map(({ status, json }) => `${status} ${json.id} ${json.from}`)).size).toBe(1);
  const rows = async (table: string): Promise<unknown[]> =>
    (await worker.db.prepare(`SELECT * FROM ${table}`).all()).results;
  expect(await rows('backfill')).toHaveLength(1);
  const [first] = replies;
  const hours = (Date.parse(first?.json.to) - Date.parse(first?.json.from)) / 3_600_000;
  expect(await rows('backfill_window')).toHaveLength(Math.ceil(hours / 6));
  await worker.db.prepare(`UPDATE backfill SET finished = 1`).run();
  const { id } = (await ask({ from: ago(1) })).json;
  expect(await rows('backfill')).toMatchObject([{ id }]);
  expect(await rows('backfill_window')).toHaveLength(4);
});

test('a back-fill tells percent, rate and time left', async () => {
  const to = Date.now() - DAY;
  const asked = { from: new Date(to - DAY).toISOString(), to: new Date(to).toISOString() };
  const { id, from } = (await ask(asked)).json;
  expect(Date.parse(from)).toBe(Math.floor((to - DAY) / 1000) * 1000);
  const { db } = worker;
  const { results } = await db
    .prepare(`SELECT starts FROM backfill_window WHERE backfill = ?1 ORDER BY starts DESC`)
    .bind(id)
    .all<{ starts: number }>();
  const half = results.slice(0, Math.floor(results.length / 2));
  await db.batch([
    ...half.map(({ starts }) =>
      db.prepare(`UPDATE backfill_window SET done = 1, events = 100 WHERE starts = ?1`).bind(starts),
    ),
    db.prepare(`UPDATE backfill SET started = 1, worked = 4000`),
  ]);
  const percent = Math.floor((half.length / results.length) * 100);
  const left = Math.ceil((4 / half.length) * (results.length - half.length));
  expect((await sources())[0].backfill).toMatchObject({
    state: 'running',
    percent,
    events: half.length * 100,
    rate: (half.length * 100) / 4,
    left,
  });
  await db.prepare(`UPDATE backfill SET problem = ?1`).bind(PROBLEM).run();
  expect((await sources())[0].backfill).toMatchObject({ state: 'failing', problem: { kind: 'key' } });
  await db.prepare(`UPDATE backfill SET finished = 1`).run();
  const done = (await sources())[0].backfill;
  expect(done).toMatchObject({ state: 'done', percent: 100, left: 0 });
  expect(done).not.toHaveProperty('problem');
});

const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

test.each([
  ['longer ago than CloudAudit keeps', { from: ago(92) }, 422, 'from'],
  ['of nothing', { from: ago(2), to: ago(3) }, 422, 'to'],
  ['of the future', { from: ago(-1) }, 422, 'to'],
  ['with more than is taken', { since: ago(2) }, 422, 'since'],
  ['of a list', [], 422, ''],
])('a back-fill %s is refused, with the place', async (_name, json, status, at) => {
  const reply = await ask(json);
  expect([reply.status, reply.json.errors?.[0]?.at]).toEqual([status, at]);
  // That one goes on makes it no better.
  await ask();
  expect((await ask(json)).status).toBe(status);
});

test('a back-fill from the day on which CloudAudit begins is from that moment', async () => {
  const { from, to } = (await ask({ from: ago(90.5) })).json;
  expect((Date.parse(to) - Date.parse(from)) / DAY).toBeCloseTo(90, 1);
});

test('an account that keeps fewer days is not read back further', async () => {
  await worker.call(`/v1/accounts/${A}`, { method: 'PATCH', json: { retention: 7 } });
  const { from, to } = (await ask()).json;
  expect(Date.parse(to) - Date.parse(from)).toBe(7 * DAY);
});

test('only a source that is there, by an admin of its account, is read back; files read themselves', async () => {
  await addSource(`files-logs-${A}`, 'files', [A]);
  expect((await ask({}, 'api-1')).status).toBe(404);
  expect((await ask({}, `files-logs-${A}`)).status).toBe(409);
  expect((await ask({}, ID, await tokenOf('auditor', [A]))).status).toBe(403);
  expect((await ask({}, ID, await tokenOf('admin', [B]))).status).toBe(404);
});
