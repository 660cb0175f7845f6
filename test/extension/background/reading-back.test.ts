// oxlint-disable-next-line import/no-unassigned-import -- it puts IndexedDB in its global place
import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createKeeper, type Keeper } from '../../../extension/background/keeper.ts';
import { standingOf } from '../../../extension/background/panel/standing.ts';
import type { Connection } from '../../../extension/background/store.ts';
import { readingBackOf } from '../../../extension/background/sync/reading-back.ts';
import { syncOnce, type Synced } from '../../../extension/background/sync/run.ts';
import type { Copy } from '../../../extension/cache/copy.ts';
import { openCache } from '../../../extension/cache/database.ts';
import type { ReadingBack } from '../../../extension/protocol/panel.ts';
import type { Backfill } from '../../../shared/api/sources.ts';
import { empty } from '../../support/emptied.ts';
import { records } from '../../support/record.ts';
import { ADMIN_TOKEN, startWorker, type TestWorker } from '../../support/worker.ts';
import { type Fault, ORIGIN, syncPorts } from './sync-ports.ts';

const ACCOUNT = '1250000001';
const DAY = 86_400;
const ENDS = 1_795_000_000;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let worker: TestWorker;
let keeper: Keeper;
let connection: Connection | undefined;
let fault: Fault | undefined;
let asked: string[];

beforeAll(async () => {
  worker = await startWorker();
});
beforeEach(async () => {
  connection = { origin: ORIGIN, token: ADMIN_TOKEN };
  fault = undefined;
  asked = [];
  keeper = createKeeper(openCache, () => {});
  await worker.send(records(3), { source: 'api' });
});
afterEach(async () => {
  await keeper.forget();
  await empty(worker, [ACCOUNT]);
});
afterAll(() => worker.close());

function sync(): Promise<Synced> {
  return syncOnce(syncPorts(() => ({ worker, keeper, connection, clock: Date.now(), fault, asked })));
}

/** What panels are told of it. */
async function told(): Promise<ReadingBack | undefined> {
  const saved = { origin: ORIGIN, tokenHint: '…' };
  const standing = standingOf({ saved, held: await keeper.held(), problem: null, isSyncing: false });
  return standing.kind === 'connected' ? standing.readingBack : undefined;
}

/** A back-fill of ten windows of which four were read at 410 events a second. */
async function beginBackfill(): Promise<void> {
  const { db } = worker;
  await db.batch([
    db
      .prepare(`INSERT INTO source (id, kind, account, state) VALUES ('api-1', 'api', ?1, '{}')`)
      .bind(ACCOUNT),
    db.prepare(`INSERT INTO source_account (account, source) VALUES (?1, 'api-1')`).bind(ACCOUNT),
    db
      .prepare(
        `INSERT INTO backfill (id, source, starts, ends, asked, started, worked)
         VALUES ('one', 'api-1', ?1, ?2, ?2, ?2, 100000)`,
      )
      .bind(ENDS - 90 * DAY, ENDS),
    db.prepare(
      `INSERT INTO backfill_window (backfill, starts, ends, events, done)
       SELECT 'one', value, value + 1, (value < 4) * 10250, value < 4 FROM json_each('[0,1,2,3,4,5,6,7,8,9]')`,
    ),
    db
      .prepare(
        `INSERT INTO gap (source, reason, starts, ends, opened, detail) VALUES ('api-1', 'backfill', ?1, ?2, ?2, 'one')`,
      )
      .bind(ENDS - 90 * DAY, ENDS),
  ]);
}

async function endBackfill(): Promise<void> {
  await worker.db.batch([
    worker.db.prepare(`UPDATE backfill SET finished = 1`),
    worker.db.prepare(`UPDATE gap SET filled = 1`),
  ]);
}

function requests(): string[] {
  return asked.filter((path) => path.startsWith('/v1/sources'));
}

const PROGRESS = { kind: 'progress', percent: 40, rate: 410, left: 150 };
const UNTOLD = { kind: 'untold', before: ENDS * 1000 };

test('where nothing is read back nobody is asked about it', async () => {
  expect(await sync()).toEqual({ kind: 'done' });
  expect(requests()).toEqual([]);
  expect(await told()).toBeUndefined();
});

