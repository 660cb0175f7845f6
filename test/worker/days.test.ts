import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BLANK_FIELDS } from '../../shared/columns/row.ts';
import { DEMO_ACCOUNT } from '../../shared/event/demo.ts';
import type { JsonObject } from '../../shared/event/json.ts';
import { fold, foldStep } from '../../worker/ingest/fold.ts';
import { bindParts } from '../../worker/store/day-columns.ts';
import { buildAnew, isFolded, readState, stateOf, writeFolded } from '../../worker/store/fold.ts';
import { openStore } from '../../worker/store/meter.ts';
import { changedOf, readChanged, readWalked, walkedOf } from '../../worker/store/unfolded.ts';
import { arbitraryRecords } from '../support/arbitraries.ts';
import { arbitraryQuery } from '../support/arbitrary-queries.ts';
import { expectAgreement, keepLongDays, keptDays, noise, scanned } from '../support/counted.ts';
import { by, record, records, secondsAgo } from '../support/record.ts';
import { size } from '../support/size.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const DAY = 86_400;

/** At full size it does many times as much. */
const LONG = { timeout: size(120_000, 1_200_000) };

let worker: TestWorker;

beforeEach(async () => {
  worker = await startWorker();
});

afterEach(async () => {
  await worker?.close();
});

test(
  'columns say what lists say, after any sequence of arrivals, changes, removals and ticks',
  LONG,
  async () => {
    const seed = 7;
    const draws = fc.sample(arbitraryRecords({ minLength: 30, maxLength: 40 }), {
      numRuns: size(4, 30),
      seed,
    });
    const queries = fc.sample(arbitraryQuery(), { numRuns: draws.length * 8, seed });
    for (const account of ['100000000001', '100000000002']) {
      await worker.call(`/v1/accounts/${account}`, { method: 'PATCH', json: { retention: 200 } });
    }
    const sent: Record<string, unknown>[][] = [];
    for (const [draw, drawn] of draws.entries()) {
      const fresh = drawn.map((each, i) => ({
        ...each,
        eventTime: secondsAgo(((i * 7 + draw * 3) % 100) * DAY + (i % 5)),
        requestID: `${each['requestID']}-${draw}`,
      }));
      sent.push(fresh);
      await worker.send(fresh, { source: draw % 2 === 0 ? 'push' : 'api' });
      // Some come again with something else in them.
      const again = (sent[Math.floor(draw / 2)] ?? []).filter((_, i) => i % 3 === 0);
      const other = again.map((each) => ({ ...each, sourceIPAddress: `192.0.2.${draw}` }));
      await worker.send(other, { source: 'api' });
      await expectAgreement(worker);
      if (draw % 3 === 1) {
        const json = { retention: 95 - draw * 5 };
        await worker.call('/v1/accounts/100000000001', { method: 'PATCH', json });
      }
      await worker.tick(new Date());
      await expectAgreement(worker);
      for (const q of queries.slice(draw * 8, (draw + 1) * 8)) await expectAgreement(worker, q);
      await expectAgreement(worker, 'from:60d to:20d -action:read');
    }
    expect((await keptDays(worker)).length).toBeGreaterThan(50);
  },
);

test('ticks that overlap fold everything once', async () => {
  for (let i = 0; i < 6; i += 1) {
    await worker.send(
      records(80, (n) => ({ requestID: `${i}-${n}`, eventTime: secondsAgo(((n + i) % 9) * DAY) })),
      { source: i % 2 === 0 ? 'push' : 'api' },
    );
    await Promise.all([1, 2, 3].map(() => fold(openStore(worker.db))));
  }
  expect((await keptDays(worker)).reduce((sum, { rows }) => sum + rows, 0)).toBe(480);
  await expectAgreement(worker);
});

test('a step that was overtaken changes nothing', async () => {
  await worker.send(records(5));
  const [before] = await worker.db.batch<{ version: number }>([
    worker.db.prepare(`SELECT version FROM fold`),
  ]);
  const version = before?.results[0]?.version ?? -1;
  await worker.tick(new Date());
  const kept = await keptDays(worker);
  const [{ account, day, part } = { account: '', day: 0, part: 0 }] = kept;
  const row = { second: day * DAY + 5, key: '0', fields: BLANK_FIELDS };
  const written = await writeFolded(openStore(worker.db), version, {
    parts: [...bindParts(account, day, part, [row])],
    operators: [{ account, id: '9', name: 'late', named: 2, type: 'user', first: 1, last: 2 }],
    reached: { seq: 1, place: 0 },
  });
  expect(written).toBe(false);
  expect(await keptDays(worker)).toEqual(kept);
  expect(await worker.db.prepare(`SELECT count(*) AS n FROM operator WHERE id = '9'`).first('n')).toBe(0);
  await expectAgreement(worker);
});

