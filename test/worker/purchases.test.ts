import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PurchaseEntry, PurchaseTotals } from '../../shared/api/purchases.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { purchaserOf, type Purchaser } from '../../worker/query/purchaser.ts';
import { openStore } from '../../worker/store/meter.ts';
import type { Scope } from '../../worker/store/scope.ts';
import { provideHex } from '../bench/hex.ts';
import { company, simulateCompany } from '../support/company/company.ts';
import type { Purchase as Truth } from '../support/company/truth.ts';
import { size } from '../support/size.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const DAYS = 89;
/** The same company each time. */
const END = Date.UTC(2026, 9, 1) / 1000;
const RECORDS = size(20_000, 100_000);
const BATCH = 4_000;
const MINUTES = size(5, 60) * 60_000;

let worker: TestWorker;
/** What truly was bought, by the records that show it. */
const byRequest = new Map<string, Truth>();
/** Who truly bought each resource. */
const byResource = new Map<string, Truth>();
let pages: { purchases: PurchaseEntry[]; by?: PurchaseTotals; next: string | null }[];
let listed: PurchaseEntry[];

beforeAll(async () => {
  worker = await startWorker();
  provideHex();
  await worker.db
    .prepare(
      `INSERT INTO account (id, retention) VALUES (?1, 3650) ON CONFLICT (id) DO UPDATE SET retention = 3650`,
    )
    .bind(company.account)
    .run();
  let batch: object[] = [];
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    const reply = await worker.send(batch, { source: 'demo' });
    if (reply.json?.refused?.length !== 0) throw new Error(reply.text.slice(0, 500));
    batch = [];
    // Columns follow in ticks; a short tail of what is newer is read beside them.
    await worker.tick(new Date());
  };
  for (const happening of simulateCompany({ seed: 20, records: RECORDS, end: END, days: DAYS })) {
    if ('record' in happening) {
      batch.push(happening.record);
      if (batch.length === BATCH) await send();
    } else if (happening.truth.of === 'purchase') {
      const { truth } = happening;
      for (const id of truth.requestIds) byRequest.set(id, truth);
      if (truth.kind === 'create') for (const id of truth.resourceIds) byResource.set(id, truth);
    }
  }
  await send();
  pages = [];
  const sixty = async (more: { cursor?: string }) =>
    (await worker.call(`/v1/purchases?${new URLSearchParams({ limit: '60', ...more })}`)).json;
  for await (const page of pagesOf(sixty)) pages.push(page);
  listed = pages.flatMap(({ purchases }) => purchases);
}, MINUTES);

afterAll(async () => {
  await worker?.close();
});

/** Uin of the human that an answer names; undefined where it names none. */
function humanOf({ operator, person }: Pick<Purchaser, 'operator' | 'person'>): string | undefined {
  if (person?.status === 'exact') return person.id;
  return operator?.type === 'user' || operator?.type === 'root' ? operator.id : undefined;
}

function truthOf({ event }: PurchaseEntry): Truth | undefined {
  return byRequest.get(event.requestId);
}

async function history(id: string): Promise<EventSummary[]> {
  const events: EventSummary[] = [];
  const query = { q: `resource:"${id}"`, limit: '1000' };
  const page = async (more: { cursor?: string }) =>
    (await worker.call(`/v1/events?${new URLSearchParams({ ...query, ...more })}`)).json;
  for await (const { events: found } of pagesOf(page)) events.push(...found);
  return events;
}

const ALL = { accounts: '*', operators: '*' } as const;

function ask(id: string, events: EventSummary[], scope: Scope = ALL): Promise<Purchaser> {
  return purchaserOf(openStore(worker.db), scope, { account: company.account, id, history: events });
}

/** What an answer is worth: whether it names a human, and the right one. */
function verdictOf(
  answer: Pick<Purchaser, 'status' | 'reason' | 'operator' | 'person'>,
  truth: Truth,
): string {
  const human = humanOf(answer);
  const named = human === undefined ? 'nobody' : human === truth.person ? 'right' : 'wrong';
  return `${answer.status} ${named}`;
}

function shareOf<T>(items: readonly T[], fits: (item: T) => boolean): number {
  expect(items.length).toBeGreaterThan(0);
  return items.filter(fits).length / items.length;
}

test('every purchase that a record shows is listed once, newest first, and nothing but events about money', () => {
  const ids = listed.map(({ event }) => event.requestId);
  expect(new Set(ids).size).toBe(ids.length);
  const times = listed.map(({ event }) => event.time);
  expect(times).toEqual(times.toSorted().toReversed());
  const found = new Set(ids);
  for (const [id, { requestIds }] of byRequest) {
    // Of a purchase that was tried twice, the first try may have failed.
    expect(found.has(id) || requestIds.some((other) => other !== id && found.has(other))).toBe(true);
  }
  const spent = listed.filter(({ kind }) => kind !== 'renew-flag');
  expect(spent.filter((entry) => truthOf(entry) === undefined)).toEqual([]);
});

