import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { doJobs, type Job } from '../../worker/work.ts';

beforeEach(() => {
  vi.stubGlobal('scheduler', { wait: pause });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Does the jobs; gives how many failed, and what goes on. */
async function done(jobs: readonly Job[]): Promise<{ failed: number; going: Promise<unknown>[] }> {
  const going: Promise<unknown>[] = [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- these jobs ask nothing of a database
  const DB = {} as D1Database;
  const env = { DB, SIDETRAIL_LOCAL: '1', SIDETRAIL_SECRET: Buffer.alloc(32, 7).toString('base64url') };
  const failed = await doJobs(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nor of anything else
    {
      env: env as Parameters<typeof doJobs>[0]['env'],
      clock: () => 0,
      background: (each) => going.push(each),
    },
    jobs,
  );
  return { failed, going };
}

test('jobs are done one after another, and one that fails stops no other', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const order: string[] = [];
  const job = (name: string, ms: number): Job => ({
    name,
    run: async () => {
      await pause(ms);
      order.push(name);
      if (name === 'b') throw new Error('b');
    },
  });
  expect(await done([job('a', 20), job('b', 10), job('c', 0)])).toEqual({ failed: 1, going: [] });
  expect(order).toEqual(['a', 'b', 'c']);
});

test('one that waits for others is left after its patience, goes on, and is reported where it fails then', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const order: string[] = [];
  const { promise: hangs, reject: fail } = Promise.withResolvers<void>();
  const { failed, going } = await done([
    { name: 'hangs', patience: 20, run: () => hangs },
    { name: 'next', run: async () => void order.push('next') },
  ]);
  expect([failed, order, going.length]).toEqual([0, ['next'], 1]);
  expect(log).not.toHaveBeenCalled();
  fail(new Error('in the end'));
  await going[0];
  expect(log).toHaveBeenCalledOnce();
});

test('one that is quick is not left to the background, and its failure counts', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { failed } = await done([
    { name: 'quick', patience: 1_000, run: () => Promise.reject(new Error('no')) },
  ]);
  expect(failed).toBe(1);
});
