import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventSummary } from '../../shared/event/event.ts';
import { identityOf } from '../../worker/query/resource-ref.ts';
import { arbitraryRecords } from '../support/arbitraries.ts';
import { arbitraryQuery } from '../support/arbitrary-queries.ts';
import { size } from '../support/size.ts';
import { pagesOf } from '../support/pages.ts';
import { ADMIN_TOKEN, startWorker, type Reply, type TestWorker } from '../support/worker.ts';

const SEED = 20_261_123;
const QUERIES = size(16, 300);

let worker: TestWorker;
/** Sees two operators, and sessions that one of them is behind. */
let member: string;

beforeAll(async () => {
  worker = await startWorker();
  for (const account of ['100000000001', '100000000002']) {
    await worker.db.prepare(`INSERT INTO account (id, retention) VALUES (?1, 3650)`).bind(account).run();
  }
  const operators = ['100000000012', '100000000013'].map((id) => ({ account: '100000000001', id }));
  await worker.call('/v1/members', {
    method: 'POST',
    json: { id: 'mia', name: 'Mia', accounts: '*', operators },
  });
  ({ token: member } = (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } })).json);
});

afterAll(async () => {
  await worker?.close();
});

/** Records of draws that differ in their request ids, spread over some days. */
function draws(count: number, seed: number): Record<string, unknown>[] {
  return fc
    .sample(arbitraryRecords({ minLength: 40, maxLength: 60 }), { numRuns: count, seed })
    .flatMap((records, draw) =>
      records.map((record, i) => ({
        ...record,
        requestID: `${record['requestID']}-${draw}-${seed}`,
        eventTime: record['eventTime'] - (i % 4 === 0 ? draw * 40_000 : 0),
      })),
    );
}

/** Every entry of a list, page by page. */
async function pages(
  path: string,
  list: string,
  { token, ...query }: Asked & Record<string, string>,
): Promise<Reply['json'][]> {
  const found = [];
  const ask = async (more: { cursor?: string }) =>
    (await worker.call(`${path}?${new URLSearchParams({ ...query, ...more })}`, { token })).json;
  for await (const page of pagesOf(ask)) {
    expect(page.partial).toBeUndefined();
    found.push(...page[list]);
  }
  return found;
}

interface Asked {
  q: string;
  tz: string;
  token: string;
}

interface Counted {
  count: number;
  reads: number;
  writes: number;
  ok: number;
  failed: number;
  denied: number;
  first: string;
  last: string;
}

/** The same counts, one event after the other, by each of its keys. */
function naive(
  events: readonly EventSummary[],
  keysOf: (event: EventSummary) => string[],
): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const event of events) {
    const time = `${event.time.slice(0, 19)}.000Z`;
    for (const key of new Set(keysOf(event))) {
      const known = counted.get(key) ?? { ...NONE, first: time, last: time };
      counted.set(key, {
        ...known,
        count: known.count + 1,
        reads: known.reads + Number(event.action === 'read'),
        writes: known.writes + Number(event.action === 'write'),
        [event.outcome]: known[event.outcome] + 1,
        first: time < known.first ? time : known.first,
        last: time > known.last ? time : known.last,
      });
    }
  }
  return counted;
}

const NONE: Counted = { count: 0, reads: 0, writes: 0, ok: 0, failed: 0, denied: 0, first: '', last: '' };