test('kind, number, length and way of paying are those of the ledger, where the record has parameters', () => {
  const plain = listed.filter((entry) => truthOf(entry) && truthOf(entry)?.hidden === undefined);
  expect(plain.length).toBeGreaterThan(50);
  for (const entry of plain) {
    const truth = truthOf(entry);
    // Terminating something that was paid ahead looks like terminating anything else.
    const kinds =
      truth?.kind === 'refund' ? ['refund', 'release'] : [truth?.kind.replace('chargeT', 'charge-t')];
    expect(kinds).toContain(entry.kind);
    expect(new Set(entry.resources.map(({ id }) => id))).toEqual(new Set(truth?.resourceIds));
    expect(entry.count ?? 1).toBe(truth?.count);
    // Addresses have words of their own: TRAFFIC_POSTPAID_BY_HOUR.
    expect((entry.chargeType ?? truth?.chargeType)?.endsWith(truth?.chargeType ?? '')).toBe(true);
    expect(entry.period).toEqual(
      truth?.periodMonths === undefined ? undefined : { length: truth.periodMonths, unit: 'month' },
    );
  }
});

test('no purchase is said to be exactly somebody’s that is somebody else’s', () => {
  const told = listed.flatMap((entry) => {
    const truth = truthOf(entry);
    return truth ? [{ truth, verdict: verdictOf({ ...entry, ...entry.buyer }, truth) }] : [];
  });
  expect(told.filter(({ verdict }) => verdict === 'exact wrong' || verdict === 'exact nobody')).toEqual([]);
  const knowable = told.filter(({ truth }) => truth.hidden === undefined);
  expect(shareOf(knowable, ({ verdict }) => verdict === 'exact right')).toBeGreaterThanOrEqual(0.9);
  const guessed = told.filter(
    ({ verdict }) => verdict.startsWith('approximate') && !verdict.endsWith('nobody'),
  );
  expect(shareOf(guessed, ({ verdict }) => verdict.endsWith('right'))).toBeGreaterThanOrEqual(0.9);
});

test('an order in the console and what came of it name each other', () => {
  const sold = listed.filter((entry) => truthOf(entry)?.hidden === 'console-order');
  const orders = sold.filter(({ event }) => event.product === 'finance');
  const deliveries = sold.filter(({ event }) => event.product !== 'finance');
  expect(orders.length).toBeGreaterThan(0);
  expect(deliveries.length).toBe(orders.length);
  for (const entry of orders) {
    expect(entry).toMatchObject({ status: 'exact', delivery: { status: 'approximate' } });
    expect(new Set(entry.resources.map(({ id }) => id))).toEqual(new Set(truthOf(entry)?.resourceIds));
  }
  for (const entry of deliveries) {
    const order = orders.find(({ event }) => event.id === entry.order);
    expect(entry).toMatchObject({ status: 'approximate', reason: 'order' });
    expect(order?.delivery?.reason).toBe('order');
    expect(order?.delivery?.event).toBe(entry.event.id);
  }
});

/** Whether those are the things that the purchase truly was about. */
function isRight(entry: PurchaseEntry, resources: PurchaseEntry['resources']): boolean {
  const ids = resources.map(({ id }) => id).toSorted();
  return JSON.stringify(ids) === JSON.stringify(truthOf(entry)?.resourceIds.toSorted());
}

test('a call without parameters is shown with what it bought, which is never said to be certain', () => {
  const calls = listed.filter((entry) => truthOf(entry)?.hidden === 'delegated');
  for (const entry of calls) {
    expect(entry).toMatchObject({ status: 'exact', buyer: { operator: { id: truthOf(entry)?.person } } });
    expect(entry.delivery?.status ?? 'approximate').toBe('approximate');
  }
  const told = calls.filter(({ resources }) => resources.length > 0);
  for (const { delivery } of told) expect(delivery?.reason).toBe('parameterless');
  expect(shareOf(calls, (entry) => isRight(entry, entry.resources))).toBeGreaterThan(0.7);
  expect(shareOf(told, (entry) => isRight(entry, entry.resources))).toBeGreaterThan(0.8);
  for (const entry of calls) {
    const { candidates } = entry.delivery ?? {};
    if (candidates === undefined) continue;
    expect(entry.resources).toEqual([]);
    expect(candidates.some(({ resources }) => isRight(entry, resources))).toBe(true);
  }
});

