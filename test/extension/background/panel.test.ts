// oxlint-disable-next-line import/no-unassigned-import -- it puts IndexedDB in its global place
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openCache } from '../../../extension/cache/database.ts';
import { createKeeper, type Keeper } from '../../../extension/background/keeper.ts';
import { servePanels, type PanelService } from '../../../extension/background/panel/serve.ts';
import type { PanelServer } from '../../../extension/background/panel-ports.ts';
import { openStore } from '../../../extension/background/store.ts';
import { syncOnce, type Synced } from '../../../extension/background/sync/run.ts';
import { createSchedule, type Schedule } from '../../../extension/background/sync/schedule.ts';
import type {
  FromBackground,
  FromPanel,
  ListMessage,
  ListQuestion,
  Window,
} from '../../../extension/protocol/panel.ts';
import { arbitraryRecords } from '../../support/arbitraries.ts';
import { arbitraryQuery } from '../../support/arbitrary-queries.ts';
import { empty } from '../../support/emptied.ts';
import { by, record, records, secondsAgo } from '../../support/record.ts';
import { ADMIN_TOKEN, startWorker, type TestWorker } from '../../support/worker.ts';

const ORIGIN = 'https://audit.example.com';
const DAY = 86_400;
const TIMEOUT = 120_000;

vi.setConfig({ testTimeout: TIMEOUT });

let worker: TestWorker;
let keeper: Keeper;
let service: PanelService;
let schedule: Schedule;
let said: FromBackground[];
let panel: PanelServer;
let isOffline: boolean;
let isRefused: boolean;
let isOverloaded: boolean;
/** Every request that reached the network. */
let sent: string[];

beforeAll(async () => {
  worker = await startWorker();
}, TIMEOUT);

