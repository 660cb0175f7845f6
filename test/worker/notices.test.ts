/** Messages about alerts, from what comes in to what a robot takes: through the whole Worker. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addPolicy, ago, alertsOf, at, evaluated, happen, tickIn } from '../support/alarms.ts';
import { by } from '../support/record.ts';
import { EACH, operator, startTold, type Told } from '../support/told.ts';

const DENIED = { apiErrorCode: 'UnauthorizedOperation', errorCode: '4103', errorMessage: 'no permission' };
const DAY = 86_400;

let told: Told;
beforeAll(async () => {
  told = await startTold();
});
afterAll(async () => {
  await told?.close();
});
beforeEach(() => told.anew());

test('a burst of 300 failures of one actor is one alert and at most three messages', async () => {
  await told.add('webhook');
  await addPolicy(told.worker, {
    id: 'burst',
    name: 'Many failures',
    q: 'outcome:failed,denied',
    condition: { kind: 'count', atLeast: 10, within: 300, per: 'operator' },
    severity: 'high',
    silence: 3600,
  });
  const start = ago(200);
  for (let part = 0; part < 10; part += 1) {
    await told.worker.send(Array.from({ length: 30 }, (_, i) => at(start + part * 10 + (i % 10), DENIED)));
  }
  const [first] = await told.taken('webhook', 1);
  expect(first?.json).toMatchObject({
    type: 'sidetrail.alert.opened',
    source: '/alarms/burst',
    data: {
      alert: { alarm: 'burst', severity: 'high', group: { per: 'operator', value: '100000000011' } },
      link: expect.stringMatching(/^https:\/\/sidetrail\.example\/e\/\w{26}$/),
      text: expect.stringContaining('Who: web-deploy (100000000011)'),
    },
  });
  await evaluated(told.worker);
  for (const seconds of [60, 400, 4_000, 8_000, 2 * DAY]) await tickIn(told.worker, seconds);
  const alerts = await alertsOf(told.worker);
  expect(alerts).toMatchObject([{ count: 300, state: 'recovered' }]);
  const all = told.takenBy('webhook');
  expect(all.length).toBeLessThanOrEqual(3);
  expect(all.at(-1)?.json).toMatchObject({
    type: 'sidetrail.alert.recovered',
    data: { alert: { count: 300 } },
  });
  expect(new Set(all.map(({ json }) => json.id)).size).toBe(all.length);
});

test('a channel that hangs holds up no other', async () => {
  await told.add('webhook');
  await told.add('wecom');
  told.robots.forced.set('wecom', 'hang');
  await addPolicy(told.worker, EACH);
  await told.worker.send([at(ago(10), by(operator(0)))]);
  await expect.poll(() => told.robots.unanswered, { timeout: 20_000 }).toEqual(['wecom']);
  await told.worker.send([at(ago(10), by(operator(1)))]);
  await told.taken('webhook', 2);
  // It is not even known yet that the other got no answer.
  expect(await told.channel('wecom')).toMatchObject({ health: 'ok', waiting: 2 });
});

test('every robot takes its message, in its language, and none is sent twice', async () => {
  const kinds = ['wecom', 'dingtalk', 'feishu', 'slack', 'webhook'] as const;
  for (const kind of kinds) await told.add(kind, { language: 'zh-CN' });
  await addPolicy(told.worker, { ...EACH, name: { en: 'Bought', zh: '购买实例' } });
  await told.worker.send([at(ago(10))]);
  for (const kind of kinds) {
    const [message] = await told.taken(kind, 1);
    expect(JSON.stringify(message?.json)).toContain('Sidetrail 告警 · 中危 · 购买实例');
  }
  await evaluated(told.worker);
  await tickIn(told.worker, 30);
  for (const kind of kinds) expect(told.takenBy(kind)).toHaveLength(1);
  expect(told.robots.refused).toEqual([]);
});

test('many alerts at once go out within the rate of their channel', async () => {
  await told.add('slack');
  await addPolicy(told.worker, EACH);
  await told.worker.send(Array.from({ length: 4 }, (_, i) => at(ago(10), by(operator(i)))));
  await told.taken('slack', 4);
  expect(told.robots.refused).toEqual([]);
});

test('what was found when there was no channel yet is told to the first, once', async () => {
  await addPolicy(told.worker, EACH);
  await happen(told.worker, [at(ago(10))]);
  await told.add('webhook');
  for (const seconds of [30, 60]) await tickIn(told.worker, seconds);
  await told.add('slack');
  await tickIn(told.worker, 90);
  expect(told.takenBy('webhook').map(({ json }) => json.type)).toEqual(['sidetrail.alert.opened']);
  expect(told.takenBy('slack')).toEqual([]);
});

test('a channel that is deleted takes with it what waits', async () => {
  await told.add('wecom');
  await addPolicy(told.worker, EACH);
  told.robots.forced.set('wecom', { body: '{"errcode":93000,"errmsg":"invalid webhook url"}' });
  await told.worker.send([at(ago(10))]);
  await told.fails('wecom');
  expect((await told.worker.call('/v1/channels/wecom', { method: 'DELETE' })).status).toBe(204);
  await tickIn(told.worker, 60);
  expect(await told.worker.db.prepare(`SELECT count(*) AS n FROM notice`).first('n')).toBe(0);
});