test('a create that was called again with the same token names the one that it repeats', () => {
  const tries = [...Map.groupBy(listed, truthOf)].filter(
    ([truth, entries]) => truth !== undefined && truth.hidden === undefined && entries.length > 1,
  );
  expect(tries.length).toBeGreaterThan(0);
  for (const [, [second, first]] of tries) {
    expect(second?.repeats).toBe(first?.event.id);
    expect(first?.repeats).toBeUndefined();
  }
  const told = listed.filter(({ repeats }) => repeats !== undefined);
  expect(told.length).toBe(tries.length);
});

test('of orders between which nothing tells, each is named as one of several', () => {
  const tied = listed.filter(
    (entry) => truthOf(entry)?.hidden === 'tie' && entry.event.operator.type === 'service',
  );
  expect(tied.length).toBeGreaterThan(0);
  for (const entry of tied) {
    expect(entry).toMatchObject({ status: 'approximate', reason: 'tie' });
    expect(entry.candidates?.map(({ operator }) => operator.id)).toContain(truthOf(entry)?.person);
  }
  const orders = listed.filter(
    (entry) => truthOf(entry)?.hidden === 'tie' && entry.event.product === 'finance',
  );
  expect(orders.length).toBe(tied.length);
  for (const entry of orders) {
    expect(entry).toMatchObject({ delivery: { status: 'approximate', reason: 'tie' }, resources: [] });
    const ids = entry.delivery?.candidates?.flatMap(({ resources }) => resources.map(({ id }) => id));
    expect(ids).toEqual(expect.arrayContaining([...(truthOf(entry)?.resourceIds ?? [])]));
  }
});

test(
  'the purchaser of every resource is exact and right where the records show it, and never wrong and exact',
  async () => {
    const told: { truth: Truth; purchaser: Purchaser; verdict: string }[] = [];
    for (const [id, truth] of byResource) {
      const events = await history(id);
      if (events.length === 0) continue;
      const purchaser = await ask(id, events);
      told.push({ truth, purchaser, verdict: verdictOf(purchaser, truth) });
    }
    expect(told.filter(({ verdict }) => verdict === 'exact wrong' || verdict === 'exact nobody')).toEqual([]);

    const of = (hidden: Truth['hidden']): typeof told => told.filter(({ truth }) => truth.hidden === hidden);
    expect(shareOf(of(undefined), ({ verdict }) => verdict === 'exact right')).toBeGreaterThanOrEqual(0.9);
    expect(shareOf(of('console-order'), ({ verdict }) => verdict === 'approximate right')).toBeGreaterThan(
      0.8,
    );
    expect(shareOf(of('delegated'), ({ verdict }) => verdict === 'approximate right')).toBeGreaterThan(0.8);
    for (const hidden of ['console-order', 'delegated', 'tie', 'before-range'] as const) {
      expect(shareOf(of(hidden), ({ purchaser }) => purchaser.status !== 'exact')).toBe(1);
    }
    for (const { truth, purchaser } of of('tie')) {
      expect(purchaser.reason).toBe('tie');
      expect(purchaser.candidates?.map(({ operator }) => operator.id)).toContain(truth.person);
    }
    // Of a role the human is known where the vendor recorded who took it on, and the role in any case.
    expect(of('role').length).toBeGreaterThan(0);
    for (const { purchaser } of of('role')) {
      expect(purchaser.operator?.type).toBe('role');
      expect(purchaser.reason).toBe(purchaser.status === 'exact' ? undefined : 'role');
    }
    const older = of('before-range').filter(({ purchaser }) => purchaser.status === 'unavailable');
    expect(older.length / of('before-range').length).toBeGreaterThan(0.95);
    for (const { purchaser } of older) {
      expect(purchaser.reason).toBe('before-records');
      expect(Date.parse(purchaser.since ?? '') / 1000).toBeGreaterThanOrEqual(END - DAYS * 86_400);
    }
  },
  MINUTES,
);

test('who may not see everything is not told that nobody bought something', async () => {
  const [id = ''] = [...byResource].find(([, { hidden }]) => hidden === 'before-range') ?? [];
  const scope = { accounts: '*', operators: [{ account: company.account, id: company.lead.uin }] } as const;
  expect(await ask(id, await history(id), scope)).toEqual({ status: 'unavailable', reason: 'scope' });
});

test('of two records that make the same thing neither is exact', async () => {
  const [id = ''] = [...byResource].find(([, truth]) => truth.hidden === undefined) ?? [];
  const events = await history(id);
  const create = events.find(({ purchase }) => purchase?.kind === 'create');
  if (create === undefined) throw new Error('nothing was made');
  const planted = { ...create, id: 'planted', operator: { ...create.operator, id: '100000000666' } };
  const purchaser = await ask(id, [...events, planted]);
  expect(purchaser).toMatchObject({ status: 'approximate', reason: 'conflict' });
  expect(purchaser.candidates).toHaveLength(2);
});

