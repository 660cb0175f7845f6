import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { countLag } from '../../worker/store/lag.ts';
import { openStore, run } from '../../worker/store/meter.ts';
import { empty } from '../support/emptied.ts';
import { record, records, secondsAgo } from '../support/record.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const B = '1250000002';
const NOW = Math.floor(Date.now() / 1000);
const MINUTE = 60;
const HOUR = 3600;

let worker: TestWorker;

beforeAll(async () => {
  worker = await startWorker();
});
afterEach(() => empty(worker, [A, B]));
afterAll(() => worker.close());

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

interface Row {
  id?: string;
  accounts?: string[];
  seen?: number | null;
  settled?: number | null;
  succeeded?: number | null;
  problem?: object;
}

/** A source that is read, as its reader leaves it. */
async function addSource({
  id = `api-${A}`,
  accounts = [A],
  seen = NOW - MINUTE,
  settled = NOW - HOUR,
  succeeded = NOW - 30,
  problem,
}: Row = {}): Promise<void> {
  const { db } = worker;
  await db.batch([
    db
      .prepare(
        `INSERT INTO source (id, kind, account, state, since, seen_to, settled_to, tried, succeeded, problem)
         VALUES (?1, 'api', ?2, '{}', ?3, ?4, ?5, ?6, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET seen_to = excluded.seen_to, settled_to = excluded.settled_to`,
      )
      .bind(
        id,
        accounts[0],
        NOW - 10 * HOUR,
        seen,
        settled,
        succeeded,
        problem === undefined ? null : JSON.stringify(problem),
      ),
    ...accounts.map((account) =>
      db
        .prepare(`INSERT INTO source_account (account, source) VALUES (?1, ?2) ON CONFLICT DO NOTHING`)
        .bind(account, id),
    ),
  ]);
}

async function addGap(source: string, reason: string, starts: number, ends: number): Promise<void> {
  await worker.db
    .prepare(`INSERT INTO gap (source, reason, starts, ends, opened, detail) VALUES (?1, ?2, ?3, ?4, ?4, '')`)
    .bind(source, reason, starts, ends)
    .run();
}

async function addMember(accounts: string[], role = 'member'): Promise<string> {
  const id = `mia-${role}`;
  const operators = role === 'member' ? [{ account: accounts[0], id: '100000000011' }] : [];
  const made = await worker.call('/v1/members', {
    method: 'POST',
    json: { id, name: 'Mia', role, accounts, operators },
  });
  expect(made.status).toBe(201);
  return (await worker.call('/v1/tokens', { method: 'POST', json: { member: id } })).json.token;
}

async function coverage(path = '/v1/events'): Promise<Reply['json'][]> {
  return (await worker.call(path)).json.coverage.sources;
}

test('who reads by itself has marks from the first moment, who only receives has none', async () => {
  await addSource({ accounts: [A, B] });
  await worker.send(records(2), { source: 'push' });
  const sources = await coverage();
  expect(sources.map(({ source, account }) => `${source}/${account}`)).toEqual([
    `api/${A}`,
    `push/${A}`,
    `api/${B}`,
  ]);
  const [api, push] = sources;
  expect(api).toEqual({
    source: 'api',
    account: A,
    seenTo: iso(NOW - MINUTE),
    settledTo: iso(NOW - HOUR),
    lastReceived: null,
    newest: null,
    gaps: [],
    late: 0,
    refused: 0,
  });
  expect([push.newest, 'seenTo' in push, 'settledTo' in push]).toEqual([iso(secondsAgo(60)), false, false]);
});

test('every answer about events tells the same coverage, in no more round trips', async () => {
  await addSource();
  await addGap(`api-${A}`, 'failing', NOW - 3 * HOUR, NOW - 2 * HOUR);
  await worker.send(records(5), { source: 'api' });
  const expected = await coverage();
  expect(expected[0].gaps).toHaveLength(1);
  for (const path of [
    '/v1/me',
    '/v1/facets',
    '/v1/timeline',
    '/v1/operators',
    '/v1/problems',
    '/v1/resources',
  ]) {
    expect(await coverage(path), path).toEqual(expected);
  }
  const { headers } = await worker.call('/v1/events');
  expect(headers.get('server-timing')).toMatch(/trips=2 /);
});

