/** Messages about alerts where robots do not take them, or the Worker ends: none is lost, and none is another. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addPolicy, ago, at, evaluated, tickIn } from '../support/alarms.ts';
import { toolsFor } from '../support/parcel.ts';
import { by } from '../support/record.ts';
import { EACH, later, operator, startTold, type Told } from '../support/told.ts';

const DAY = 86_400;

let told: Told;
beforeAll(async () => {
  told = await startTold();
});
afterAll(async () => {
  await told?.close();
});
beforeEach(() => told.anew());

test('a channel that fails says so, holds up no other, and gets what waits as one message per alert', async () => {
  await told.add('webhook');
  await told.add('wecom');
  await addPolicy(told.worker, { ...EACH, silence: 60 });
  told.robots.forced.set('wecom', { body: '{"errcode":93000,"errmsg":"invalid webhook url"}' });
  await told.worker.send([at(ago(10))]);
  await told.taken('webhook', 1);
  const failing = await told.fails('wecom');
  expect(failing).toMatchObject({
    waiting: 1,
    dead: 0,
    problem: { kind: 'gone', status: 200, code: '93000', since: expect.any(String) },
  });
  await evaluated(told.worker);
  await told.worker.send([at(ago(5))]);
  for (const seconds of [70, 140, 700]) await tickIn(told.worker, seconds);
  expect(told.takenBy('webhook').length).toBeGreaterThan(1);
  expect((await told.channel('wecom')).waiting).toBeGreaterThan(1);
  told.robots.forced.clear();
  await tickIn(told.worker, 3_000);
  expect(told.takenBy('wecom')).toHaveLength(1);
  const { content } = told.takenBy('wecom')[0]?.json.text ?? {};
  expect(content).toContain('Sidetrail alert · medium');
  expect(content).toContain('How often: 2 times');
  expect(content).toContain('Over since');
  expect(await told.channel('wecom')).toMatchObject({ health: 'ok', waiting: 0, dead: 0 });
});

test('after a day messages are given up', async () => {
  await told.add('webhook');
  await addPolicy(told.worker, EACH);
  told.robots.forced.set('webhook', { status: 403, body: 'no' });
  await told.worker.send([at(ago(10))]);
  await told.fails('webhook');
  await tickIn(told.worker, 0.5 * DAY);
  expect(await told.channel('webhook')).toMatchObject({ dead: 0 });
  await tickIn(told.worker, 1.1 * DAY);
  expect(await told.channel('webhook')).toMatchObject({ health: 'failing', dead: expect.any(Number) });
  expect((await told.channel('webhook')).dead).toBeGreaterThan(0);
});

test('one message that is refused holds up no other of its channel', async () => {
  await told.add('webhook');
  await addPolicy(told.worker, EACH);
  told.robots.forced.set('webhook', { status: 400, body: 'not this one' });
  await told.worker.send([at(ago(10), by(operator(1)))]);
  await told.fails('webhook');
  told.robots.forced.clear();
  await told.worker.send([at(ago(10), by(operator(2)))]);
  const [next] = await told.taken('webhook', 1);
  expect(next?.json.data.alert.group.value).toBe(operator(2));
  await evaluated(told.worker);
  await tickIn(told.worker, 60);
  expect((await told.taken('webhook', 2)).map(({ json }) => json.data.alert.group.value)).toContain(
    operator(1),
  );
});

test('who ends between sending and writing it down sends the same message under the same name', async () => {
  await told.add('webhook');
  await addPolicy(told.worker, EACH);
  await told.hold('webhook');
  await told.worker.send([at(ago(10))]);
  await evaluated(told.worker);
  const { fetch, reach } = toolsFor([told.robots.host]);
  let isSent = false;
  const killed = told.notify({
    network: {
      reach,
      fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
        const response = await fetch(input, init);
        isSent = true;
        return response;
      },
    },
    clock: () => {
      if (isSent) throw new Error('killed');
      return later();
    },
  });
  await expect(killed).rejects.toThrow('killed');
  expect(await told.channel('webhook')).toMatchObject({ waiting: 1, lastSent: null });
  await told.notify();
  const keys = told.takenBy('webhook').map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(await told.channel('webhook')).toMatchObject({ waiting: 0, lastSent: expect.any(String) });
});

test('what came to a message since it was sent goes under another name', async () => {
  await told.add('webhook');
  await addPolicy(told.worker, EACH);
  await told.hold('webhook');
  await told.worker.send([at(ago(10))]);
  await evaluated(told.worker);
  await told.notify();
  // Sent, but not written down; then the alert is over.
  await told.worker.db.prepare(`UPDATE notice SET state = 'pending', ended = NULL, count = NULL`).run();
  await told.hold('webhook');
  await tickIn(told.worker, 700);
  await told.notify();
  const [first, second] = told.takenBy('webhook');
  expect(second?.json.id).not.toBe(first?.json.id);
  expect(second?.json.data.alert.state).toBe('recovered');
});

test('two that send at once send a message once', async () => {
  await told.add('webhook');
  await addPolicy(told.worker, EACH);
  await told.hold('webhook');
  await told.worker.send(Array.from({ length: 5 }, (_, i) => at(ago(10), by(operator(i)))));
  await evaluated(told.worker);
  await Promise.all(Array.from({ length: 5 }, () => told.notify()));
  expect(told.takenBy('webhook')).toHaveLength(5);
});

test('a clock that ran ahead puts nothing off for long', async () => {
  await told.add('webhook');
  await addPolicy(told.worker, EACH);
  told.robots.forced.set('webhook', { status: 500, body: '' });
  await told.hold('webhook');
  await told.worker.send([at(ago(10))]);
  await evaluated(told.worker);
  await told.notify({ clock: () => later() + 12 * 3_600_000 });
  expect((await told.channel('webhook')).health).toBe('failing');
  told.robots.forced.clear();
  await told.notify();
  expect(told.takenBy('webhook')).toHaveLength(1);
});
