import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SENSITIVE } from '../../shared/catalogue/sensitive.ts';
import { arbitraryRecords } from '../support/arbitraries.ts';
import { by, record, records, secondsAgo } from '../support/record.ts';
import { expectAllClassified, settle } from '../support/reflag.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeEach(async () => {
  worker = await startWorker();
});
afterEach(async () => {
  await worker?.close();
});

const MINE = {
  id: 'mine',
  name: { en: 'Instances made', zh: '创建实例' },
  query: 'product:cvm event:RunInstances',
};

function add(json: unknown): Promise<Reply> {
  return worker.call('/v1/rules', { method: 'POST', json });
}

function change(id: string, json: unknown): Promise<Reply> {
  return worker.call(`/v1/rules/${id}`, { method: 'PATCH', json });
}

function remove(id: string): Promise<Reply> {
  return worker.call(`/v1/rules/${id}`, { method: 'DELETE' });
}

function preview(json: unknown): Promise<Reply> {
  return worker.call('/v1/rules/preview', { method: 'POST', json });
}

async function reasons(): Promise<unknown> {
  const { json } = await worker.call('/v1/events?limit=1');
  return json.events[0].sensitive;
}

async function progress(): Promise<Record<string, unknown>> {
  return (await worker.call('/v1/rules')).json.progress;
}

async function changes(): Promise<number> {
  const [row] = (await worker.db.prepare(`SELECT max(last) AS n FROM change`).all()).results;
  return Number(row?.['n']);
}

test('a rule marks what arrives at once, and what was there by and by', async () => {
  await settle(worker);
  await worker.send([record({ requestID: 'before' })]);
  expect(await reasons()).toBeUndefined();
  const added = await add(MINE);
  expect(added).toMatchObject({
    status: 201,
    json: { ...MINE, severity: 'medium', on: true, shipped: false },
  });
  await worker.send([record({ requestID: 'after' })]);
  const found = async (): Promise<unknown> =>
    (await worker.call('/v1/events?q=is:sensitive')).json.events.map(
      (event: { requestId: string; sensitive: string[] }) => [event.requestId, event.sensitive],
    );
  expect(await found()).toEqual([['after', ['mine']]]);
  expect(await progress()).toMatchObject({ state: 'running' });
  await settle(worker);
  expect(await found()).toEqual([
    ['after', ['mine']],
    ['before', ['mine']],
  ]);
  expect(await progress()).toMatchObject({ state: 'done', done: 2, of: 2, through: null });
  await change('mine', { on: false });
  await settle(worker);
  expect(await found()).toEqual([]);
  await change('mine', { on: true });
  await remove('mine');
  await settle(worker);
  expect(await found()).toEqual([]);
});

test('an event names the version that last changed what it is; the progress says up to which all are checked', async () => {
  await worker.send([record()]);
  await settle(worker);
  const classified = async (): Promise<number> => (await worker.call('/v1/events')).json.events[0].classified;
  const before = await classified();
  await add({ ...MINE, query: 'event:Nothing' });
  await settle(worker);
  expect(await classified()).toBe(before);
  await change('mine', { query: MINE.query });
  await settle(worker);
  const { version } = await progress();
  expect(await classified()).toBe(version);
});

describe('shipped rules', () => {
  test('flag what they are about, can be switched off and graded, and not deleted or rewritten', async () => {
    await worker.send([record({ eventName: 'StopLogging', resourceType: 'cloudaudit' })]);
    expect(await reasons()).toEqual(['std.logging']);
    expect((await remove('std.logging')).status).toBe(409);
    expect((await change('std.logging', { query: 'event:Nothing' })).status).toBe(409);
    expect((await change('std.nothing', { on: false })).status).toBe(404);
    const { version } = await progress();
    expect((await change('std.logging', { severity: 'low' })).json).toMatchObject({
      severity: 'low',
      on: true,
    });
    expect((await progress())['version']).toBe(version);
    expect((await change('std.logging', { on: false })).json).toMatchObject({ severity: 'low', on: false });
    await settle(worker);
    expect(await reasons()).toBeUndefined();
    expect((await worker.call('/v1/rules/std.logging')).json).toMatchObject({ severity: 'low', on: false });
  });

  test('are all listed, with names in both languages, for every member', async () => {
    await worker.call('/v1/members', { method: 'POST', json: { id: 'mia', name: 'Mia' } });
    const { token } = (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } })).json;
    await worker.send([record()]);
    const { json } = await worker.call('/v1/rules', { token });
    expect(json.rules.map(({ id }: { id: string }) => id)).toEqual(SENSITIVE.map(({ id }) => id));
    expect(json.rules[0].name).toEqual({ en: expect.any(String), zh: expect.any(String) });
    // How many events there are is not for who sees only some.
    expect(Object.keys(json.progress).toSorted()).toEqual(['state', 'through', 'version']);
    expect((await worker.call('/v1/rules', { token, method: 'POST', json: MINE })).status).toBe(403);
  });

  test('of another catalogue have every event looked at anew, by themselves', async () => {
    await worker.send([record()]);
    await settle(worker);
    const { version } = await progress();
    await worker.db.prepare(`UPDATE classification SET catalogue = 'older'`).run();
    expect(await progress()).toMatchObject({ state: 'running', through: null });
    await settle(worker);
    expect(await progress()).toMatchObject({ state: 'done', version: Number(version) + 1 });
  });
});