test('of several readers of an account the slowest counts, and one without a mark is one without', async () => {
  await addSource();
  await addSource({ id: 'api-2', accounts: [B, A], seen: NOW - 5 * MINUTE, settled: null });
  const [api] = await coverage();
  expect([api.seenTo, api.settledTo]).toEqual([iso(NOW - 5 * MINUTE), null]);
});

test('gaps are told with their reason, as much of them as is still missing, to who may see the account', async () => {
  await addSource({ seen: NOW - 150 * MINUTE });
  await addGap(`api-${A}`, 'stopped', NOW - 3 * HOUR, NOW - 2 * HOUR);
  await addGap(`api-${A}`, 'lost', NOW - 90 * HOUR, NOW - 80 * HOUR);
  await addGap(`push/${A}`, 'storage', NOW - 5 * HOUR, NOW - 4 * HOUR);
  await addGap(`push/${B}`, 'storage', NOW - 5 * HOUR, NOW - 4 * HOUR);
  await worker.send(records(1));
  const [api, push] = await coverage();
  expect(api.gaps).toEqual([
    { from: iso(NOW - 150 * MINUTE), to: iso(NOW - 2 * HOUR), reason: 'stopped' },
    { from: iso(NOW - 90 * HOUR), to: iso(NOW - 80 * HOUR), reason: 'lost' },
  ]);
  expect(push.gaps).toEqual([{ from: iso(NOW - 5 * HOUR), to: iso(NOW - 4 * HOUR), reason: 'storage' }]);
  await worker.db.prepare(`UPDATE gap SET filled = 1 WHERE reason = 'stopped'`).run();
  expect((await coverage())[0].gaps).toHaveLength(1);
});

test.each(['/v1/changes', '/v1/events', '/v1/me'])(
  '%s is not sent again for marks that moved: a 304 tells them',
  async (path) => {
    await addSource();
    await addSource({ id: 'api-2', accounts: [B], seen: NOW - 2 * MINUTE });
    const { cursor } = (await worker.call('/v1/me')).json;
    const full = path === '/v1/changes' ? `${path}?after=${cursor}` : path;
    const etag = (await worker.call(full)).headers.get('etag') ?? '';
    const again = (): Promise<Reply> => worker.call(full, { headers: { 'if-none-match': etag } });
    await addSource({ seen: NOW, settled: NOW - 30 * MINUTE });
    const same = await again();
    expect([
      same.status,
      same.headers.get('sidetrail-seen-to'),
      same.headers.get('sidetrail-settled-to'),
    ]).toEqual([304, iso(NOW - 2 * MINUTE), iso(NOW - HOUR)]);
    await addSource({ id: 'api-2', accounts: [B], seen: NOW, settled: null });
    expect((await again()).headers.get('sidetrail-settled-to')).toBeNull();
    await addGap(`api-${A}`, 'failing', NOW - HOUR, NOW);
    expect((await again()).status).toBe(200);
  },
);

test('late events are counted, and how late they were is for who sees all', async () => {
  await addSource();
  await worker.send([record()], { source: 'api' });
  await worker.db.prepare(`UPDATE arrival SET late = 4, late_total = 30000, late_longest = 20000`).run();
  expect((await coverage())[0].late).toBe(4);
  expect((await coverage())[0]).not.toHaveProperty('lateness');
  const { sources } = (await worker.call('/v1/status')).json;
  expect(sources[0]).toMatchObject({ late: 4, lateness: { mean: 7500, longest: 20_000 } });
});

test('the lag of the last hour is told by source', async () => {
  await addSource();
  await worker.send([record()], { source: 'api' });
  const store = openStore(worker.db);
  const lags = [...Array.from({ length: 90 }, () => 25), ...Array.from({ length: 10 }, () => 70)];
  await run(store, countLag(store, { source: `api-${A}`, now: NOW, lags }));
  const { sources, readers } = (await worker.call('/v1/status')).json;
  expect(sources[0].lag).toEqual({ p50: 30, p95: 75, events: 100 });
  expect(readers[0].lag).toEqual(sources[0].lag);
});

