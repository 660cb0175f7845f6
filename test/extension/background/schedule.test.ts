import { beforeEach, expect, test } from 'vitest';
import type { Synced } from '../../../extension/background/sync/run.ts';
import { createSchedule, type Schedule } from '../../../extension/background/sync/schedule.ts';

const MINUTE = 60_000;

let schedule: Schedule;
/** The runs that were begun, for a test to end. */
let runs: PromiseWithResolvers<Synced>[];
let woken: { at: number; done: () => void }[];
let reported: unknown[];
let clock: number;
let isWatched: boolean;
let next: number | undefined;

beforeEach(() => {
  runs = [];
  woken = [];
  reported = [];
  clock = 0;
  isWatched = false;
  next = undefined;
  schedule = createSchedule({
    sync: () => {
      const run = Promise.withResolvers<Synced>();
      runs.push(run);
      return run.promise;
    },
    wakeAt: (at) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      woken.push({ at, done: resolve });
      return promise;
    },
    nextWake: () => Promise.resolve(next),
    isWatched: () => Promise.resolve(isWatched),
    now: () => clock,
    random: () => 0.5,
    report: (error) => reported.push(error),
    told: () => {},
  });
});

/** Ends the last run, and lets everything that waits for it go on. */
async function end(synced: Synced = { kind: 'done' }): Promise<void> {
  runs.at(-1)?.resolve(synced);
  await turn();
}

async function turn(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}

test('who asks during a run gets that one, who asks after it another', async () => {
  const first = schedule.run();
  expect(schedule.run()).toBe(first);
  expect(runs).toHaveLength(1);
  await end();
  // The browser takes its time to note the alarm.
  const second = schedule.run();
  woken[0]?.done();
  await turn();
  expect(schedule.run()).toBe(second);
  expect(runs).toHaveLength(2);
});

test('what has to begin anew waits for the run under way', async () => {
  void schedule.run();
  void schedule.runAnew();
  await turn();
  expect(runs).toHaveLength(1);
  await end();
  woken[0]?.done();
  await turn();
  expect(runs).toHaveLength(2);
});

test('the next run is a minute away while somebody looks, else a quarter of an hour, and a little more', async () => {
  void schedule.run();
  await end();
  isWatched = true;
  void schedule.run();
  await end({ kind: 'problem', problem: { kind: 'unreachable' } });
  expect(woken.map(({ at }) => at)).toEqual([15 * MINUTE * 1.1, MINUTE * 1.1]);
  void schedule.run();
  await end({ kind: 'signed-out' });
  expect(woken).toHaveLength(2);
});

test('a panel that opens finds news, unless there were some within the minute', async () => {
  schedule.runIfStale();
  schedule.runIfStale();
  expect(runs).toHaveLength(1);
  await end();
  clock = MINUTE - 1;
  schedule.runIfStale();
  expect(runs).toHaveLength(1);
  clock = MINUTE;
  schedule.runIfStale();
  expect(runs).toHaveLength(2);
});

test('a console page that opens brings the next run within a minute, and none where none was to be', async () => {
  await schedule.hasten();
  expect(woken).toEqual([]);
  next = MINUTE;
  await schedule.hasten();
  expect(woken).toEqual([]);
  next = 10 * MINUTE;
  void schedule.hasten();
  await turn();
  expect(woken.map(({ at }) => at)).toEqual([MINUTE * 1.1]);
});

test('a run that breaks is reported, and does not end the schedule', async () => {
  const running = schedule.run();
  runs[0]?.reject(new Error('the disk is full'));
  await turn();
  woken[0]?.done();
  expect(await running).toEqual({ kind: 'problem', problem: { kind: 'extension-failed' } });
  expect(reported).toEqual([new Error('the disk is full')]);
  expect(woken).toHaveLength(1);
  void schedule.run();
  expect(runs).toHaveLength(2);
});

test('idle waits for a run, and for nothing where there is none', async () => {
  await schedule.idle();
  void schedule.run();
  let isIdle = false;
  void schedule.idle().then(() => (isIdle = true));
  await turn();
  expect(isIdle).toBe(false);
  await end();
  woken[0]?.done();
  await turn();
  expect(isIdle).toBe(true);
});
