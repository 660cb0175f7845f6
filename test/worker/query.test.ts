import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventSummary } from '../../shared/event/event.ts';
import { matches } from '../../shared/query/matches.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { resolveQuery } from '../../shared/query/resolve.ts';
import { arbitraryRecords } from '../support/arbitraries.ts';
import { arbitraryQuery } from '../support/arbitrary-queries.ts';
import { size } from '../support/size.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const SEED = 20_261_122;
const DRAWS = size(8, 20);
const QUERIES = size(160, 1_500);

/** Values that an index might take for others: a search that excludes them would lose events. */
const LOOKALIKES = [
  // The address 32.1.13.184 begins with the same hex digits.
  '-ip:2001:db8::/32',
  // Ids in base 36, and what every event has.
  `-operator:${(100_000_000_011).toString(36)}`,
  `-person:${(100_000_000_013).toString(36)}`,
  `-account:${Number.parseInt('ll', 36)}`,
  // A blank as it is escaped.
  '-resource:"*~20*"',
  '~20',
  '20',
];

let worker: TestWorker;
/** Everything stored, in the order of the list. */
let all: EventSummary[];

/** Draws of records that differ in their request ids, so that each is an event of its own. */
function draws(count: number, seed: number): Record<string, unknown>[] {
  return fc
    .sample(arbitraryRecords({ minLength: 40, maxLength: 60 }), { numRuns: count, seed })
    .flatMap((records, draw) =>
      records.map((record) => ({ ...record, requestID: `${record['requestID']}-${draw}-${seed}` })),
    );
}

async function pages(q: string, limit: number, between?: () => Promise<void>): Promise<EventSummary[]> {
  const events: EventSummary[] = [];
  const ask = async (more: { cursor?: string }) =>
    (await worker.call(`/v1/events?${new URLSearchParams({ q, limit: `${limit}`, ...more })}`)).json;
  for await (const page of pagesOf(ask)) {
    events.push(...page.events);
    if (page.next !== null) await between?.();
  }
  return events;
}

/** The ids that the query means; undefined where its range is empty, as ages counted from today can make it. */
function expected(q: string): string[] | undefined {
  const parsed = parseQuery(q);
  if (!parsed.ok) throw new Error(q);
  const resolved = resolveQuery(parsed.query, { now: Date.now(), tz: 'Asia/Shanghai', names: new Map() });
  if (!resolved.ok) return undefined;
  return all.filter((event) => matches(resolved.query, event)).map(({ id }) => id);
}

beforeAll(async () => {
  worker = await startWorker();
  for (const account of ['100000000001', '100000000002']) {
    await worker.db.prepare(`INSERT INTO account (id, retention) VALUES (?1, 3650)`).bind(account).run();
  }
  const records = draws(DRAWS, SEED);
  await worker.send(records, { source: 'api' });
  // Some arrive again from elsewhere, every other of them with something else in it: a conflict.
  const again = records.filter((_, i) => i % 4 === 0);
  const other = again.map((record, i) =>
    i % 2 === 0 ? record : { ...record, sourceIPAddress: '192.0.2.77' },
  );
  await worker.send(other, { source: 'push' });
  all = await pages('', 1000);
});

afterAll(async () => {
  await worker?.close();
});

test('a list holds every event once, by whole seconds, newest first', () => {
  expect(all.length).toBeGreaterThan(DRAWS * 39);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const seconds = all.map(({ time }) => Math.floor(Date.parse(time) / 1000));
  expect(seconds).toEqual(seconds.toSorted((one, other) => other - one));
});

test(
  'what SQL finds is what the query means, page by page, in order',
  async () => {
    const drawn = fc.sample(arbitraryQuery(), { numRuns: QUERIES, seed: SEED });
    const queries = [...LOOKALIKES, ...drawn].map((q) => ({ q, wanted: expected(q) }));
    for (const { q } of queries.filter(({ wanted }) => wanted === undefined)) {
      const { status } = await worker.call(`/v1/events?${new URLSearchParams({ q })}`);
      expect(status, q).toBe(400);
    }
    let found = 0;
    for (const [index, { q, wanted = [] }] of queries.filter((query) => query.wanted).entries()) {
      const ids = (await pages(q, [17, 50, 1000][index % 3] ?? 50)).map(({ id }) => id);
      expect(ids, q).toEqual(wanted);
      found += ids.length;
    }
    // A vocabulary in which nothing is ever found would prove nothing.
    expect(found).toBeGreaterThan(QUERIES);
  },
  size(180_000, 3_600_000),
);

test('a query that the index decides reads no more rows than a page has, hit or not', async () => {
  for (const q of [
    '',
    'product:cvm',
    'event:StopInstances outcome:denied',
    'product:cbs event:GetUser',
    '-action:read',
    'person:小王 -via:api',
    'person:*',
    'key:AKIDmadeup100000000011 is:sensitive',
    'source:push -is:conflict',
    'type:volume tag:env=*',
    'network:inside',
    'tag:team=* -tag:env=prod',
  ]) {
    const reply = await worker.call(`/v1/events?${new URLSearchParams({ q })}`);
    const rowsRead = Number(/read=(\d+)/.exec(reply.headers.get('server-timing') ?? '')?.[1]);
    const trips = Number(/trips=(\d+)/.exec(reply.headers.get('server-timing') ?? '')?.[1]);
    expect(rowsRead, q).toBeLessThanOrEqual(60);
    expect(trips, q).toBeLessThanOrEqual(2);
  }
});

test('a word or a pattern of listed names reads the lists besides its page', async () => {
  const [listed] = (await worker.db.prepare('SELECT count(*) AS n FROM listed').all()).results;
  for (const q of ['RunInst', '"nothing like it"', 'event:Run*', '-event:Run*', 'error:Auth*']) {
    const reply = await worker.call(`/v1/events?${new URLSearchParams({ q })}`);
    const cost = reply.headers.get('server-timing') ?? '';
    expect(Number(/read=(\d+)/.exec(cost)?.[1]), q).toBeLessThanOrEqual(60 + 2 * Number(listed?.['n']));
    expect(Number(/trips=(\d+)/.exec(cost)?.[1]), q).toBeLessThanOrEqual(2);
  }
});

test('two values of a field that holds one are known to be never found, and cost no search', async () => {
  for (const q of [
    'action:read action:write',
    'via:api,console -via:api via:service',
    'network:inside -network:inside',
  ]) {
    const empty = await worker.call(`/v1/events?${new URLSearchParams({ q })}`);
    expect(empty.json.events, q).toEqual([]);
  }
  const either = await worker.call('/v1/events?q=action:read,write&limit=1');
  expect(either.json.events).toHaveLength(1);
});

test('pages neither skip nor repeat what was there, while events arrive between them', async () => {
  for (const q of ['', 'product:cvm', 'operator:*deploy', '-outcome:ok']) {
    all = await pages('', 1000);
    const before = expected(q) ?? [];
    let round = 0;
    const ids = (
      await pages(q, 40, async () => {
        round += 1;
        if (round <= 4) await worker.send(draws(1, SEED + round + before.length), { source: 'api' });
      })
    ).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const there = new Set(before);
    expect(ids.filter((id) => there.has(id))).toEqual(before);
  }
});
