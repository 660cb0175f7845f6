import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Alert } from '../../shared/api/alerts.ts';
import { addPolicy, alertsOf, at, evaluated, happen, tickIn } from '../support/alarms.ts';
import { by, secondsAgo } from '../support/record.ts';
import { size } from '../support/size.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.close();
});

function preview(json: object): Promise<Reply> {
  return worker.call('/v1/alarms/preview', { method: 'POST', json });
}

interface Fired {
  value: string | undefined;
  count: number;
  first: string;
  last: string;
}

function inOrder(fired: readonly Fired[]): Fired[] {
  return fired.toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}

const OPERATORS = ['100000000021', '100000000022', '100000000023'];

const event = fc.record({
  ago: fc.integer({ min: 60, max: 9_000 }),
  operator: fc.constantFrom(...OPERATORS),
});
const policy = fc.record({
  atLeast: fc.integer({ min: 1, max: 5 }),
  within: fc.integer({ min: 60, max: 900 }),
  silence: fc.integer({ min: 60, max: 1200 }),
});

let round = 0;

test('a preview tells what really fired, in whichever parts the events came in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 60 }),
      fc.array(policy, { minLength: 3, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
      async (events, policies, cuts) => {
        round += 1;
        const name = `Round${round}`;
        const q = `event:${name}`;
        const asked = policies.map(({ silence, ...window }, i) => ({
          id: `r${round}-${i}`,
          q,
          silence,
          condition: { kind: 'count', ...window, ...(i === 0 ? {} : { per: 'operator' }) },
        }));
        for (const one of asked) await addPolicy(worker, one);
        // As time goes: what comes late may join two alerts that were told apart before.
        const records = events
          .toSorted((one, other) => other.ago - one.ago)
          .map(({ ago, operator }) => at(secondsAgo(ago), { eventName: name, ...by(operator) }));
        let from = 0;
        for (const length of [...cuts, records.length]) {
          const part = records.slice(from, from + length);
          from += length;
          if (part.length > 0) await worker.send(part);
        }
        await tickIn(worker, 0);
        await evaluated(worker);
        for (const { id, ...one } of asked) {
          const fired = (await alertsOf(worker, `alarm=${id}`)).map(({ group, count, first, last }) => {
            return { value: group?.value, count, first, last };
          });
          const { status, json } = await preview(one);
          expect(status).toBe(200);
          expect(json.count).toBe(events.length);
          const would = json.firings.map(({ group, count, first, last }: Alert) => {
            return { value: group?.value, count, first, last };
          });
          expect(inOrder(would)).toEqual(inOrder(fired));
          expect(json.alerts).toBe(fired.length);
          await worker.call(`/v1/alarms/${id}`, { method: 'DELETE' });
        }
      },
    ),
    { numRuns: size(8, 100) },
  );
}, 120_000);

test('a preview is of the schedule, of the last 30 days, and of what is seen first in all that is kept', async () => {
  const eventName = 'Seldom';
  await happen(worker, [
    at(secondsAgo(45 * 86_400), { eventName, eventRegion: 'ap-tokyo' }),
    at(secondsAgo(3600), { eventName, eventRegion: 'ap-tokyo' }),
    at(secondsAgo(3500), { eventName, eventRegion: 'ap-seoul' }),
  ]);
  const first = await preview({ q: `event:${eventName}`, condition: { kind: 'first', per: 'region' } });
  expect(first.json).toMatchObject({ alerts: 1, firings: [{ group: { value: 'ap-seoul' }, count: 1 }] });
  const each = await preview({
    q: `event:${eventName}`,
    condition: { kind: 'count', within: 60 },
    silence: 60,
  });
  expect(each.json).toMatchObject({
    count: 2,
    alerts: 1,
    firings: [{ count: 2 }],
    searched: { q: `event:${eventName}` },
  });
  const today = new Date().toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' }).toLowerCase();
  const yesterday = new Date(Date.now() - 86_400_000)
    .toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' })
    .toLowerCase();
  const schedule = { zone: 'UTC', days: [today, yesterday], outside: true };
  const outside = await preview({ q: `event:${eventName}`, schedule });
  expect(outside.json).toMatchObject({ count: 0, alerts: 0 });
  const absent = await preview({
    q: `event:${eventName}`,
    condition: { kind: 'absence', within: 20 * 86_400 },
  });
  expect(absent.json.firings).toMatchObject([{ count: 0 }]);
  expect(await preview({ q: 'product:cvm from:7d' })).toMatchObject({ status: 400, json: { at: 12 } });
  expect(
    (await worker.call('/v1/alarms')).json.alarms.filter(({ shipped }: { shipped: boolean }) => !shipped),
  ).toEqual([]);
});
