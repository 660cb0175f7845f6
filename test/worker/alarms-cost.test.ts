/** What alarm policies cost: by what comes in, not by what there is already. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluateAlarms } from '../../worker/alarms/evaluate.ts';
import { standsStill } from '../../worker/alarms/standstill.ts';
import { listAlerts } from '../../worker/store/alerts.ts';
import { openStore } from '../../worker/store/meter.ts';
import { dueChannels, nextMessage } from '../../worker/store/notices.ts';
import { provideHex } from '../bench/hex.ts';
import { addPolicy, addSilentChannel, ago, at, evaluated } from '../support/alarms.ts';
import { by } from '../support/record.ts';
import { operator } from '../support/told.ts';
import { size } from '../support/size.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

provideHex();

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.close();
});

const HELD = 600_000;

interface Costs {
  /** Rows that are read for what came in. */
  look: number;
  /** … for the next message. */
  message: number;
  /** … for a member's badge. */
  badge: number;
}

/** Sends records, and looks at them here. */
async function costs(): Promise<Costs> {
  await evaluated(worker);
  const until = Date.now() + HELD;
  const later = until + 1_000;
  const now = Math.floor(later / 1_000);
  const hold = `INSERT INTO lease (name, holder, until) VALUES ('alarms', 'us', ?1)`;
  await worker.db.prepare(hold).bind(until).run();
  await worker.send(Array.from({ length: 50 }, (_, i) => at(ago(60 + i), by(operator(i % 20)))));
  const look = openStore(worker.db);
  await evaluateAlarms({ env: {}, store: look, clock: () => later });
  await evaluated(worker);
  const message = openStore(worker.db);
  expect(await dueChannels(message, now)).toHaveLength(1);
  expect(await nextMessage(message, 'c', now)).toBeDefined();
  const badge = openStore(worker.db);
  const own = { account: A, id: operator(1) };
  const viewer = { scope: { accounts: [A], operators: [own] }, admin: false };
  expect(await listAlerts(badge, { viewer, state: 'open', limit: 50, now })).not.toHaveLength(0);
  return { look: look.cost.rowsRead, message: message.cost.rowsRead, badge: badge.cost.rowsRead };
}

const A = '1250000001';

/** Alerts that were over long ago, and messages about them. */
async function addOldAlerts(count: number): Promise<void> {
  const numbers = JSON.stringify(Array.from({ length: count }, (_, i) => i));
  await worker.db.batch([
    worker.db
      .prepare(
        `INSERT INTO alert SELECT NULL, 'old-' || num || '-' || value, alarm, grp, label, per, name, severity, system,
           note, accounts, whose, opened, first - 900000, last - 900000, count, examples, grown - 900000,
           grown - 900000, NULL, NULL, told, told_at, told_count, NULL
         FROM (SELECT * FROM alert WHERE system = 0 ORDER BY num LIMIT 10), json_each(?1)`,
      )
      .bind(numbers),
    worker.db.prepare(
      `INSERT INTO notice (alert, channel, kind, made, state, attempts, next_try, ended, count)
       SELECT num, 'c', 'opened', opened, 'sent', 1, 0, opened, 1 FROM alert WHERE id LIKE 'old-%'`,
    ),
  ]);
}

test('an event, a message and the badge cost what they cost before, after thousands of others', async () => {
  await addSilentChannel(worker);
  const condition = { kind: 'count', atLeast: 2, within: 60, per: 'operator' };
  for (let i = 0; i < 5; i += 1) await addPolicy(worker, { id: `count-${i}`, condition });
  await addPolicy(worker, { id: 'first', condition: { kind: 'first', per: 'region' } });
  await addPolicy(worker, { id: 'absence', condition: { kind: 'absence', within: 600 } });
  await costs();
  const before = await costs();
  const count = size(3_000, 50_000);
  for (let sent = 0; sent < count; sent += 1_000) {
    const old = (_: unknown, i: number) => at(ago(90_000 + sent + i), by(operator(i % 20)));
    await worker.send(Array.from({ length: 1_000 }, old));
  }
  await addOldAlerts(size(200, 2_000));
  const after = await costs();
  expect(after.look).toBeLessThan(before.look * 1.1);
  expect(after.message).toBeLessThan(before.message * 1.1 + 10);
  expect(after.badge).toBeLessThan(before.badge * 1.1 + 10);
});

test('whether the tick stands still costs one look a minute, after the answer', async () => {
  const store = openStore(worker.db);
  const now = Date.now() + 10 * HELD;
  for (let i = 0; i < 5; i += 1) await standsStill(store, now + i * 1_000);
  expect(store.cost.trips).toBe(1);
  const { headers } = await worker.call('/v1/events?limit=1');
  expect(Number(/trips=(\d+)/.exec(headers.get('server-timing') ?? '')?.[1])).toBeLessThanOrEqual(2);
  const alerts = await worker.call('/v1/alerts?state=open');
  expect(Number(/trips=(\d+)/.exec(alerts.headers.get('server-timing') ?? '')?.[1])).toBeLessThanOrEqual(3);
});