const DENIED = {
  kind: 'permission',
  code: 'AuthFailure.UnauthorizedOperation',
  message: 'no permission',
  advice: 'Allow cloudaudit:DescribeEvents.',
  since: NOW - HOUR,
};

test('what stands in the way is told to admins with what to do, to others that it does', async () => {
  await addSource({ problem: DENIED });
  await worker.tick(new Date());
  const auditor = await addMember([A], 'auditor');
  const { readers, warnings } = (await worker.call('/v1/status')).json;
  const problem = {
    kind: 'permission',
    detail: 'AuthFailure.UnauthorizedOperation: no permission',
    todo: DENIED.advice,
    since: iso(NOW - HOUR),
  };
  expect(readers[0]).toMatchObject({ id: `api-${A}`, state: 'failing', problem });
  expect(warnings).toEqual([
    {
      kind: 'source',
      detail: `api-${A} cannot be read since ${problem.since}: ${problem.detail}`,
      todo: problem.todo,
    },
  ]);
  const { json } = await worker.call('/v1/status', { token: auditor });
  expect(json.readers[0]).toMatchObject({ state: 'failing' });
  expect(JSON.stringify(json)).not.toContain('no permission');
  expect(json.warnings).toHaveLength(1);
});

test('names that cannot be read are a warning; that prices may not be is told with the source only', async () => {
  await addSource();
  await worker.tick(new Date());
  for (const name of ['directory', 'prices']) {
    await worker.db
      .prepare(`INSERT INTO feature (source, name, account, problem) VALUES (?1, ?2, ?3, ?4)`)
      .bind(`api-${A}`, name, A, JSON.stringify(DENIED))
      .run();
  }
  const { readers, warnings } = (await worker.call('/v1/status')).json;
  expect(readers[0].state).toBe('ok');
  expect(readers[0].features.map(({ name, state }: Record<string, unknown>) => [name, state])).toEqual([
    ['directory', 'failing'],
    ['prices', 'failing'],
  ]);
  expect(warnings.map(({ detail }: { detail: string }) => detail)).toEqual([
    `api-${A} gives no directory: AuthFailure.UnauthorizedOperation: no permission`,
  ]);
});

test('who sees only their own gets no counts, no problems and no warnings', async () => {
  await addSource({ problem: DENIED });
  await worker.send(records(3), { source: 'api' });
  const member = await addMember([A]);
  const { json } = await worker.call('/v1/status', { token: member });
  for (const name of ['events', 'readers', 'warnings', 'storage', 'duplicate']) {
    expect(json).not.toHaveProperty(name);
  }
  expect(json.sources[0]).toEqual(json.coverage.sources[0]);
  expect(json.sources[0]).not.toHaveProperty('accepted');
});

test('a tick that does not come is a warning, and one that came says when', async () => {
  const before = (await worker.call('/v1/status')).json;
  expect(before.tick).toEqual({ last: null });
  expect(before.warnings).toEqual([expect.objectContaining({ kind: 'tick' })]);
  await worker.tick(new Date());
  const { tick, warnings } = (await worker.call('/v1/status')).json;
  expect(Date.now() - Date.parse(tick.last)).toBeLessThan(60_000);
  expect(warnings).toEqual([]);
  await worker.tick(new Date(Date.now() - HOUR * 1000));
  expect((await worker.call('/v1/status')).json.warnings).toEqual([
    expect.objectContaining({ kind: 'tick', detail: expect.stringContaining('last at') }),
  ]);
});

test('settings that cannot be read are told by place, without their value', async () => {
  const on = await startWorker({ TENCENT_SECRET_ID: 'AKIDmade-up-for-this-test-0001' });
  onTestFinished(() => on.close());
  const { warnings } = (await on.call('/v1/status')).json;
  const settings = warnings.find(({ kind }: { kind: string }) => kind === 'settings');
  expect(settings.detail).toContain('TENCENT_SECRET_KEY');
  expect(JSON.stringify(warnings)).not.toContain('made-up');
});
