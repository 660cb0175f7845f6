/** Four of the answers against what truly happened in the demo company; purchases and changes have tests of their own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventSummary } from '../../shared/event/event.ts';
import { company, simulateCompany } from '../support/company/company.ts';
import { OFFICES } from '../support/company/people.ts';
import type { Truth } from '../support/company/truth.ts';
import { size } from '../support/size.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const DAYS = 60;
const END = Math.floor(Date.now() / 3_600_000) * 3_600;
const RECORDS = size(8_000, 100_000);
const BATCH = 4_000;
const TIMEOUT = size(3, 60) * 60_000;

let worker: TestWorker;
const truths: Truth[] = [];
const events = new Map<string, EventSummary>();

async function all<T>(path: string, name: string): Promise<T[]> {
  const found: T[] = [];
  const [route, q] = path.split('?');
  const ask = async (more: { cursor?: string }) =>
    (await worker.call(`${route}?${q ?? ''}&${new URLSearchParams({ limit: '1000', ...more })}`)).json;
  for await (const page of pagesOf(ask)) found.push(...page[name]);
  return found;
}

beforeAll(async () => {
  worker = await startWorker();
  for (const [i, { name, cidrs }] of OFFICES.entries()) {
    await worker.call('/v1/networks', { method: 'POST', json: { id: `office-${i}`, name, cidrs } });
  }
  let batch: object[] = [];
  const send = async (): Promise<void> => {
    const reply = await worker.send(batch, { source: 'demo' });
    if (reply.json?.refused?.length !== 0) throw new Error(reply.text.slice(0, 500));
    batch = [];
    await worker.tick(new Date());
  };
  for (const happening of simulateCompany({ seed: 5, records: RECORDS, end: END, days: DAYS })) {
    if ('truth' in happening) truths.push(happening.truth);
    else batch.push(happening.record);
    if (batch.length === BATCH) await send();
  }
  if (batch.length > 0) await send();
  for (const event of await all<EventSummary>('/v1/events', 'events')) events.set(event.requestId, event);
}, TIMEOUT);

afterAll(async () => {
  await worker?.close();
});

function truthsOf<Of extends Truth['of']>(of: Of): Extract<Truth, { of: Of }>[] {
  return truths.filter((truth): truth is Extract<Truth, { of: Of }> => truth.of === of);
}

interface Problem {
  product: string;
  event: string;
  error: { layer: string };
  denial?: { about: string; missing: { action: string; guessed?: true }[] };
}

test(
  'every failure is among the problems, with the layer and the permission that was missing, and no other permission',
  async () => {
    const problems = await all<Problem>('/v1/problems', 'problems');
    const missingIn = ({ denial }: Problem): string[] => (denial?.missing ?? []).map(({ action }) => action);
    const told = new Set(
      problems.flatMap((problem) =>
        ['', ...missingIn(problem)].map((permission) =>
          [problem.product, problem.event, problem.error.layer, permission].join(' '),
        ),
      ),
    );
    // A sign-in that fails is authentication saying no; the ledger counts it with what services refuse.
    const failures = truthsOf('failure').filter(
      ({ requestIds, event }) => requestIds.length > 0 && event !== 'ConsoleLogin',
    );
    const untold = failures.filter(
      ({ product, event, layer, permission = '' }) =>
        !told.has([product, event, layer, permission].join(' ')),
    );
    expect(failures.length).toBeGreaterThan(50);
    expect(untold).toEqual([]);
    const permissions = new Set(failures.flatMap(({ permission }) => permission ?? []));
    expect([...new Set(problems.flatMap(missingIn))].filter((action) => !permissions.has(action))).toEqual(
      [],
    );
  },
  TIMEOUT,
);

test('every operation that is truly sensitive is found as sensitive', async () => {
  const found = await all<EventSummary>('/v1/events?q=is:sensitive', 'events');
  const flagged = new Set(found.map(({ requestId }) => requestId));
  const sensitive = truthsOf('sensitive').flatMap(({ requestIds }) => requestIds);
  expect(sensitive.length).toBeGreaterThan(20);
  expect(sensitive.filter((id) => !flagged.has(id))).toEqual([]);
});

test('where people worked from is told as it was: inside, outside, or a service on its own', async () => {
  const wrong = truthsOf('access').flatMap(({ requestIds, where }) => {
    const network = where === 'outside' || where === 'service' ? where : 'inside';
    return requestIds.flatMap((id) => {
      const event = events.get(id);
      // A private or missing address tells nothing, and is told as that.
      return event && event.network !== network && event.network !== 'unknown'
        ? [[id, where, event.network]]
        : [];
    });
  });
  expect(wrong).toEqual([]);
  const access = await all<{ count: number; inside: { network: string | null }[] }>('/v1/access', 'access');
  expect(access.reduce((sum, { count }) => sum + count, 0)).toBe(events.size);
  const named = new Set(access.flatMap(({ inside }) => inside.map(({ network }) => network)));
  expect(named).toEqual(new Set(OFFICES.map(({ name }) => name)));
});

test('who changed a resource is among those who touched it', async () => {
  const changes = truthsOf('change').filter(
    ({ requestIds: [id], person }) => person !== undefined && events.get(id ?? '')?.operator.type === 'user',
  );
  const some = changes.filter((_, i) => i % Math.ceil(changes.length / 40) === 0);
  expect(some.length).toBeGreaterThan(20);
  for (const { resource, person } of some) {
    const q = new URLSearchParams({ q: `resource:"${resource}" operator:${person}` });
    const found = await all<{ id: string; by: { id: string }[] }>(`/v1/resources?${q}`, 'resources');
    const touched = found.find(({ id }) => id === resource);
    expect(
      touched?.by.map(({ id }) => id),
      resource,
    ).toContain(person);
  }
});

test('the company is the one account', () => {
  expect(new Set([...events.values()].map(({ account }) => account))).toEqual(new Set([company.account]));
});