const REFUSED: readonly [changes: object, status: number, told: object][] = [
  [{ query: 'product:cvm from:7d' }, 400, { at: 12, length: 7 }],
  [{ query: 'is:sensitive' }, 400, { at: 0, length: 12 }],
  [{ query: '' }, 400, { at: 0 }],
  [{ query: 'product:cvm outcome:fail' }, 400, { at: 20, suggestion: 'failed' }],
  [{ id: 'record' }, 422, { errors: [{ at: 'id' }] }],
  [{ id: 'std.mine' }, 422, { errors: [{ at: 'id' }] }],
  [{ severity: 'urgent' }, 422, { errors: [{ at: 'severity' }] }],
  [{ name: { zh: '创建实例' } }, 422, {}],
  [{ shipped: true }, 422, { errors: [{ at: 'shipped' }] }],
];

test('what is no rule is refused, and it says where', async () => {
  for (const [changed, status, told] of REFUSED) {
    expect(await add({ ...MINE, ...changed })).toMatchObject({ status, json: told });
  }
  expect((await worker.call('/v1/rules/mine')).status).toBe(404);
});

test('a name may be a text, and an id is made where none is given', async () => {
  const { json, headers } = await add({ name: ' Instances made ', query: MINE.query });
  expect(json).toMatchObject({ name: { en: 'Instances made' }, id: expect.any(String) });
  expect((await worker.call(headers.get('location') ?? '')).json).toEqual(json);
  expect((await add({ ...MINE, id: json.id })).status).toBe(409);
});

test('a rule whose query cannot be read any more stays, off, with the reason, until it is mended', async () => {
  await add(MINE);
  await worker.send([record()]);
  await worker.db.prepare(`UPDATE rule SET query = 'product:cvm former:key'`).run();
  const { json } = await worker.call('/v1/rules/mine');
  expect(json).toMatchObject({ on: false, problem: { at: 12, length: 6, message: expect.any(String) } });
  await settle(worker);
  expect(await reasons()).toBeUndefined();
  expect((await change('mine', { query: MINE.query })).json).toMatchObject({ on: true });
  await settle(worker);
  expect(await reasons()).toEqual(['mine']);
});

test('there are so many rules at most, however many are added at once', async () => {
  const added = await Promise.all(
    Array.from({ length: 210 }, (_, i) => add({ name: `n${i}`, query: `event:A${i}` })),
  );
  expect(added.filter(({ status }) => status === 201)).toHaveLength(200);
  expect(added.filter(({ status }) => status === 409)).toHaveLength(10);
});

test('all rules together ask so much at most, however much is added at once', async () => {
  const long = `event:${Array.from({ length: 99 }, (_, i) => `MadeUpLongNameOfAnAction${i}`).join(',')}`;
  const fit = Math.floor(65_536 / long.length);
  await add(MINE);
  const added = await Promise.all(
    Array.from({ length: fit + 2 }, (_, i) => add({ name: `long ${i}`, query: long })),
  );
  expect(added.filter(({ status }) => status === 201)).toHaveLength(fit);
  expect(added.filter(({ status }) => status === 409)).toHaveLength(2);
  expect((await change('mine', { query: long })).status).toBe(409);
  expect((await change('mine', { query: 'event:Other' })).status).toBe(200);
});