test('how far reading back is is asked once after each sync, until it is done', async () => {
  await beginBackfill();
  await sync();
  expect(requests()).toHaveLength(1);
  expect(asked.at(-1)).toBe('/v1/sources');
  expect(await told()).toEqual(PROGRESS);

  await worker.db.prepare(`UPDATE backfill_window SET done = 1 WHERE starts < 8`).run();
  await sync();
  expect(requests()).toHaveLength(2);
  expect(await told()).toMatchObject({ percent: 80 });

  await endBackfill();
  await sync();
  await sync();
  expect(requests()).toHaveLength(2);
  expect(await told()).toBeUndefined();
});

test('what was told is there when the background begins anew', async () => {
  await beginBackfill();
  await sync();
  keeper = createKeeper(openCache, () => {});
  expect(await told()).toEqual(PROGRESS);
});

test('who is no admin is told what is missing, without a request', async () => {
  await beginBackfill();
  const json = { id: 'mia', name: 'Mia', role: 'auditor', accounts: [ACCOUNT] };
  await worker.call('/v1/members', { method: 'POST', json });
  const made = await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } });
  connection = { origin: ORIGIN, token: made.json.token };
  await sync();
  expect(requests()).toEqual([]);
  expect(await told()).toEqual(UNTOLD);
});

test.for<[string, () => Response | 'cut']>([
  ['no answer', () => 'cut'],
  ['a failure', () => new Response('', { status: 500 })],
  ['a page of something else', () => new Response('<p>sign in</p>')],
  ['sources without a back-fill', () => Response.json({ sources: [] })],
])('%s when it is asked leaves all the rest as it was', async ([, instead]) => {
  await beginBackfill();
  await sync();
  fault = (path) => (path === '/v1/sources' ? instead() : undefined);
  expect(await sync()).toEqual({ kind: 'done' });
  expect(await told()).toEqual(UNTOLD);
  const { copy, shelf } = await keeper.held();
  expect({ events: shelf.rows, filling: copy?.filling }).toEqual({ events: 3, filling: null });
});

test('who signs out while it is asked leaves nothing behind', async () => {
  await beginBackfill();
  fault = (path) => {
    if (path !== '/v1/sources') return undefined;
    connection = undefined;
    void keeper.forget();
    return undefined;
  };
  expect(await sync()).toEqual({ kind: 'signed-out' });
  expect(await (await openCache()).load()).toEqual({ copy: undefined, days: [] });
});

function backfill(change: Partial<Backfill> = {}): Backfill {
  const time = new Date(ENDS * 1000).toISOString();
  return {
    id: 'one',
    from: time,
    to: time,
    state: 'running',
    percent: 42,
    events: 900,
    rate: 410,
    left: 105,
    ...change,
  };
}

test.for<[string, object[]]>([
  ['done in the meantime', [{ state: 'ok', backfill: backfill({ state: 'done', percent: 100, left: 0 }) }]],
  ['of a source that is no longer set', [{ state: 'stopped', backfill: backfill() }]],
])('a back-fill that is %s is not told', async ([, sources]) => {
  await beginBackfill();
  fault = (path) => (path === '/v1/sources' ? Response.json({ sources }) : undefined);
  await sync();
  expect(await told()).toBeUndefined();
});

function gaps(reason: 'backfill' | 'lost'): Pick<Copy, 'coverage'> {
  const [from, to] = [new Date((ENDS - DAY) * 1000).toISOString(), new Date(ENDS * 1000).toISOString()];
  return {
    coverage: [
      {
        source: 'api',
        account: ACCOUNT,
        lastReceived: null,
        newest: null,
        gaps: [{ from, to, reason }],
        late: 0,
        refused: 0,
      },
    ],
  };
}

test.for<[string, Backfill[], object]>([
  ['one that runs', [backfill()], { percent: 42, rate: 410, left: 105 }],
  ['the longest of several', [backfill(), backfill({ percent: 60, left: 300 })], { percent: 60, left: 300 }],
  [
    'one that nobody can tell the end of',
    [backfill({ left: null, percent: 0 }), backfill()],
    { percent: 0, left: null },
  ],
  [
    'of two such, the one with less done',
    [backfill({ left: null, percent: 7 }), backfill({ left: null, percent: 3 })],
    { percent: 3 },
  ],
  [
    'one that fails, without its former pace',
    [backfill({ state: 'failing' })],
    { percent: 42, rate: 0, left: null },
  ],
])('told is %s', ([, backfills, expected]) => {
  expect(readingBackOf({ ...gaps('backfill'), backfills })).toMatchObject({ kind: 'progress', ...expected });
});

test('what is missing for another reason is not said to be read back', () => {
  expect(readingBackOf({ ...gaps('lost'), backfills: [backfill()] })).toBeUndefined();
});