test('removing days while a step is under way makes the step do nothing', async () => {
  const demo = records(20, () => by('100000000011', DEMO_ACCOUNT));
  await worker.send(demo, { source: 'demo' });
  // The account goes between what a step reads and what it writes, its fourth round trip.
  let trips = 0;
  const overtaken: Pick<D1Database, 'prepare' | 'batch'> = {
    prepare: (sql) => worker.db.prepare(sql),
    batch: async (statements) => {
      trips += 1;
      if (trips === 4) await worker.call(`/v1/accounts/${DEMO_ACCOUNT}`, { method: 'DELETE' });
      return await worker.db.batch(statements);
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a store needs no more of a database
  expect(await foldStep(openStore(overtaken as D1Database))).toBeUndefined();
  expect(trips).toBe(4);
  expect(await keptDays(worker)).toEqual([]);
  await worker.tick(new Date());
  expect(await keptDays(worker)).toEqual([]);
});

test('days are built anew where the log no longer holds what they lack, newest first', async () => {
  for (let i = 0; i < 3; i += 1) {
    await worker.send(
      records(400, (n) => ({ requestID: `${i}-${n}`, eventTime: secondsAgo(n * 3_600 + i) })),
    );
  }
  // A database whose events are older than its days.
  await worker.db.prepare(`DELETE FROM change WHERE first < (SELECT max(first) FROM change)`).run();
  expect((await scanned(worker)).partial?.reason).toMatch(/anew/);
  await worker.tick(new Date());
  await expectAgreement(worker);
  await worker.send(records(10, (n) => ({ requestID: `new-${n}` })));
  await expectAgreement(worker);
});

test.each([
  { how: 'by the log', anew: false },
  { how: 'by row id, newest first', anew: true },
])('events to be folded come once each $how, in portions that end anywhere', async ({ anew }) => {
  for (let i = 0; i < 3; i += 1) await worker.send(records(50, (n) => ({ requestID: `${i}-${n}` })));
  const store = openStore(worker.db);
  if (anew) await buildAnew(store, 0);
  const seen: number[] = [];
  for (let portions = 0; portions < 30; portions += 1) {
    const [found] = await store.db.batch([stateOf(store)]);
    const state = readState(found);
    if (isFolded(state)) break;
    const { events, reached } = anew
      ? readWalked((await store.db.batch([walkedOf(store, 7)]))[0], state.progress, 7)
      : readChanged(await store.db.batch(changedOf(store, 7)), state.progress, 7);
    expect(events.length).toBeLessThanOrEqual(7);
    seen.push(...events.map(({ rowId }) => rowId));
    await writeFolded(store, state.version, { parts: [], operators: [], reached });
  }
  expect(seen).toHaveLength(150);
  expect(new Set(seen).size).toBe(150);
  const newestFirst = seen.toSorted((one, other) => other - one);
  expect(anew ? seen : newestFirst).toEqual(newestFirst);
});

/** An event whose columns are as long as can be, two days ago; each has a second of its own. */
function wide(i: number, changes: JsonObject = {}): JsonObject {
  const names = Array.from({ length: 200 }, (_, n) => `instance/ins-${noise(i * 200 + n)}`);
  const eventTime = secondsAgo(2 * DAY + i * 7);
  return record({ requestID: `wide-${i}`, eventTime, resourceName: names.join('|'), ...changes });
}

test('a day that is too long for one row is several, and changes find theirs', async () => {
  for (let i = 0; i < 60; i += 20) {
    await worker.send(Array.from({ length: 20 }, (_, n) => wide(((i + n) * 37) % 60)));
    await worker.tick(new Date());
  }
  const kept = await keptDays(worker);
  expect(kept.length).toBeGreaterThan(5);
  expect(kept.reduce((sum, { rows }) => sum + rows, 0)).toBe(60);
  await expectAgreement(worker);
  const other = { sourceIPAddress: '192.0.2.9' };
  await worker.send([wide(3, other), wide(31, other), wide(57, other)], { source: 'api' });
  await expectAgreement(worker);
  await worker.tick(new Date());
  await expectAgreement(worker);
  expect(await keptDays(worker)).toEqual(kept);
});

test('changes in more days than one step holds are folded by the next ones', async () => {
  await keepLongDays(worker, A, 20);
  const start = Math.floor(Date.now() / 1000 / DAY) * DAY;
  const at = (i: number) => start - ((i % 20) + 1) * DAY + (i < 20 ? 0 : 700);
  await worker.send(records(40, (i) => ({ eventTime: at(i) })));
  const steps = [];
  for (let step = await foldStep(openStore(worker.db)); step !== undefined;) {
    steps.push(step);
    const { parts, partial } = await scanned(worker, { q: 'product:cvm' });
    expect(partial).toBeUndefined();
    expect(parts.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(40);
    step = await foldStep(openStore(worker.db));
  }
  expect(steps.length).toBeGreaterThan(1);
  expect((await keptDays(worker)).reduce((sum, { rows }) => sum + rows, 0)).toBe(240);
});

test('days go with their account, and with what is past its retention', async () => {
  const spread = (account: string) => (i: number) => ({
    ...by('100000000011', account),
    requestID: `${account}-${i}`,
    eventTime: secondsAgo(i * DAY + 60),
  });
  await worker.send(records(60, spread(A)));
  await worker.send(records(60, spread(DEMO_ACCOUNT)), { source: 'demo' });
  await worker.tick(new Date());
  await worker.call(`/v1/accounts/${A}`, { method: 'PATCH', json: { retention: 30 } });
  await worker.tick(new Date());
  const days = (await keptDays(worker)).filter(({ account }) => account === A).map(({ day }) => day);
  expect(Math.min(...days)).toBe(Math.floor(Date.now() / 1000 / DAY) - 30);
  await expectAgreement(worker);
  await worker.call(`/v1/accounts/${DEMO_ACCOUNT}`, { method: 'DELETE' });
  await worker.tick(new Date());
  expect((await keptDays(worker)).filter(({ account }) => account === DEMO_ACCOUNT)).toEqual([]);
  await expectAgreement(worker);
});
