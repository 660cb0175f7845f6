import { afterEach, beforeEach, expect, test } from 'vitest';
import { scan } from '../../worker/query/scan.ts';
import { openStore } from '../../worker/store/meter.ts';
import { readPlaces } from '../../worker/store/places.ts';
import { SLOTS } from '../../worker/store/rowid.ts';
import type { Scope } from '../../worker/store/scope.ts';
import { EVERYTHING, expectAgreement, keepLongDays, linesOf, scanned } from '../support/counted.ts';
import { by, record, records, secondsAgo } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const B = '1250000002';
const DAY = 86_400;

let worker: TestWorker;

beforeEach(async () => {
  worker = await startWorker();
});

afterEach(async () => {
  await worker?.close();
});

test('more changes than one answer reads make it partial until a tick has folded them', async () => {
  const many = records(2_100, (i) => ({ eventTime: secondsAgo((i % 50) * 3_600) }));
  await worker.send(many);
  const { partial, parts } = await scanned(worker);
  expect(partial).toMatchObject({ before: 0 });
  expect(partial?.reason).toMatch(/not all counted/);
  expect(parts.reduce((sum, { rows }) => sum + rows.length, 0)).toBeGreaterThanOrEqual(2_000);
  expect(await scanned(worker, { before: 0 })).toMatchObject({ parts: [] });
  expect((await scanned(worker, { before: 0 })).partial).toBeUndefined();
  await worker.tick(new Date());
  await expectAgreement(worker);
});

test('an answer reads the newest days up to its bound and says where to go on', async () => {
  const kept = await keepLongDays(worker, A, 36);
  const seen: string[] = [];
  let found = await scanned(worker);
  expect(found.partial).toBeDefined();
  for (let asked = 1; asked < 10; asked += 1) {
    seen.push(...linesOf(found));
    if (found.partial === undefined) break;
    expect(Date.parse(found.partial.through)).toBe((found.partial.before / SLOTS) * 1000);
    found = await scanned(worker, { before: found.partial.before });
  }
  expect(seen.toSorted()).toEqual(kept.toSorted());
  // What needs no long column is read at once.
  const narrow = { query: { terms: [] }, scope: EVERYTHING, fields: ['call' as const] };
  expect((await scan(openStore(worker.db), narrow)).partial).toBeUndefined();
});

test('who sees some operators counts theirs and those of the person behind a role', async () => {
  const role = (person: string, status: 'exact' | 'claimed') => ({
    userIdentity: {
      type: 'AssumedRole',
      principalId: '4611686018400000021',
      accountId: A,
      userName: 'deploy',
      sessionContext: JSON.stringify({
        extraInfo: JSON.stringify(status === 'exact' ? { assumerUin: person } : { roleSessionName: person }),
      }),
    },
  });
  await worker.send([
    record({ requestID: 'own', ...by('100000000011') }),
    record({ requestID: 'theirs', ...by('100000000012') }),
    record({ requestID: 'elsewhere', ...by('100000000011', B) }),
    record({ requestID: 'behind', ...role('100000000011', 'exact') }),
    record({ requestID: 'claims', ...role('100000000011', 'claimed') }),
  ]);
  const own: Scope = { accounts: [A], operators: [{ account: A, id: '100000000011' }] };
  for (const when of ['before a tick', 'after it']) {
    const found = await scanned(worker, { scope: own });
    expect(linesOf(found), when).toHaveLength(2);
    expect(linesOf(found).join('\n'), when).not.toContain('100000000012');
    expect(linesOf(await scanned(worker, { scope: { accounts: [B], operators: '*' } })), when).toHaveLength(
      1,
    );
    expect(linesOf(await scanned(worker, { scope: { accounts: [], operators: '*' } })), when).toEqual([]);
    await worker.tick(new Date());
  }
  // The event changes hands: its older row does not count for whom it no longer belongs to.
  await worker.send([record({ requestID: 'own', ...by('100000000012') })], { source: 'api' });
  expect(linesOf(await scanned(worker, { scope: own }))).toHaveLength(1);
});

test('examples are given by place, within the scope', async () => {
  await worker.send([record(by('100000000011')), record({ requestID: 'other', ...by('100000000012') })]);
  const { results } = await worker.db.prepare(`SELECT id FROM event`).all<{ id: number }>();
  const places = [...results.map(({ id }) => id), 1];
  expect(await readPlaces(openStore(worker.db), EVERYTHING, places)).toHaveLength(2);
  const own: Scope = { accounts: '*', operators: [{ account: A, id: '100000000011' }] };
  const found = await readPlaces(openStore(worker.db), own, places);
  expect(found.map(({ summary }) => summary.operator.id)).toEqual(['100000000011']);
});

test('an answer costs its days, not its events, in one round trip', async () => {
  const costs = [];
  for (let round = 0; round < 3; round += 1) {
    await worker.send(
      records(1_800, (i) => ({ requestID: `${round}-${i}`, eventTime: secondsAgo((i % 90) * DAY) })),
    );
    await worker.tick(new Date());
    const found = await scanned(worker);
    expect(found.parts).toHaveLength(90);
    costs.push(found.cost);
  }
  const [first, , last] = costs;
  expect(last?.trips).toBe(1);
  expect(last?.rowsRead).toBe(first?.rowsRead);
  expect(last?.rowsRead).toBeLessThan(90 * 6 + 20);
  expect(last?.rowsWritten).toBe(0);
  const month = await scanned(worker, { q: 'from:7d' });
  expect(month.cost.rowsRead).toBeLessThan(8 * 6 + 20);
  expect((await scanned(worker, { q: `account:${B}` })).cost.rowsRead).toBeLessThan(22);
});