beforeEach(async () => {
  isOffline = false;
  isRefused = false;
  isOverloaded = false;
  sent = [];
  said = [];
  const kept = new Map<string, unknown>([['connection', { origin: ORIGIN, token: ADMIN_TOKEN }]]);
  const store = openStore({
    get: (key) => Promise.resolve({ [key]: kept.get(key) }),
    set: (items) => {
      for (const [key, value] of Object.entries(items)) kept.set(key, value);
      return Promise.resolve();
    },
    remove: (key) => {
      kept.delete(key);
      return Promise.resolve();
    },
  });
  keeper = createKeeper(openCache, () => service.changed());
  const ports = {
    store,
    keeper,
    now: Date.now,
    isAllowed: () => Promise.resolve(true),
    release: () => Promise.resolve(),
    digest: (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex')),
    fetch: async (url: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
      const path = url.slice(ORIGIN.length);
      sent.push(path);
      if (isOffline || (isOverloaded && path.startsWith('/v1/events'))) throw new TypeError('fetch failed');
      const reply = await worker.call(path, { method, token: null, headers: isRefused ? {} : headers });
      return { status: reply.status, headers: reply.headers, text: () => Promise.resolve(reply.text) };
    },
  };
  schedule = createSchedule({
    sync: () => syncOnce(ports),
    wakeAt: () => Promise.resolve(),
    nextWake: () => Promise.resolve(undefined),
    isWatched: () => Promise.resolve(true),
    now: Date.now,
    random: () => 0,
    report: (error) => {
      throw error;
    },
    told: (state: 'running' | Synced) => service.synced(state),
  });
  service = servePanels({
    ...ports,
    schedule: () => schedule,
    openOptions: () => {},
    openAlerts: () => {},
    openTab: () => {},
    later: (_, work) => void setImmediate(work),
    report: (error) => {
      throw error;
    },
  });
  panel = service.onPanel({ tabId: 1, send: (message) => said.push(message) });
}, TIMEOUT);

afterEach(async () => {
  await schedule.run();
  panel.gone();
  await keeper.forget();
  await empty(worker);
}, TIMEOUT);

afterAll(() => worker?.close());

function say(message: FromPanel): void {
  panel.heard(message);
}

function lists(generation: number): ListMessage[] {
  return said.filter(
    (message): message is ListMessage => message.kind === 'list' && message.generation === generation,
  );
}

async function until<T>(look: () => T | undefined): Promise<T> {
  return await vi.waitFor(
    () => {
      const found = look();
      if (found === undefined) throw new Error('not yet');
      return found;
    },
    { timeout: 20_000, interval: 5 },
  );
}

const TOP: Window = { from: 0, to: 50, keep: [] };
let generations = 0;

function ask(question: Partial<ListQuestion>, window = TOP): number {
  generations += 1;
  const asked = { q: '', tz: 'Asia/Shanghai', by: null, about: [], ...question };
  say({ kind: 'list', generation: generations, question: asked, window });
  return generations;
}

/** The list when nothing is under way any more. */
async function settled(generation: number): Promise<ListMessage> {
  return await until(() => {
    const last = lists(generation).at(-1);
    return last && last.server.kind !== 'asking' ? last : undefined;
  });
}

async function listed(q: string): Promise<string[]> {
  const { json } = await worker.call(`/v1/events?${new URLSearchParams({ q, limit: '1000' })}`);
  return json.events.map(({ id }: { id: string }) => id);
}

test('hello is answered with preferences and standing, and begins to sync', async () => {
  await worker.send(records(3));
  say({ kind: 'hello', nonce: null });
  const connected = await until(() =>
    said.find((message) => message.kind === 'standing' && message.standing.kind === 'connected'),
  );
  expect(connected).toMatchObject({ standing: { me: { member: { role: 'admin' } }, problem: null } });
  expect(said[0]).toMatchObject({ kind: 'preferences', panel: { utc: false } });
});

test('whatever is asked, the copy gives what the Worker would, in its order', async () => {
  const drawn = fc
    .sample(arbitraryRecords({ minLength: 60, maxLength: 80 }), { numRuns: 2, seed: 7 })
    .flat()
    .map((each, i) => ({
      ...each,
      requestID: `${each['requestID']}-${i}`,
      eventTime: secondsAgo(i * 5_000 + 100),
    }));
  await worker.send(drawn, { source: 'api' });
  await schedule.run();
  isOffline = true;
  let found = 0;
  for (const q of fc.sample(arbitraryQuery(), { numRuns: 150, seed: 11 })) {
    const asked = `${q} from:29d`;
    const { status, json } = await worker.call(
      `/v1/events?${new URLSearchParams({ q: asked, tz: 'Asia/Shanghai', limit: '1000' })}`,
    );
    if (status !== 200) continue;
    const generation = ask({ q: asked }, { from: 0, to: 500, keep: [] });
    const { window, count, complete } = await settled(generation);
    const ids = json.events.map(({ id }: { id: string }) => id);
    expect(
      window.rows.map(({ id }) => id),
      asked,
    ).toEqual(ids);
    expect({ count, complete }, asked).toEqual({ count: ids.length, complete: true });
    found += count;
  }
  expect(found).toBeGreaterThan(100);
});

test('behind the copy the list goes on with what the Worker has, without a gap and nothing twice', async () => {
  await worker.send(
    records(700, (i) => ({ eventTime: secondsAgo(100) - i * 10_000 })),
    { source: 'api' },
  );
  await schedule.run();
  const generation = ask({ q: 'product:cvm' });
  const first = await settled(generation);
  expect(first.complete).toBe(false);
  const wanted = await listed('product:cvm');
  expect(first.window.rows.map(({ id }) => id)).toEqual(wanted.slice(0, 50));
  say({ kind: 'window', generation, window: { from: 500, to: 900, keep: [] } });
  const last = await until(() => lists(generation).findLast(({ complete }) => complete));
  expect(last.count).toBe(700);
  expect(last.window.rows.map(({ id }) => id)).toEqual(wanted.slice(500));
  expect(last.days.reduce((sum, { rows }) => sum + rows, 0)).toBe(700);
});

test('who reads far behind the copy is not moved when the background begins anew', async () => {
  await worker.send(
    records(700, (i) => ({ eventTime: secondsAgo(100) - i * 10_000 })),
    { source: 'api' },
  );
  await schedule.run();
  const wanted = await listed('');
  const keep = [wanted[500] ?? ''];
  const generation = ask({}, { from: 480, to: 560, keep });
  const first = await until(() => lists(generation)[0]);
  expect(first.kept).toEqual({ [keep[0] ?? '']: 500 });
  expect(first.window.rows.map(({ id }) => id)).toEqual(wanted.slice(480, 560));
});

test('what is scrolled to while a list is begun is not forgotten', async () => {
  await worker.send(records(300), { source: 'api' });
  await schedule.run();
  const generation = ask({});
  say({ kind: 'window', generation, window: { from: 200, to: 250, keep: [] } });
  const wanted = await listed('');
  const { window } = await until(() => lists(generation).findLast(({ window: { from } }) => from === 200));
  expect(window.rows.map(({ id }) => id)).toEqual(wanted.slice(200, 250));
});

test('what somebody did is what they did themselves, and as a role that is known to be theirs', async () => {
  const session = (uin: string, requestID: string, exact: boolean) =>
    record({
      requestID,
      eventTime: secondsAgo(50 * DAY),
      userIdentity: {
        type: 'AssumedRole',
        principalId: '4611686018427390000',
        accountId: '1250000001',
        userName: 'ops-role',
        sessionContext: { extraInfo: exact ? { assumerUin: uin } : { roleSessionName: uin } },
      },
    });
  await worker.send([
    record({ requestID: 'own', ...by('100000000021') }),
    record({ requestID: 'old', eventTime: secondsAgo(60 * DAY), ...by('100000000021') }),
    record({ requestID: 'other', ...by('100000000022') }),
    session('100000000021', 'exact', true),
    session('100000000021', 'claimed', false),
  ]);
  await schedule.run();
  const generation = ask({ by: [{ account: '1250000001', id: '100000000021' }] });
  const { window } = await until(() => lists(generation).findLast(({ complete }) => complete));
  const requests = await Promise.all(
    window.rows.map(async ({ id }) => (await worker.call(`/v1/events/${id}`)).json.requestId),
  );
  expect(requests).toEqual(['own', 'exact', 'old']);
});

test('news come in above without moving what is read', async () => {
  await worker.send(records(300), { source: 'api' });
  await schedule.run();
  const generation = ask({}, { from: 100, to: 120, keep: [] });
  const { window } = await settled(generation);
  const keep = [window.rows[5]?.id ?? ''];
  say({ kind: 'window', generation, window: { from: 100, to: 120, keep } });
  await worker.send(records(7, (i) => ({ requestID: `n${i}`, eventTime: secondsAgo(i) })));
  await schedule.run();
  const news = await until(() => lists(generation).find(({ count }) => count === 307));
  expect(news.window.from).toBe(107);
  expect(news.kept).toEqual({ [keep[0] ?? '']: 112 });
  expect(news.window.rows[5]?.id).toBe(keep[0]);
});

test('a background that begins anew does not fall behind what the panel was told before', async () => {
  await worker.send(records(3));
  await schedule.run();
  const generation = ask({});
  await settled(generation);
  await worker.send([record({ requestID: 'later' })]);
  await schedule.run();
  const { revision } = await until(() => lists(generation).find(({ count }) => count === 4));
  said.length = 0;
  const again = { q: '', tz: 'Asia/Shanghai', by: null, about: [] };
  say({ kind: 'list', generation, question: again, window: TOP });
  expect((await until(() => lists(generation)[0])).revision).toBeGreaterThan(revision);
});

test('offline the copy answers, and says of what is older that it cannot be had', async () => {
  await worker.send(records(5));
  await schedule.run();
  isOffline = true;
  await schedule.run();
  const generation = ask({});
  const { count, server } = await until(() =>
    lists(generation).find((list) => list.server.kind === 'failed'),
  );
  expect({ count, server }).toEqual({
    count: 5,
    server: { kind: 'failed', problem: { kind: 'unreachable' } },
  });
  say({ kind: 'hello', nonce: null });
  const standing = await until(() =>
    said.find(
      (message) =>
        message.kind === 'standing' &&
        message.standing.kind === 'connected' &&
        message.standing.problem !== null,
    ),
  );
  expect(standing).toMatchObject({ standing: { problem: { kind: 'unreachable' } } });
});

function problems(): unknown[] {
  return said.flatMap((message) =>
    message.kind === 'standing' && message.standing.kind === 'connected' ? [message.standing.problem] : [],
  );
}

test('that the Worker is out of reach is told as soon as anything fails, not at the next sync', async () => {
  await worker.send(records(5));
  await schedule.run();
  isOffline = true;
  await settled(ask({}));
  expect(await until(() => problems().find((problem) => problem !== null))).toEqual({ kind: 'unreachable' });
});

test('a token that is refused anywhere empties what is shown', async () => {
  await worker.send(records(5));
  await schedule.run();
  const { window } = await settled(ask({}));
  isRefused = true;
  say({ kind: 'details', id: window.rows[0]?.id ?? '' });
  await until(() => lists(generations).findLast(({ count }) => count === 0));
  const standing = await until(() =>
    said.find((message) => message.kind === 'standing' && message.standing.kind === 'failing'),
  );
  expect(standing).toMatchObject({ standing: { problem: { kind: 'token-refused' } } });
});

test('what keeps failing is asked again now and then, not on and on', async () => {
  await worker.send(records(5));
  await schedule.run();
  sent = [];
  // All but the events, as a Worker that is overloaded may answer.
  isOverloaded = true;
  const generation = ask({});
  await until(() => lists(generation).find(({ server }) => server.kind === 'failed'));
  await schedule.idle();
  await schedule.run();
  await schedule.run();
  expect(sent.filter((path) => path.startsWith('/v1/changes')).length).toBeLessThanOrEqual(3);
});

/** First resource and how many there are of each row, when all that is asked about is `about`. */
async function named(about: string[]): Promise<unknown[]> {
  const generation = ask({ about });
  const { window } = await until(() => lists(generation).findLast(({ complete }) => complete));
  return window.rows.map(({ resources: { first, count } }) => [first?.id, count]);
}

test('of several resources a row names the one that is asked about, of the copy and of the Worker', async () => {
  const resourceName = 'instance/ins-0a1b2c3d|disk/disk-3bq0lw1k|subnet/subnet-9xk2';
  await worker.send([
    record({ requestID: 'new', resourceName }),
    record({ requestID: 'old', eventTime: secondsAgo(60 * DAY), resourceName }),
  ]);
  await schedule.run();
  const [plain, disk] = [await named([]), await named(['disk-3bq0lw1k'])];
  expect(disk).toEqual([1, 2].map(() => ['disk-3bq0lw1k', 3]));
  expect(plain).not.toEqual(disk);
  expect(await named(['ins-9m8n7b6v'])).toEqual(plain);
});

test('a query that cannot be read says where', async () => {
  const generation = ask({ q: 'product:cvm outcom:failed' });
  const told = await until(() => said.find((message) => message.kind === 'query-problem'));
  expect(told).toMatchObject({ generation, error: { at: 12, suggestion: 'outcome' } });
});

test('an event that was opened is there offline, with every digit it had', async () => {
  await worker.send([record({ requestParameters: '{"Uin":12345678901234567890}' })]);
  await schedule.run();
  const [id = ''] = await listed('');
  say({ kind: 'details', id });
  const online = await until(() => said.find((message) => message.kind === 'details'));
  isOffline = true;
  said.length = 0;
  say({ kind: 'details', id });
  const offline = await until(() => said.find((message) => message.kind === 'details'));
  expect(offline).toEqual(online);
  expect(JSON.stringify(offline)).toContain('12345678901234567890');
});

test('values of a key are those that occur, those that begin with what was typed first', async () => {
  await worker.send([
    ...records(4, () => ({ eventName: 'StopInstances' })),
    record({ requestID: 'a', eventName: 'RestartDBInstances' }),
    record({ requestID: 'b', eventName: 'StartInstances' }),
  ]);
  await schedule.run();
  say({ kind: 'values', request: 1, key: 'event', typed: 'start' });
  expect(await until(() => said.find((message) => message.kind === 'values'))).toMatchObject({
    values: [
      { value: 'StartInstances', events: 1 },
      { value: 'RestartDBInstances', events: 1 },
    ],
  });
});
