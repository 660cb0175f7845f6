/** Alarm policies of tests, and what became of them. */
import type { Alert } from '../../shared/api/alerts.ts';
import { expect, vi } from 'vitest';
import type { JsonObject } from '../../shared/event/json.ts';
import type { Reply, TestWorker } from './worker.ts';
import { record } from './record.ts';

export function addPolicy(worker: TestWorker, json: object): Promise<Reply> {
  return worker.call('/v1/alarms', {
    method: 'POST',
    json: { name: 'Test', q: 'event:RunInstances', ...json },
  });
}

/** The alerts that the caller sees, oldest first; those about Sidetrail itself left out. */
export async function alertsOf(worker: TestWorker, query = '', token?: string): Promise<Alert[]> {
  const { json } = await worker.call(`/v1/alerts?limit=1000&${query}`, token === undefined ? {} : { token });
  const alerts: Alert[] = json.alerts;
  return alerts.filter(({ system }) => !system).toReversed();
}

const SOON = { timeout: 20_000, interval: 20 };

/** Waits until all that came in was looked at. */
export async function evaluated(worker: TestWorker): Promise<void> {
  const isDone = async (): Promise<void> => {
    const left = `SELECT (SELECT coalesce(max(last), 0) FROM change) - seq AS n FROM alarm_pass`;
    expect(await worker.db.prepare(left).first('n')).toBe(0);
  };
  await vi.waitFor(isDone, SOON);
  await unheld(worker);
}

/** Waits until nobody looks. */
async function unheld(worker: TestWorker): Promise<void> {
  const isDone = async (): Promise<void> => {
    const holders = `SELECT count(*) AS n FROM lease WHERE name = 'alarms'`;
    expect(await worker.db.prepare(holders).first('n')).toBe(0);
  };
  await vi.waitFor(isDone, SOON);
}

/** Sends records and has the policies look at them at once, rather than when a message has come. */
export async function happen(
  worker: TestWorker,
  records: readonly JsonObject[],
  init: Parameters<TestWorker['send']>[1] = {},
): Promise<void> {
  const { json } = await worker.send(records, init);
  expect(json.refused).toEqual([]);
  await tickIn(worker, 0);
  await evaluated(worker);
}

/**
 * Sends records and waits until the message about them had the policies look. After it no message is under way: a test
 * that ticks ahead of the clock is not looked at once more by the clock's own time.
 */
export async function come(worker: TestWorker, records: readonly JsonObject[]): Promise<void> {
  const { json } = await worker.send(records);
  expect(json.refused).toEqual([]);
  await evaluated(worker);
}

/** Ticks at so many seconds from now, when nothing else is looking. */
export async function tickIn(worker: TestWorker, seconds: number): Promise<void> {
  await unheld(worker);
  await worker.tick(new Date(Date.now() + seconds * 1000));
}

/** The unix second so many seconds ago: of the moment, since these tests go on for minutes. */
export function ago(seconds: number): number {
  return Math.floor(Date.now() / 1000) - seconds;
}

let made = 0;

/** A record of its own that happened at a unix second. */
export function at(second: number, changes: JsonObject = {}): JsonObject {
  made += 1;
  return record({ requestID: `alarm-${made}`, eventTime: second, ...changes });
}

/** The kinds of messages about events that wait for a channel, in order. */
export async function noticesOf(worker: TestWorker, channel = 'c'): Promise<string[]> {
  const { results } = await worker.db
    .prepare(`SELECT notice.kind FROM notice JOIN alert ON alert.num = notice.alert AND alert.system = 0
       WHERE channel = ?1 ORDER BY notice.id`)
    .bind(channel)
    .all();
  return results.map(({ kind }) => String(kind));
}

/** A channel that nobody gets to send to, at any time: messages to it wait. */
export async function addSilentChannel(worker: TestWorker): Promise<void> {
  await worker.db.batch([
    worker.db.prepare(
      `INSERT INTO channel (id, name, kind, settings, sealed, language, created)
       VALUES ('c', 'C', 'webhook', '{"shown":"nowhere","signed":false}', '', 'en', 0)`,
    ),
    worker.db.prepare(
      `CREATE TRIGGER IF NOT EXISTS silent BEFORE INSERT ON lease WHEN new.name = 'notices c' BEGIN
         SELECT RAISE(IGNORE);
       END`,
    ),
  ]);
}

/**
 * Begins anew in a Worker that other tests had: without policies, alerts, channels and what was told. Events stay, which
 * policies do not ask: they ask what comes in from now on.
 */
export async function startAnew(worker: TestWorker): Promise<void> {
  await evaluated(worker);
  const tables = ['alarm', 'shipped_alarm', 'alarm_group', 'alert', 'hush', 'channel', 'lease'];
  await worker.db.batch([
    ...tables.map((table) => worker.db.prepare(`DELETE FROM ${table}`)),
    worker.db.prepare(`DELETE FROM setting WHERE key = 'tick'`),
    worker.db.prepare(`UPDATE alarm_pass SET watched = 0`),
  ]);
}
