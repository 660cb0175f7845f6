// oxlint-disable-next-line import/no-unassigned-import -- it puts IndexedDB in its global place
import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { rowsOf } from '../../../shared/columns/decode.ts';
import { rowOf } from '../../../shared/columns/row.ts';
import type { EventSummary } from '../../../shared/event/event.ts';
import { openCache } from '../../../extension/cache/database.ts';
import { createKeeper, type Keeper } from '../../../extension/background/keeper.ts';
import { readCacheSize } from '../../../extension/background/shown.ts';
import { shownTo, syncOnce, type SyncPorts } from '../../../extension/background/sync/run.ts';
import type { Connection } from '../../../extension/background/store.ts';
import { empty } from '../../support/emptied.ts';
import { by, record, records, secondsAgo } from '../../support/record.ts';
import { pagesOf } from '../../support/pages.ts';
import { ADMIN_TOKEN, startWorker, type TestWorker } from '../../support/worker.ts';
import { digest, type Fault, ORIGIN, syncPorts } from './sync-ports.ts';

const DAY = 86_400;
const TIMEOUT = 120_000;

vi.setConfig({ testTimeout: TIMEOUT });

let worker: TestWorker;
let keeper: Keeper;
let connection: Connection | undefined;
let clock: number;
/** What the network does instead of asking the Worker, and every request that was made. */
let fault: Fault | undefined;
let asked: string[];

beforeAll(async () => {
  worker = await startWorker();
}, TIMEOUT);

beforeEach(() => {
  connection = { origin: ORIGIN, token: ADMIN_TOKEN };
  clock = Date.now();
  fault = undefined;
  asked = [];
  keeper = createKeeper(openCache, () => {});
});

afterEach(async () => {
  await keeper.forget();
  await empty(worker);
}, TIMEOUT);

afterAll(() => worker?.close());

function ports(): SyncPorts {
  return syncPorts(() => ({ worker, keeper, connection, clock, fault, asked }));
}

/** Everything of the last 30 days, as the Worker lists it. */
async function listed(token = ADMIN_TOKEN): Promise<EventSummary[]> {
  const from = new Date((Math.floor(clock / 1000 / DAY) - 29) * DAY * 1000).toISOString();
  const events: EventSummary[] = [];
  const query = { q: `from:${from}`, limit: '1000' };
  const ask = async (more: { cursor?: string }) =>
    (await worker.call(`/v1/events?${new URLSearchParams({ ...query, ...more })}`, { token })).json;
  for await (const page of pagesOf(ask)) events.push(...page.events);
  return events;
}

async function copied(): Promise<{ account: string; row: unknown }[]> {
  const { shelf } = await keeper.held();
  return shelf.parts.flatMap(({ key, day }) => rowsOf(day).map((row) => ({ account: key[0], row })));
}

function asCopied(events: readonly EventSummary[]): { account: string; row: unknown }[] {
  return events.map((event) => ({ account: event.account, row: rowOf(event, event.id) }));
}

