import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readArrived, type Arrived } from '../../worker/store/arrived.ts';
import { openStore } from '../../worker/store/meter.ts';
import { provideHex } from '../bench/hex.ts';
import { record, records } from '../support/record.ts';
import { settle } from '../support/reflag.ts';
import { empty } from '../support/tracks.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

provideHex();

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.close();
});

/** The log as a test finds it: empty, but for the number that it came to. */
let begin = 0;
beforeEach(async () => {
  await empty(worker);
  begin = (await read(0)).last;
});

function read(after: number, limit = 1000): Promise<Arrived> {
  return readArrived(openStore(worker.db), { after, limit });
}

/** Everything from a number on, a read after the other. */
async function readAll(limit: number): Promise<Arrived['events']> {
  const all: Arrived['events'] = [];
  for (let after = begin; ;) {
    const { events, through, last } = await read(after, limit);
    all.push(...events);
    if (through === last) return all;
    expect(through).toBeGreaterThan(after);
    after = through;
  }
}

/** 30,000 characters that no compression makes much shorter. */
function noise(): string {
  return randomBytes(22_500).toString('base64');
}

const POOR = { sourceIPAddress: '', tags: [] };

// First: the log's numbers begin anew by it.
test('an empty log has nothing', async () => {
  await worker.db.prepare('DELETE FROM change').run();
  expect(await read(0)).toEqual({ events: [], through: 0, last: 0 });
});

test('each event is told once, whatever is read at once, and nothing after that', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i += 1) {
    await worker.send(records(7, (n) => ({ requestID: `batch-${i}-${n}` })));
  }
  for (const limit of [1, 10, 1000]) {
    const all = await readAll(limit);
    expect(all).toHaveLength(35);
    expect(all.every(({ revised, length }) => !revised && length !== undefined)).toBe(true);
    ids.push(all.map(({ summary }) => summary.id).join());
  }
  expect(new Set(ids).size).toBe(1);
  const { last } = await read(begin);
  expect(await read(last)).toEqual({ events: [], through: last, last });
});

test('an event that an arrival changed is told again, as one that was there; a mere repeat is not', async () => {
  await worker.send([record(POOR), record({ requestID: 'other' })], { source: 'push' });
  const { last: before } = await read(begin);
  await worker.send([record(POOR)], { source: 'push' });
  expect((await read(before)).events).toEqual([]);
  await worker.send([record(), record({ requestID: 'new' })], { source: 'api' });
  const again = await read(before);
  expect(again.events.map(({ summary, revised }) => [summary.requestId, revised])).toEqual(
    expect.arrayContaining([
      [record()['requestID'], true],
      ['new', false],
    ]),
  );
  expect(again.events).toHaveLength(2);
  const whole = await read(begin);
  expect(whole.events).toHaveLength(3);
  expect(whole.events.find(({ summary }) => summary.requestId === record()['requestID'])).toMatchObject({
    revised: false,
    summary: { ip: '203.0.113.5' },
  });
});

test('that rules changed tells no event again, and those that came before are told as they are now', async () => {
  await settle(worker);
  await worker.send([record()]);
  const { last: before } = await read(begin);
  const json = { id: 'mine', name: 'mine', query: 'event:RunInstances' };
  expect((await worker.call('/v1/rules', { method: 'POST', json })).status).toBe(201);
  await settle(worker);
  const after = await read(before);
  expect(after.last).toBeGreaterThan(before);
  expect(after).toMatchObject({ events: [], through: after.last });
  expect((await read(begin)).events).toMatchObject([{ revised: false, summary: { sensitive: ['mine'] } }]);
});

test('an event that is gone is not told', async () => {
  await worker.send([record(), record({ requestID: 'stays' })]);
  await worker.db.prepare(`DELETE FROM event WHERE id = (SELECT max(id) FROM event)`).run();
  expect((await read(begin)).events).toHaveLength(1);
});

test('long records are not read with the log, and many short ones only as far as memory goes', async () => {
  await worker.send([record({ requestParameters: JSON.stringify({ text: 'x'.repeat(40_000) }) })]);
  expect((await read(begin)).events[0]).not.toHaveProperty('length');
  for (let i = 0; i < 3; i += 1) {
    await worker.send(
      records(150, (n) => ({
        requestID: `long-${i}-${n}`,
        requestParameters: JSON.stringify({ text: noise() }),
      })),
    );
  }
  const first = await read(begin, 10_000);
  expect(first.through).toBeLessThan(first.last);
  expect(await readAll(10_000)).toHaveLength(451);
});