test('what two admins change at once is both changed', async () => {
  await add(MINE);
  await Promise.all([change('mine', { severity: 'high' }), change('mine', { query: 'event:Other' })]);
  expect((await worker.call('/v1/rules/mine')).json).toMatchObject({
    severity: 'high',
    query: 'event:Other',
  });
});

test('a step that is done again changes nothing; what is left of a walk is gone on with', async () => {
  await worker.send(records(700));
  await add(MINE);
  await settle(worker);
  const [before, { version }] = [await changes(), await progress()];
  // Killed after the last step was written and before the walk moved on.
  await worker.db
    .prepare(`UPDATE classification SET below = (SELECT id FROM event ORDER BY id LIMIT 1 OFFSET 350)`)
    .run();
  const half = await progress();
  expect(half).toMatchObject({ state: 'running', version, through: expect.any(String) });
  // The second of an event is not for who may not see it.
  await worker.call('/v1/members', { method: 'POST', json: { id: 'mia', name: 'Mia' } });
  const { token } = (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } })).json;
  const told = (await worker.call('/v1/rules', { token })).json.progress.through;
  expect(told).toMatch(/T00:00:00\.000Z$/);
  expect(Date.parse(told)).toBeGreaterThanOrEqual(Date.parse(String(half['through'])));
  await settle(worker);
  expect(await changes()).toBe(before);
  await expectFlagged(700);
});

async function expectFlagged(count: number): Promise<void> {
  const { json } = await worker.call('/v1/facets?by=rule&q=is:sensitive');
  expect(json.facets).toMatchObject([{ value: 'mine', count }]);
}

test('a walk longer than a tick goes on in the next, and followers are told of every event', async () => {
  await settle(worker);
  const { cursor } = (await worker.call('/v1/me')).json;
  for (let part = 0; part < 3; part += 1) {
    await worker.send(records(3600, (i) => ({ requestID: `${part}-${i}` })));
  }
  await add(MINE);
  await worker.tick(new Date());
  const half = await progress();
  expect(half).toMatchObject({ state: 'running', done: 10_000, of: 10_800 });
  expect(Date.parse(String(half['through']))).toBeGreaterThan(secondsAgo(3700) * 1000);
  await settle(worker);
  await expectFlagged(10_800);
  let [after, told, more] = [cursor, 0, true];
  while (more) {
    const { json } = await worker.call(`/v1/changes?limit=1000&after=${encodeURIComponent(after)}`);
    told += json.changes.filter((each: { sensitive?: string[] }) => each.sensitive?.includes('mine')).length;
    ({ next: after, more } = json);
  }
  expect(told).toBe(10_800);
}, 180_000);

test('a rule that goes while events are looked at leaves no reason behind', async () => {
  await worker.send(records(1500));
  await add(MINE);
  await Promise.all([worker.tick(new Date()), remove('mine'), worker.tick(new Date())]);
  await settle(worker);
  expect((await worker.call('/v1/events?q=is:sensitive')).json.events).toEqual([]);
});

test('what was still being stored when a rule came is looked at again', async () => {
  await settle(worker);
  // Oldest first: what comes later lies where the walk has been already.
  const sending = worker.send(records(6000).toReversed());
  for (let stored = 0; stored === 0;) stored = (await worker.call('/v1/status')).json.events;
  await add(MINE);
  // It may look at all there is before the rest arrives, as things were before the rule.
  await worker.tick(new Date());
  expect((await sending).json).toMatchObject({ accepted: 6000 });
  await settle(worker);
  await expectFlagged(6000);
});

test('an event is judged by what all its arrivals say together', async () => {
  await add(MINE);
  await worker.send([record({ resourceType: '' })], { source: 'push' });
  expect(await reasons()).toBeUndefined();
  await worker.send([record({ eventRegion: '' })], { source: 'files' });
  expect(await reasons()).toEqual(['mine']);
  await expectAllClassified(worker);
});

test('a long record, kept outside its row, is looked at too', async () => {
  const request = { InstanceCount: 3, UserData: 'x', Note: 'y'.repeat(40_000) };
  await worker.send([record({ requestParameters: JSON.stringify(request) })]);
  await add({ ...MINE, query: 'is:purchase' });
  await settle(worker);
  const { json } = await worker.call('/v1/events');
  expect(json.events[0]).toMatchObject({ sensitive: ['mine'], purchase: { kind: 'create', count: 3 } });
  await expectAllClassified(worker);
});