function inOrder(rows: readonly { row: unknown }[]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

/** How far each source is read, as the copy has it. */
async function marks(): Promise<unknown[]> {
  return ((await keeper.held()).copy?.coverage ?? []).map(({ source, seenTo }) => [source, seenTo]);
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** What the Worker lists and the copy lacks, and the other way round. */
async function differences(token?: string): Promise<string[]> {
  const [has, should] = [inOrder(await copied()), inOrder(asCopied(await listed(token)))];
  const [a, b] = [new Set(has), new Set(should)];
  return has.length === a.size ? [...a.symmetricDifference(b)] : ['an event is there twice'];
}

test('the first sync loads every page of the last thirty days, newest first, in the order of the list', async () => {
  await worker.send(
    records(2_300, (i) => ({ eventTime: secondsAgo(60) - i * 600 })),
    { source: 'api' },
  );
  await worker.send([record({ requestID: 'old', eventTime: secondsAgo(40 * DAY) })], { source: 'api' });
  expect(await syncOnce(ports())).toEqual({ kind: 'done' });
  expect(await copied()).toEqual(asCopied(await listed()));
  const { copy } = await keeper.held();
  expect(copy?.filling).toBeNull();
  expect(copy?.from).toBe((Math.floor(clock / 1000 / DAY) - 29) * DAY);
});

test('what is new, late, merged or removed is right after the next sync, which is small', async () => {
  await worker.send(records(50), { source: 'push' });
  await syncOnce(ports());
  asked = [];
  await worker.send([record({ requestID: 'late', eventTime: secondsAgo(5 * DAY) })], { source: 'api' });
  await worker.send([...records(3)], { source: 'api' });
  await worker.send(records(2, (i) => ({ requestID: `new-${i}`, eventTime: secondsAgo(i) })));
  await syncOnce(ports());
  expect(await differences()).toEqual([]);
  expect(asked.filter((path) => path.startsWith('/v1/events'))).toEqual([]);
});

test('a sync without any news is one request that is answered with 304', async () => {
  await worker.send(records(5));
  await syncOnce(ports());
  await syncOnce(ports());
  asked = [];
  clock += 60_000;
  expect(await syncOnce(ports())).toEqual({ kind: 'done' });
  expect(asked).toHaveLength(1);
  expect((await keeper.held()).copy?.lastGood).toBe(clock);
});

test('how far sources are read moves on without any news, for those that are read', async () => {
  const readTo = async (seen: number): Promise<void> => {
    await worker.db.batch([
      worker.db
        .prepare(
          `INSERT INTO source (id, kind, account, state, seen_to) VALUES ('api-1', 'api', '1250000001', '{}', ?1)
           ON CONFLICT (id) DO UPDATE SET seen_to = ?1`,
        )
        .bind(seen),
      worker.db.prepare(
        `INSERT INTO source_account (account, source) VALUES ('1250000001', 'api-1') ON CONFLICT DO NOTHING`,
      ),
    ]);
  };
  await readTo(secondsAgo(120));
  await worker.send(records(5));
  await syncOnce(ports());
  await syncOnce(ports());
  expect(await marks()).toEqual([
    ['api', isoOf(secondsAgo(120))],
    ['push', undefined],
  ]);
  await readTo(secondsAgo(60));
  asked = [];
  await syncOnce(ports());
  expect(asked).toHaveLength(1);
  expect(await marks()).toEqual([
    ['api', isoOf(secondsAgo(60))],
    ['push', undefined],
  ]);
});

test('cut off anywhere, the first load goes on where it was', async () => {
  await worker.send(
    records(3_500, (i) => ({ eventTime: secondsAgo(60) - i * 300 })),
    { source: 'api' },
  );
  let requests = 0;
  let runs = 0;
  for (let kind = ''; kind !== 'done' && runs < 20; runs += 1) {
    // A background that was stopped has nothing but what it kept.
    keeper = createKeeper(openCache, () => {});
    requests = 0;
    fault = () => ((requests += 1) > 3 ? 'cut' : undefined);
    ({ kind } = await syncOnce(ports()));
  }
  fault = undefined;
  expect(await differences()).toEqual([]);
  const pages = asked.filter((path) => path.startsWith('/v1/events?'));
  expect(pages.length).toBeLessThanOrEqual(4 + runs);
});

test('cursors that the Worker no longer takes cost neither events nor the copy', async () => {
  await worker.send(
    records(1_500, (i) => ({ eventTime: secondsAgo(60) - i * 300 })),
    { source: 'api' },
  );
  let pages = 0;
  fault = (path) => (path.startsWith('/v1/events?') && (pages += 1) > 1 ? 'cut' : undefined);
  await syncOnce(ports());
  fault = (path) =>
    path.includes('cursor=')
      ? Response.json(
          { type: 'urn:sidetrail:problem:cursor', title: '', status: 400, detail: '', at: 'cursor' },
          { status: 400 },
        )
      : undefined;
  await syncOnce(ports());
  fault = undefined;
  expect(await differences()).toEqual([]);
});

async function memberToken(id: string, operators: readonly string[]): Promise<string> {
  const given = operators.map((operator) => ({ account: '1250000001', id: operator }));
  const json = { id, name: id, accounts: ['1250000001'], operators: given };
  const made = await worker.call('/v1/members', { method: 'POST', json });
  if (made.status !== 201)
    await worker.call(`/v1/members/${id}`, { method: 'PATCH', json: { operators: given } });
  return (await worker.call('/v1/tokens', { method: 'POST', json: { member: id } })).json.token;
}

test('another member, or another scope, empties the copy before it is filled again', async () => {
  await worker.send([
    record({ requestID: 'a', ...by('100000000021') }),
    record({ requestID: 'b', ...by('100000000022') }),
  ]);
  await syncOnce(ports());
  expect(await copied()).toHaveLength(2);

  connection = { origin: ORIGIN, token: await memberToken('mia', ['100000000021']) };
  expect(shownTo(await keeper.held(), connection, await digest(connection.token), clock)).toBeUndefined();
  await syncOnce(ports());
  expect(await copied()).toHaveLength(1);
  expect(await differences(connection.token)).toEqual([]);

  await memberToken('mia', ['100000000022']);
  await syncOnce(ports());
  expect(await differences(connection.token)).toEqual([]);
});

test('a token that is refused empties the copy, and so does signing out', async () => {
  await worker.send(records(3));
  await syncOnce(ports());
  connection = { origin: ORIGIN, token: 'x'.repeat(40) };
  expect(await syncOnce(ports())).toEqual({ kind: 'problem', problem: { kind: 'token-refused' } });
  expect(await copied()).toEqual([]);
  connection = { origin: ORIGIN, token: ADMIN_TOKEN };
  await syncOnce(ports());
  connection = undefined;
  expect(await syncOnce(ports())).toEqual({ kind: 'signed-out' });
  expect((await (await openCache()).load()).days).toEqual([]);
});

test.for(['/v1/me', '/v1/changes', '/v1/events'])(
  'who signs out while %s is asked leaves nothing behind',
  async (path) => {
    await worker.send(records(3));
    fault = (at) => {
      if (!at.startsWith(path)) return undefined;
      connection = undefined;
      void keeper.forget();
      return undefined;
    };
    expect(await syncOnce(ports())).toEqual({ kind: 'signed-out' });
    expect(asked.at(-1)).toContain(path);
    expect(await (await openCache()).load()).toEqual({ copy: undefined, days: [] });
  },
);

test('how much is kept is told to whose it is', async () => {
  await worker.send(records(3));
  const size = (token: string) =>
    readCacheSize({
      store: { connection: () => Promise.resolve({ origin: ORIGIN, token }) },
      keeper,
      digest,
      now: () => clock,
    });
  expect(await size(ADMIN_TOKEN)).toBeNull();
  await syncOnce(ports());
  const from = (Math.floor(clock / 1000 / DAY) - 29) * DAY;
  expect(await size(ADMIN_TOKEN)).toEqual({ events: 3, from });
  expect(await size('x'.repeat(40))).toBeNull();
});

test('offline the copy is opened for three days after the last answer, and not longer', async () => {
  await worker.send(records(3));
  await syncOnce(ports());
  fault = () => 'cut';
  clock += 71 * 3_600_000;
  expect(await syncOnce(ports())).toEqual({ kind: 'problem', problem: { kind: 'unreachable' } });
  const own: Connection = { origin: ORIGIN, token: ADMIN_TOKEN };
  const token = await digest(ADMIN_TOKEN);
  expect(shownTo(await keeper.held(), own, token, clock)).toBeDefined();
  expect(shownTo(await keeper.held(), own, token, clock + 2 * 3_600_000)).toBeUndefined();
});

test(
  'whatever arrives between syncs, the copy is what the Worker lists',
  async () => {
    const arrival = fc.record({
      request: fc.integer({ min: 0, max: 15 }),
      age: fc.constantFrom(10, 3_000, 2 * DAY, 29 * DAY),
      source: fc.constantFrom('api', 'push', 'files'),
      ip: fc.constantFrom('203.0.113.5', '203.0.113.6'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(arrival, { maxLength: 6 }), { maxLength: 4 }), async (rounds) => {
        for (const round of rounds) {
          for (const { request, age, source, ip } of round) {
            const sent = record({
              requestID: `r${request}`,
              eventTime: secondsAgo(age),
              sourceIPAddress: ip,
            });
            await worker.send([sent], { source });
          }
          await syncOnce(ports());
          expect(await differences()).toEqual([]);
        }
      }),
      { numRuns: 8, seed: 20_261_122 },
    );
  },
  TIMEOUT,
);
