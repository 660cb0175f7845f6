import { expect, test } from 'vitest';
import { prepareDemo } from '../../worker/cli/lib/demo.ts';
import { openState } from '../../worker/cli/lib/state.ts';
import { createProgress } from '../../worker/cli/lib/terminal.ts';
import { company } from '../support/company/company.ts';
import { fakeWorker, taken, type Asked, type Reply } from './ingest-server.ts';
import { temporaryFolder } from './temporary.ts';

const NOW = Date.UTC(2026, 10, 20, 9, 41);
const HOUR = 3_600_000;

interface Store {
  events: number;
  sources?: string[];
  members?: string[];
}

/** A Worker with that in its store, which takes in and deletes demo data. */
function workerWith(store: Store) {
  return fakeWorker((asked: Asked): Reply => {
    const { method, path } = asked;
    if (path === '/v1/status') {
      const sources = (store.sources ?? (store.events > 0 ? ['demo'] : [])).map((source) => ({ source }));
      return { status: 200, body: { events: store.events, sources } };
    }
    if (path === '/v1/members') {
      return { status: 200, body: { members: (store.members ?? ['admin']).map((id) => ({ id })) } };
    }
    if (path === '/v1/teams' && method === 'GET') return { status: 200, body: { teams: [] } };
    if (method === 'DELETE') {
      store.events = Math.max(0, store.events - 15_000);
      return { status: 200, body: { removed: 15_000, done: store.events === 0 } };
    }
    if (path.startsWith('/v1/events')) {
      store.events += asked.lines.length;
      return taken(asked);
    }
    return { status: 200, body: {} };
  });
}

async function prepare(store: Store, folder: string, now = NOW) {
  await using worker = await workerWith(store);
  const done = await prepareDemo({
    server: worker.server,
    state: openState(folder),
    progress: createProgress({ write: () => {} }),
    signal: AbortSignal.timeout(60_000),
    now,
  });
  const posted = worker.asked.filter(({ path }) => path.startsWith('/v1/events'));
  const deleted = worker.asked.filter(({ method }) => method === 'DELETE');
  return { done, posted, deleted, asked: worker.asked };
}

test('an empty store gets the demo company, and the admin becomes one of it who leads a team', async () => {
  using temporary = temporaryFolder();
  const { done, posted, asked } = await prepare({ events: 0 }, temporary.path);
  expect(done).toBe('loaded');
  expect(posted.flatMap(({ lines }) => lines).length).toBeGreaterThan(19_000);
  expect(new Set(posted.map(({ path }) => path))).toEqual(new Set(['/v1/events?source=demo']));
  const sent = (method: string): unknown[] =>
    asked
      .filter((one) => one.method === method && !posted.includes(one))
      .map(({ lines }): unknown => JSON.parse(lines.join('')));
  const operators = [{ account: company.account, id: company.lead.uin }];
  expect(sent('PATCH')).toEqual([{ name: company.lead.name, operators }]);
  expect(sent('POST').filter((team) => JSON.stringify(team).includes('"leads":["admin"]'))).toHaveLength(1);
});

test('the next start on the same day keeps it', async () => {
  using temporary = temporaryFolder();
  const store = { events: 0 };
  await prepare(store, temporary.path);
  expect(await prepare(store, temporary.path, NOW + 20 * HOUR)).toMatchObject({
    done: 'kept',
    posted: [],
    deleted: [],
  });
});

test('a demo that ended over a day ago is deleted to its end and made anew', async () => {
  using temporary = temporaryFolder();
  const store = { events: 0 };
  await prepare(store, temporary.path);
  const { done, deleted } = await prepare(store, temporary.path, NOW + 26 * HOUR);
  expect(done).toBe('loaded');
  expect(deleted.map(({ path }) => path)).toEqual(
    Array.from({ length: 2 }, () => `/v1/accounts/${company.account}`),
  );
  expect(store.events).toBeLessThan(21_000);
});

test('a demo that was left half loaded is made anew', async () => {
  using temporary = temporaryFolder();
  openState(temporary.path).write('demo.json', JSON.stringify({ end: NOW - HOUR, whole: false }));
  expect(await prepare({ events: 700 }, temporary.path)).toMatchObject({ done: 'loaded' });
});

test.each<[string, Store]>([
  ['real records', { events: 40_000, sources: ['demo', 'files'] }],
  ['a source that gave nothing yet', { events: 0, sources: ['api'] }],
  ['a second member', { events: 0, members: ['admin', 'mei'] }],
  ['records of which nothing is remembered', { events: 12 }],
])('beside %s no demo is loaded', async (_, store) => {
  using temporary = temporaryFolder();
  expect(await prepare(store, temporary.path)).toMatchObject({ done: 'none', posted: [], deleted: [] });
});
