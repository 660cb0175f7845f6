/** A Worker that follows accounts of the fake cloud, and a time that a test moves: days pass in moments. */
import { expect } from 'vitest';
import type { EventSummary } from '../../shared/event/event.ts';
import type { JsonObject } from '../../shared/event/json.ts';
import { readEvent } from '../../worker/store/event-row.ts';
import { record } from './record.ts';
import { startCloud } from './cloud/cloud.ts';
import type { Cloud, CloudKey, CloudOptions } from './cloud/types.ts';
import { startWorker, type TestWorker } from './worker.ts';

export const KEY: CloudKey = {
  secretId: 'AKIDtestsFollower000000000000000001',
  secretKey: 'testsFollowerSecretKey0000000001',
  account: '1250000001',
};

export interface Following {
  worker: TestWorker;
  cloud: Cloud;
  /** The time there, unix ms. */
  now(): number;
  /** Sets the time, and lets the Worker tick. */
  tickAt(time: number): Promise<void>;
  /** Goes on by so many minutes, ticking at each `step` of them. */
  minutes(count: number, step?: number): Promise<void>;
  close(): Promise<void>;
}

export interface FollowingOptions extends Partial<CloudOptions> {
  /** Where time begins once both are there, unix ms; not said, with the present minute. */
  begin?: number;
  vars?: (url: string) => Record<string, string>;
  /** Days that the accounts keep; the first back-fill is as long. */
  retention?: number;
}

/** Starts both. Unless `vars` says otherwise the Worker has the first key. */
export async function startFollowing(options: FollowingOptions = {}): Promise<Following> {
  // A whole minute before the first tick, however slow this machine is.
  const {
    begin = Math.floor(Date.now() / MINUTE) * MINUTE,
    vars,
    keys = [KEY],
    retention = 1,
    ...rest
  } = options;
  let set = begin;
  let since = performance.now();
  // It goes on as the Worker's does, from where the test set it last.
  const now = (): number => Math.floor(set + (performance.now() - since));
  const cloud = await startCloud({ keys, clock: now, ...rest });
  const first = keys[0] ?? KEY;
  const worker = await startWorker(vars?.(cloud.url) ?? variablesOf(first, cloud.url));
  for (const account of new Set(keys.map((key) => key.account))) {
    await worker.call(`/v1/accounts/${account}`, { method: 'PATCH', json: { retention } });
  }
  since = performance.now();
  const tickAt = async (time: number): Promise<void> => {
    set = time;
    since = performance.now();
    await worker.tick(new Date(time));
  };
  return {
    worker,
    cloud,
    now,
    tickAt,
    minutes: async (count, step = 1) => {
      for (let minute = step; minute <= count; minute += step) {
        await tickAt(nextMinute(set) + (step - 1) * MINUTE);
      }
    },
    close: async () => {
      await worker.close();
      await cloud.close();
    },
  };
}

/** Lets the back-fills that are open come to their end, ticking when so long nothing else happened. */
export async function backfilled(following: Following, tickMs = 2_000): Promise<void> {
  const isDone = async (): Promise<boolean> =>
    (await following.worker.db.prepare('SELECT 1 FROM backfill WHERE finished IS NULL').first()) === null;
  while (!(await isDone())) {
    await following.minutes(1);
    await expect
      .poll(isDone, { timeout: tickMs })
      .toBe(true)
      .catch(() => {});
  }
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Id of the source that the first key's account is. */
export const SOURCE = `api-${KEY.account}`;

function nextMinute(time: number): number {
  return (Math.floor(time / MINUTE) + 1) * MINUTE;
}

/** The settings that make a Worker follow the account of a key. */
export function variablesOf(key: CloudKey, url: string): Record<string, string> {
  return {
    TENCENT_SECRET_ID: key.secretId,
    TENCENT_SECRET_KEY: key.secretKey,
    TENCENT_ENDPOINT: url,
    ...(key.token === undefined ? {} : { TENCENT_TOKEN: key.token }),
  };
}

/** A record of its own, of that time (unix ms). */
export function recordAt(time: number, number: number, changes: JsonObject = {}): JsonObject {
  return record({
    requestID: requestOf(number),
    eventTime: Math.floor(time / 1000),
    ...changes,
  });
}

/** Every event that the Worker has, read from its database. */
export async function storedEvents({ db }: TestWorker): Promise<EventSummary[]> {
  const { results } = await db
    .prepare('SELECT id, lower(hex(eid)) AS eid, seq, hex(body) AS body FROM event ORDER BY id')
    .all();
  return results.map((row) => readEvent(row).summary);
}

/** The request ids of all events that the Worker has, in order, each as often as it is there. */
export async function storedRequests(worker: TestWorker): Promise<string[]> {
  return (await storedEvents(worker)).map(({ requestId }) => requestId).toSorted();
}

/** The request id of a record that `recordAt` made of a number. */
export function requestOf(number: number): string {
  return `6b0f1f0e-0000-4000-a000-${String(number).padStart(12, '0')}`;
}

/** Does something as soon as the cloud was called so many times more. */
export function whenCalled({ calls }: Cloud, times: number, act: () => void): void {
  const after = calls.length + times;
  const push = calls.push.bind(calls);
  calls.push = (...added) => {
    const count = push(...added);
    if (count === after) act();
    return count;
  };
}

/** What is, or was, missing, oldest first. */
export async function gapRows({ db }: TestWorker): Promise<Record<string, unknown>[]> {
  return (await db.prepare('SELECT * FROM gap ORDER BY id').all()).results;
}

/** The problem of a source, if it has one. */
export async function problemOf(
  worker: TestWorker,
  id: string = SOURCE,
): Promise<{ kind: string; advice: string } | null> {
  const { problem } = await sourceRow(worker, id);
  return typeof problem === 'string' ? JSON.parse(problem) : null;
}

/** The row of a source. */
export async function sourceRow({ db }: TestWorker, id: string = SOURCE): Promise<Record<string, unknown>> {
  const row = await db.prepare('SELECT * FROM source WHERE id = ?').bind(id).first();
  if (row === null) throw new Error(`there is no source ${id}`);
  return row;
}