function sumOf(counted: readonly { count: number }[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}

function countsOf(each: Counted): Counted {
  const { count, reads, writes, ok, failed, denied, first, last } = each;
  return { count, reads, writes, ok, failed, denied, first, last };
}

const present = (...values: (string | undefined)[]): string[] =>
  values.flatMap((value) => (value ? [value] : []));

/** What each facet tells of an event. */
const FACETS: Record<string, (event: EventSummary) => string[]> = {
  operator: ({ operator }) => present(operator.id),
  person: ({ person }) => (person?.status === 'exact' ? present(person.id) : []),
  claim: ({ person }) => (person?.status === 'claimed' ? present(person.name) : []),
  event: ({ event }) => present(event),
  product: ({ product }) => present(product),
  region: ({ region }) => present(region),
  action: ({ action }) => present(action),
  outcome: ({ outcome }) => [outcome],
  error: ({ error }) => present(error?.code),
  via: ({ via }) => present(via),
  ip: ({ ip }) => present(ip),
  network: ({ network }) => [network],
  place: ({ place }) => present(place),
  type: ({ resources }) => resources.flatMap(({ type }) => present(type)),
  resource: ({ resources }) => resources.map(({ id }) => id),
  key: ({ operator }) => present(operator.key),
  is: ({ is }) => is,
  rule: ({ sensitive = [] }) => sensitive,
  source: ({ sources }) => sources.map(({ source }) => source),
  account: ({ account }) => [account],
  tag: ({ tags }) => tags,
};

function resourcesIn({ account, product, region, resources }: EventSummary): string[] {
  return resources.map((each) => identityOf({ ...each, account, product, region: each.region || region }));
}

/** Compares the answers to each query with counts of all that /v1/events lists for it; gives how many that were. */
async function compare(seed: number): Promise<number> {
  const facets = Object.entries(FACETS);
  let found = 0;
  const queries = fc.sample(arbitraryQuery(), { numRuns: QUERIES, seed });
  for (const [i, q] of queries.entries()) {
    const tz = ['Asia/Shanghai', 'Asia/Kolkata', 'America/New_York'][i % 3] ?? 'UTC';
    const token = i % 4 === 3 ? member : ADMIN_TOKEN;
    const asked = { q, tz, token };
    // A range can be empty in one zone and not in another.
    const { status } = await worker.call(`/v1/events?${new URLSearchParams({ q, tz })}`);
    if (status === 400) continue;
    const events = await pages('/v1/events', 'events', { ...asked, limit: '1000' });
    found += events.length;

    const step = i % 2 === 0 ? 'hour' : 'day';
    const buckets = await pages('/v1/timeline', 'timeline', { ...asked, step });
    const starts = buckets.map(({ at }) => Date.parse(at));
    const byBucket = naive(events, ({ time }) => [
      `${starts.findLastIndex((start) => start <= Date.parse(time))}`,
    ]);
    for (const [index, { at, ...counts }] of buckets.entries()) {
      const { first: _first, last: _last, ...expected } = byBucket.get(`${index}`) ?? NONE;
      expect(counts, `${q} ${at}`).toEqual(expected);
    }
    expect(sumOf(buckets), q).toBe(events.length);

    for (const [by, keysOf] of [facets[i % facets.length], facets[(i * 5 + 3) % facets.length]].flatMap(
      (each) => (each ? [each] : []),
    )) {
      const told = await pages('/v1/facets', 'facets', { ...asked, by, limit: '3' });
      const expected = [...naive(events, keysOf)].map(([value, { count, failed, denied, writes, last }]) => {
        return { value, count, failed, denied, writes, last };
      });
      const plain = told.map(({ label: _label, ...facet }) => facet);
      expect(plain, `${q} by ${by}`).toEqual(
        expected.toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1)),
      );
    }

    const operators = await pages('/v1/operators', 'operators', { ...asked, limit: '4' });
    const byOperator = naive(events, ({ account, operator }) =>
      present(operator.id && `${account}/${operator.id}`),
    );
    expect(
      new Map(operators.map((each) => [`${each.account}/${each.id}`, countsOf(each)])),
      `operators of ${q}`,
    ).toEqual(byOperator);

    const resources = await pages('/v1/resources', 'resources', { ...asked, limit: '5' });
    const byResource = naive(events, resourcesIn);
    expect(new Map(resources.map((each) => [identityOf(each), countsOf(each)])), `resources of ${q}`).toEqual(
      byResource,
    );
    const touches = resources.filter((each) => each.operators <= 10);
    expect(touches.map(({ by }) => sumOf(by))).toEqual(touches.map(({ count }) => count));
  }
  return found;
}

test(
  'every count is that of the events that the same query lists: before the tick, after it, and with more on top',
  async () => {
    await worker.send(draws(4, SEED), { source: 'api' });
    // Queries that find nothing would prove nothing.
    expect(await compare(SEED)).toBeGreaterThan(QUERIES);
    await worker.tick(new Date());
    expect(await compare(SEED + 1)).toBeGreaterThan(QUERIES);
    // Some arrive again with another address, which changes stored events; others are new.
    const again = draws(4, SEED).filter((_, i) => i % 5 === 0);
    await worker.send(
      again.map((record) => ({ ...record, sourceIPAddress: '192.0.2.77' })),
      { source: 'push' },
    );
    await worker.send(draws(2, SEED + 2), { source: 'api' });
    expect(await compare(SEED + 2)).toBeGreaterThan(QUERIES);
  },
  size(120_000, 3_600_000),
);
