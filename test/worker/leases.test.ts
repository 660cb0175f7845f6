import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dropLease, keepLease, takeLease, type LeaseTerms } from '../../worker/store/leases.ts';
import { openStore, type Store } from '../../worker/store/meter.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const NOW = 1_795_000_000_000;
const NAME = 'poll api-1250000001';

let worker: TestWorker;
let store: Store;

beforeAll(async () => {
  worker = await startWorker();
  store = openStore(worker.db);
});
beforeEach(async () => {
  await worker.db.prepare('DELETE FROM lease').run();
});
afterAll(() => worker.close());

const terms = (holder: string, after = 0): LeaseTerms => ({ holder, now: NOW + after, forMs: 1_000 });

test('of many who come at once one gets it', async () => {
  const holders = Array.from({ length: 20 }, (_, i) => `${i}`);
  const taken = await Promise.all(holders.map((holder) => takeLease(store, NAME, terms(holder))));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await takeLease(store, 'another', terms('else'))).toBe(true);
});

test('whoever dies with it blocks nobody for longer than it runs', async () => {
  await takeLease(store, NAME, terms('dead'));
  expect(await takeLease(store, NAME, terms('next', 999))).toBe(false);
  expect(await takeLease(store, NAME, terms('next', 1_000))).toBe(true);
});

test('only its holder gives it back or lets it run on, as long as nobody else has it', async () => {
  await takeLease(store, NAME, terms('one'));
  await dropLease(store, NAME, 'other');
  expect(await keepLease(store, NAME, terms('other'))).toBe(false);
  expect(await keepLease(store, NAME, terms('one', 900))).toBe(true);
  expect(await takeLease(store, NAME, terms('other', 1_500))).toBe(false);
  await dropLease(store, NAME, 'one');
  expect(await takeLease(store, NAME, terms('other', 1_500))).toBe(true);
  expect(await keepLease(store, NAME, terms('one', 1_600))).toBe(false);
});

test('one that was taken by a clock far ahead is taken from it', async () => {
  await takeLease(store, NAME, terms('ahead', 86_400_000));
  expect(await takeLease(store, NAME, terms('right'))).toBe(true);
});