test('what a service makes because somebody called for it is theirs who called', async () => {
  const [id = ''] = [...byResource].find(([, truth]) => truth.hidden === undefined) ?? [];
  const events = await history(id);
  const create = events.find(({ purchase }) => purchase?.kind === 'create');
  if (create === undefined) throw new Error('nothing was made');
  const { person: _person, ...byService } = create;
  const operator = { type: 'service', id: '4611686018428500099', name: 'TKE_QCSRole' } as const;
  const purchaser = await ask(id, [...events, { ...byService, id: 'service', operator }]);
  expect(purchaser).toMatchObject({ status: 'exact', event: create.id });
});

/** The entries of each kind. */
function kindsOf(entries: readonly PurchaseEntry[]): object {
  return Object.fromEntries(
    [...Map.groupBy(entries, ({ kind }) => kind)].map(([kind, of]) => [kind, of.length]),
  );
}

function isByService({ event: { operator, person } }: PurchaseEntry): boolean {
  return operator.type === 'service' && person?.status !== 'exact';
}

/** The same, of services apart. */
function countsOf(entries: readonly PurchaseEntry[]): object {
  const services = entries.filter(isByService);
  return {
    kinds: kindsOf(entries.filter((entry) => !isByService(entry))),
    ...(services.length > 0 && { services: kindsOf(services) }),
  };
}

test('totals come with the first page only, and are those of the whole list', () => {
  expect(pages.length).toBeGreaterThan(1);
  const [by, ...others] = pages.map((page) => page.by);
  expect(others.every((other) => other === undefined)).toBe(true);
  expect(by?.partial).toBeUndefined();
  expect(by?.tz).toBe('Asia/Shanghai');
  const months = Map.groupBy(listed, ({ event }) =>
    new Date(Date.parse(event.time) + 8 * 3_600_000).toISOString().slice(0, 7),
  );
  expect(by?.month).toEqual([...months].map(([month, of]) => ({ month, ...countsOf(of) })));
  for (const [product, of] of Map.groupBy(listed, ({ event }) => event.product)) {
    expect(by?.product).toContainEqual({ product, ...countsOf(of) });
  }
  for (const [id, of] of Map.groupBy(listed, ({ event: { operator, person } }) =>
    humanOf({ operator, ...(person && { person }) }),
  )) {
    if (id === undefined) continue;
    expect(by?.person.find((one) => one.id === id)).toMatchObject({ type: 'person', kinds: kindsOf(of) });
  }
});

test('a name that was only claimed stands under its role, never as a person', () => {
  const roles = pages[0]?.by?.person.filter(({ type }) => type === 'role') ?? [];
  expect(roles.flatMap(({ claims = [] }) => claims).length).toBeGreaterThan(0);
  const known = new Set([...company.people.map(({ uin }) => uin), company.account]);
  const people = pages[0]?.by?.person.filter(({ type }) => type === 'person') ?? [];
  expect(people.length).toBeGreaterThan(0);
  expect(people.filter(({ id }) => !known.has(id))).toEqual([]);
});

test('a query narrows the list and its totals alike', async () => {
  const { json } = await worker.call('/v1/purchases?limit=1000&q=product:cbs');
  const wanted = listed.filter(({ event }) => event.product === 'cbs').map(({ event }) => event.id);
  expect(json.purchases.map(({ event }: PurchaseEntry) => event.id)).toEqual(wanted);
  expect(json.by.product.map(({ product }: { product: string }) => product)).toEqual(['cbs']);
  expect(json.searched.q).toBe('product:cbs');
});

test('a delivery is told from its order also where the query leaves the order out', async () => {
  const q = encodeURIComponent('-product:finance');
  const { json } = await worker.call(`/v1/purchases?limit=1000&q=${q}`);
  const wanted = listed.filter(({ order }) => order !== undefined);
  const found = json.purchases.filter(({ order }: PurchaseEntry) => order !== undefined);
  expect(found.map(({ order }: PurchaseEntry) => order)).toEqual(wanted.map(({ order }) => order));
});

test('a cursor goes on with this list only', async () => {
  const { json } = await worker.call('/v1/events?limit=1');
  const reply = await worker.call(`/v1/purchases?cursor=${json.next}`);
  expect(reply.status).toBe(400);
});

test('a page without orders costs one round trip after the caller’s own, and one for its totals', async () => {
  const q = encodeURIComponent('event:RenewInstances,RenewDisk');
  const reply = await worker.call(`/v1/purchases?q=${q}`);
  expect(reply.json.purchases.length).toBeGreaterThan(0);
  expect(Number(/trips=(\d+)/.exec(reply.headers.get('server-timing') ?? '')?.[1])).toBeLessThanOrEqual(3);
});
