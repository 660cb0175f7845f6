import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addPolicy,
  addSilentChannel,
  ago,
  alertsOf,
  at,
  come,
  evaluated,
  happen,
  noticesOf,
  startAnew,
  tickIn,
} from '../support/alarms.ts';
import { by } from '../support/record.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.close();
});
beforeEach(() => startAnew(worker));

const DENIED = { apiErrorCode: 'UnauthorizedOperation', errorCode: '4103', errorMessage: 'no permission' };
const BURST = {
  id: 'burst',
  q: 'outcome:failed,denied',
  condition: { kind: 'count', atLeast: 5, within: 300, per: 'operator' },
};

function change(id: string, json: unknown): Promise<Reply> {
  return worker.call(`/v1/alarms/${id}`, { method: 'PATCH', json });
}

describe('an alert', () => {
  test('opens once for a burst, grows, recovers, and three messages at most tell of it', async () => {
    await addSilentChannel(worker);
    expect((await addPolicy(worker, BURST)).status).toBe(201);
    const start = ago(120);
    for (let part = 0; part < 6; part += 1) {
      await happen(
        worker,
        Array.from({ length: 50 }, (_, i) => at(start + ((part * 50 + i) % 100), DENIED)),
      );
    }
    const [alert, ...others] = await alertsOf(worker);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      alarm: 'burst',
      state: 'open',
      count: 300,
      group: { per: 'operator', account: '1250000001', value: '100000000011', label: 'web-deploy' },
      first: new Date(start * 1000).toISOString(),
      last: new Date((start + 99) * 1000).toISOString(),
    });
    expect(alert?.examples).toHaveLength(5);
    await tickIn(worker, 290);
    expect(await alertsOf(worker)).toMatchObject([{ state: 'open' }]);
    await tickIn(worker, 310);
    expect(await alertsOf(worker)).toMatchObject([{ state: 'recovered', count: 300 }]);
    await tickIn(worker, 2 * 86_400);
    const told = await noticesOf(worker);
    expect(told.length).toBeLessThanOrEqual(3);
    expect([told[0], told.at(-1)]).toEqual(['opened', 'recovered']);
  });

  test('is not there below the threshold, and each operator is counted alone', async () => {
    await addPolicy(worker, BURST);
    const start = ago(100);
    await happen(worker, [
      ...Array.from({ length: 4 }, (_, i) => at(start + i, { ...DENIED, ...by('100000000021') })),
      ...Array.from({ length: 4 }, (_, i) => at(start + i, { ...DENIED, ...by('100000000022') })),
    ]);
    expect(await alertsOf(worker)).toEqual([]);
    await happen(worker, [at(start + 50, { ...DENIED, ...by('100000000021') })]);
    expect(await alertsOf(worker)).toMatchObject([{ count: 5, group: { value: '100000000021' } }]);
  });

  test('counts late events in their own minute', async () => {
    await addPolicy(worker, { condition: { kind: 'count', atLeast: 3, within: 60 } });
    const then = ago(5 * 3600);
    await happen(worker, [at(then), at(then + 40)]);
    await happen(worker, [at(ago(60))]);
    expect(await alertsOf(worker)).toEqual([]);
    await happen(worker, [at(then + 20)]);
    expect(await alertsOf(worker)).toMatchObject([
      {
        count: 3,
        first: new Date(then * 1000).toISOString(),
        last: new Date((then + 40) * 1000).toISOString(),
      },
    ]);
  });

  test('is not about events that were a day old when they came in, unless asked for', async () => {
    await addPolicy(worker, { id: 'young' });
    await addPolicy(worker, { id: 'old', old: true });
    await happen(worker, [at(ago(25 * 3600))]);
    expect(await alertsOf(worker)).toMatchObject([{ alarm: 'old', count: 1 }]);
    await happen(worker, [at(ago(23 * 3600))]);
    expect((await alertsOf(worker)).map(({ alarm }) => alarm)).toContain('young');
  });

  test('fires on an event that was planted without what matters, when the cloud corrects it', async () => {
    await addPolicy(worker, { q: 'product:cam' });
    const planted = at(ago(60), { resourceType: 'cvm', apiErrorCode: '0' });
    await happen(worker, [planted], { source: 'push' });
    expect(await alertsOf(worker)).toEqual([]);
    await happen(worker, [{ ...planted, resourceType: 'cam' }], { source: 'api' });
    expect(await alertsOf(worker)).toMatchObject([{ count: 1 }]);
    // The same again is the same event.
    await happen(worker, [{ ...planted, resourceType: 'cam', userAgent: 'other' }], { source: 'files' });
    expect(await alertsOf(worker)).toMatchObject([{ count: 1 }]);
  });

  test('comes back as itself within the silence, and as another after it', async () => {
    await addPolicy(worker, { condition: { kind: 'count', within: 60 }, silence: 600 });
    await happen(worker, [at(ago(7200))]);
    await tickIn(worker, 400);
    expect(await alertsOf(worker)).toMatchObject([{ state: 'recovered' }]);
    await happen(worker, [at(ago(7000))]);
    expect(await alertsOf(worker)).toMatchObject([{ state: 'open', count: 2 }]);
    await happen(worker, [at(ago(3600))]);
    expect(await alertsOf(worker)).toMatchObject([{ count: 2 }, { count: 1 }]);
  });

  test('is neither about events of the far future nor kept from coming back by them', async () => {
    await addPolicy(worker, { condition: { kind: 'count', within: 60 } });
    await happen(worker, [at(ago(-7200))], { source: 'push' });
    expect(await alertsOf(worker)).toEqual([]);
    await happen(worker, [at(ago(-3000))], { source: 'push' });
    await tickIn(worker, 400);
    expect(await alertsOf(worker)).toMatchObject([{ state: 'recovered', count: 1 }]);
    await happen(worker, [at(ago(-450))]);
    expect(await alertsOf(worker)).toMatchObject([{ state: 'open', count: 2 }]);
  });

  test('is over when it should be, and what is missing is missed, also where a clock ran days ahead once', async () => {
    await addPolicy(worker, { id: 'seen', q: 'event:RunInstances' });
    await addPolicy(worker, { id: 'missed', q: 'event:Nothing', condition: { kind: 'absence', within: 60 } });
    await happen(worker, [at(ago(60))]);
    const days = 3 * 86_400;
    await worker.db.batch([
      worker.db
        .prepare(`UPDATE alert SET grown = grown + ?1, told_at = told_at + ?1, due = due + ?1`)
        .bind(days),
      worker.db
        .prepare(
          `UPDATE alarm_group SET memory = json_set(memory, '$.last', memory ->> 'last' + ?1) WHERE alarm = 'missed'`,
        )
        .bind(days),
    ]);
    for (const seconds of [60, 120, 180]) await tickIn(worker, seconds);
    expect(await alertsOf(worker, 'alarm=missed')).toMatchObject([{ state: 'open' }]);
    expect(await alertsOf(worker, 'alarm=seen')).toMatchObject([{ state: 'open' }]);
    for (const seconds of [240, 480, 540]) await tickIn(worker, seconds);
    expect(await alertsOf(worker, 'alarm=seen')).toMatchObject([{ state: 'recovered' }]);
  });

  test('is for the hours of its policy, on the clocks of its zone', async () => {
    const day = new Date(ago(6 * 3600) * 1000).toLocaleDateString('en-US', {
      weekday: 'short',
      timeZone: 'Pacific/Kiritimati',
    });
    const days = [day.toLowerCase()];
    await addPolicy(worker, { id: 'in', schedule: { zone: 'Pacific/Kiritimati', days } });
    await addPolicy(worker, { id: 'out', schedule: { zone: 'Pacific/Kiritimati', days, outside: true } });
    await happen(worker, [at(ago(6 * 3600))]);
    expect((await alertsOf(worker)).map(({ alarm }) => alarm)).toEqual(['in']);
  });

  test('tells what is seen for the first time, once, also where the policy is younger than the rest', async () => {
    await happen(worker, [at(ago(5000), { eventRegion: 'ap-guangzhou' })]);
    await addPolicy(worker, { id: 'region', condition: { kind: 'first', per: 'region' } });
    await happen(worker, [
      at(ago(100), { eventRegion: 'ap-guangzhou' }),
      at(ago(90), { eventRegion: 'ap-tokyo' }),
      at(ago(80), { eventRegion: 'ap-tokyo' }),
    ]);
    await happen(worker, [at(ago(70), { eventRegion: 'ap-tokyo' })]);
    expect(await alertsOf(worker)).toMatchObject([{ group: { per: 'region', value: 'ap-tokyo' }, count: 1 }]);
  });

  test('tells of absence when time has passed, and that it is over', async () => {
    await addSilentChannel(worker);
    await addPolicy(worker, { id: 'quiet', condition: { kind: 'absence', within: 600 } });
    await come(worker, [at(ago(10))]);
    await tickIn(worker, 500);
    expect(await alertsOf(worker)).toEqual([]);
    await tickIn(worker, 700);
    await tickIn(worker, 760);
    expect(await alertsOf(worker)).toMatchObject([{ alarm: 'quiet', state: 'open', count: 0 }]);
    await come(worker, [at(ago(0))]);
    await tickIn(worker, 20);
    expect(await alertsOf(worker)).toMatchObject([{ state: 'recovered' }]);
    expect(await noticesOf(worker)).toEqual(['opened', 'recovered']);
  });

  test('of a policy that is switched off or gone is over without a word', async () => {
    await addSilentChannel(worker);
    await addPolicy(worker, { id: 'a' });
    await addPolicy(worker, { id: 'b', condition: { kind: 'absence', within: 60 } });
    await come(worker, [at(ago(100))]);
    await tickIn(worker, 120);
    expect(await alertsOf(worker, 'state=open')).toHaveLength(2);
    await change('a', { on: false });
    await worker.call('/v1/alarms/b', { method: 'DELETE' });
    await tickIn(worker, 180);
    expect(await alertsOf(worker, 'state=open')).toEqual([]);
    expect(await noticesOf(worker)).toEqual(['opened', 'opened']);
  });
});