test('coverage is what it was: looking at events is no arrival', async () => {
  await worker.send([record()]);
  const before = (await worker.call('/v1/status')).json.sources;
  await add(MINE);
  await worker.tick(new Date(Date.now() + 3_600_000));
  expect((await worker.call('/v1/status')).json.sources).toEqual(before);
});

describe('a preview', () => {
  test('tells how much a rule would find, of whom, with the newest of it', async () => {
    await worker.send([
      ...records(12, (i) => (i < 9 ? by('100000000021') : by('100000000022'))),
      record({ requestID: 'other', eventName: 'StopInstances' }),
      record({ requestID: 'old', eventTime: secondsAgo(40 * 86_400) }),
    ]);
    const expected = {
      count: 12,
      distinct: 2,
      operators: [
        { account: '1250000001', operator: { type: 'user', id: '100000000021' }, count: 9 },
        { account: '1250000001', operator: { type: 'user', id: '100000000022' }, count: 3 },
      ],
      searched: { q: MINE.query, to: null },
    };
    for (const folded of [false, true]) {
      if (folded) await worker.tick(new Date());
      const { status, json } = await preview({ query: MINE.query });
      expect(status).toBe(200);
      expect(json).toMatchObject(expected);
      expect(json.examples).toHaveLength(10);
      const newest = (await worker.call(`/v1/events?limit=10&q=${encodeURIComponent(MINE.query)}`)).json
        .events;
      expect(json.examples).toEqual(newest);
    }
    const from = new Date(secondsAgo(50 * 86_400) * 1000).toISOString();
    expect((await preview({ query: MINE.query, from })).json.count).toBe(13);
  });

  test('stores nothing, and refuses what a rule may not ask', async () => {
    await preview({ query: MINE.query });
    expect((await worker.call('/v1/rules')).json.rules).toHaveLength(SENSITIVE.length);
    expect(await preview({ query: 'product:cvm from:7d' })).toMatchObject({ status: 400, json: { at: 12 } });
  });
});

const QUERIES = [
  'product:cvm',
  'event:Stop*',
  'is:change',
  'network:outside',
  'via:console action:write',
  '-is:root',
];
const CIDRS = ['203.0.113.0/24', '198.51.100.0/24', '8.8.8.0/24', '2001:db8::/32'];

test('whatever is changed and sent at once, in the end every event is what the rules and networks say', async () => {
  const id = fc.constantFrom('a', 'b');
  const query = fc.constantFrom(...QUERIES);
  const deed = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), id, query }),
    fc.record({ kind: fc.constant('change' as const), id, query, on: fc.boolean() }),
    fc.record({ kind: fc.constant('remove' as const), id }),
    fc.record({ kind: fc.constant('network' as const), id, cidr: fc.constantFrom(...CIDRS) }),
    fc.record({ kind: fc.constant('unnetwork' as const), id }),
    fc.record({
      kind: fc.constant('send' as const),
      records: arbitraryRecords({ minLength: 1, maxLength: 8 }),
    }),
    fc.record({ kind: fc.constant('tick' as const) }),
  );
  type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;
  const perform = async (one: Deed): Promise<unknown> => {
    switch (one.kind) {
      case 'add':
        return add({ id: one.id, name: one.id, query: one.query });
      case 'change':
        return change(one.id, { query: one.query, on: one.on });
      case 'remove':
        return remove(one.id);
      case 'network':
        return worker.call('/v1/networks', {
          method: 'POST',
          json: { id: one.id, name: 'n', cidrs: [one.cidr] },
        });
      case 'unnetwork':
        return worker.call(`/v1/networks/${one.id}`, { method: 'DELETE' });
      case 'send':
        return worker.send(one.records);
      case 'tick':
        return worker.tick(new Date());
    }
  };
  await worker.send([record()]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(deed, { maxLength: 5 }), { maxLength: 4 }), async (rounds) => {
      for (const round of rounds) await Promise.all(round.map(perform));
      await settle(worker);
      await expectAllClassified(worker);
    }),
    { numRuns: 12 },
  );
  expect(await progress()).toMatchObject({ state: 'done' });
}, 180_000);