test('a pass that is done again, or was never finished, changes nothing', async () => {
  await addSilentChannel(worker);
  await addPolicy(worker, { condition: { kind: 'count', atLeast: 2, within: 60 } });
  const seq = await worker.db.prepare(`SELECT seq FROM alarm_pass`).first('seq');
  await happen(worker, [at(ago(100)), at(ago(90)), at(ago(80))]);
  const before = await alertsOf(worker);
  expect(before).toMatchObject([{ count: 3 }]);
  // Killed before it said how far it was, in a store that forgot all of it.
  await worker.db.prepare(`UPDATE alarm_pass SET seq = ?1`).bind(seq).run();
  await worker.tick(new Date());
  await evaluated(worker);
  expect(await alertsOf(worker)).toEqual(before);
  expect(await noticesOf(worker)).toEqual(['opened']);
  // Whoever died with the lease holds nobody up for long.
  await worker.db
    .prepare(`INSERT INTO lease (name, holder, until) VALUES ('alarms', 'dead', ?1)`)
    .bind(Date.now() + 60_000)
    .run();
  await worker.send([at(ago(70))]);
  await worker.tick(new Date(Date.now() + 61_000));
  await evaluated(worker);
  expect(await alertsOf(worker)).toMatchObject([{ count: 4 }]);
});

test('fifty policies look at what comes in at once, whatever comes in while they do', async () => {
  await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      addPolicy(worker, {
        id: `p${i}`,
        q: i % 2 === 0 ? `event:RunInstances operator:${100_000_000_000 + i}` : 'action:write',
        condition: { kind: 'count', atLeast: 10, within: 600, per: 'operator' },
      }),
    ),
  );
  await Promise.all(
    Array.from({ length: 20 }, (_, part) =>
      worker.send(Array.from({ length: 50 }, (__, i) => at(ago(60 + i), by(`${100_000_000_000 + part}`)))),
    ),
  );
  await tickIn(worker, 1);
  await evaluated(worker);
  const alerts = await alertsOf(worker);
  // 25 policies about each of 20 operators, and those about one of the even ones.
  expect(alerts).toHaveLength(25 * 20 + 10);
  expect(new Set(alerts.map(({ count }) => count))).toEqual(new Set([50]));
});
