import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../worker/store/meter.ts';
import { dueTracks } from '../../worker/store/deliveries.ts';
import { record, records, secondsAgo } from '../support/record.ts';
import { size } from '../support/size.ts';
import { startTarget, type HttpTarget } from '../support/target.ts';
import {
  addTrack,
  bucketOf,
  deliveriesOf,
  empty,
  objectsOf,
  plainTrack,
  requestsIn,
  trackOf,
} from '../support/tracks.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const DAY = 86_400;

let worker: TestWorker;
let bucket: R2Bucket;
let target: HttpTarget;
beforeAll(async () => {
  target = await startTarget({ seed: 7 });
  worker = await startWorker({ SIDETRAIL_ALLOW_PRIVATE: target.host });
  bucket = await bucketOf(worker);
});
afterAll(async () => {
  await worker?.close();
  await target?.close();
});

/** Seconds that the clock of the ticks is ahead. */
let ahead = 0;
beforeEach(async () => {
  await empty(worker);
  ahead = 0;
  target.strike(0);
  target.answer({ status: 200 });
  target.next.length = 0;
  target.received.length = 0;
});

function tick(secondsLater = 0): Promise<void> {
  ahead += secondsLater;
  return worker.tick(new Date(Date.now() + ahead * 1000));
}

function hook(id: string, changes: object = {}): Record<string, unknown> {
  return plainTrack(id, {
    target: { type: 'webhook', url: `${target.url}/${id}`, secret: SECRET },
    ...changes,
  });
}

function change(id: string, json: unknown): Promise<unknown> {
  return worker.call(`/v1/tracks/${id}`, { method: 'PATCH', json });
}

/** What a webhook took, by the key of each request; a repeat takes the place of what it repeats. */
function takenBy(id: string): Map<string, string[]> {
  const taken = target.received.filter((request) => request.url === `/${id}` && request.taken);
  return new Map(
    taken.map(({ headers, body }) => {
      const events: { data: { requestID: string } }[] = JSON.parse(body);
      return [headers['idempotency-key'] ?? '', events.map(({ data }) => data.requestID)];
    }),
  );
}

function requestsTakenBy(id: string): string[] {
  return [...takenBy(id).values()].flat().toSorted();
}

const numbered = (prefix: string) => (i: number) => ({ requestID: `${prefix}-${i}` });

function ids(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}-${i}`).toSorted();
}

test('each target ends with exactly its events, whatever fails and is interrupted on the way', async () => {
  const count = size(3_000, 100_000);
  await addTrack(worker, plainTrack('everything'));
  await addTrack(worker, hook('odd', { q: 'event:Odd*' }));
  await addTrack(worker, hook('even', { q: '-event:Odd*' }));
  target.strike(
    0.1,
    { does: 'answer', status: 503 },
    { does: 'answer', status: 403 },
    { does: 'drop' },
    { does: 'redirect', to: `${target.url}/elsewhere` },
  );
  const all = records(count, (i) => ({
    ...numbered('n')(i),
    eventName: i % 2 === 1 ? 'OddThing' : 'EvenThing',
    eventTime: secondsAgo(60 + (i % 9000)),
  }));
  for (let sent = 0; sent < count; sent += 250) {
    const batch = all.slice(sent, sent + 250);
    // Two that send the same at once, and one that ticks.
    await Promise.all([worker.send(batch), worker.send(batch.toReversed()), tick(60)]);
    if (sent % 1000 === 0) await dieWhileAtWork();
  }
  // What died holds things up for a minute.
  await tick(120);
  for (let i = 0; i < 200 && (await backlog()) > 0; i += 1) await tick(600);
  expect(await backlog()).toBe(0);
  const odd = ids('n', count).filter((id) => Number(id.slice(2)) % 2 === 1);
  expect(await requestsIn(bucket, 'everything')).toEqual(ids('n', count));
  expect(requestsTakenBy('odd')).toEqual(odd);
  expect(requestsTakenBy('even')).toHaveLength(count - odd.length);
  expect(new Set(requestsTakenBy('even')).size).toBe(count - odd.length);
  expect(target.received.some(({ url }) => url === '/elsewhere')).toBe(false);
}, 3_600_000);

/** Leaves what a Worker leaves that is killed: leases nobody gives back, and something sent that is not written down. */
async function dieWhileAtWork(): Promise<void> {
  const until = Date.now() + ahead * 1000 + 60_000;
  const held = ['tracks', 'deliver 1', 'deliver 2'];
  await worker.db.batch([
    ...held.map((name) =>
      worker.db
        .prepare(`INSERT OR REPLACE INTO lease (name, holder, until) VALUES (?1, 'dead', ?2)`)
        .bind(name, until),
    ),
    worker.db.prepare(
      `UPDATE delivery SET state = 'pending' WHERE number IN (
         SELECT number FROM delivery WHERE state = 'delivered' ORDER BY random() LIMIT 3)`,
    ),
  ]);
}

async function backlog(): Promise<number> {
  const { json } = await worker.call('/v1/tracks');
  const sets: { backlog: number }[] = json.tracks;
  return sets.reduce((sum, set) => sum + set.backlog, 0);
}

test('a target that fails is asked less and less often, others are not held up, and it gets all in the end', async () => {
  await addTrack(worker, hook('broken'));
  await addTrack(worker, plainTrack('well'));
  target.answer({ status: 503 });
  for (let i = 0; i < 5; i += 1) {
    await worker.send([record({ requestID: `n-${i}` })]);
    await tick(i === 0 ? 180 : 60);
  }
  expect(await requestsIn(bucket, 'well')).toEqual(ids('n', 5));
  expect(await trackOf(worker, 'broken')).toMatchObject({
    health: 'failing',
    backlog: 5,
    problem: { kind: 'server', status: 503 },
  });
  // Less than two hours in all: a message that comes by the real clock takes no longer delay for possible.
  for (let i = 0; i < 60; i += 1) await tick(60);
  // After half a minute, and then after twice as long each time.
  expect(target.received.length).toBeGreaterThan(5);
  expect(target.received.length).toBeLessThan(10);
  expect(new Set(target.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  target.answer({ status: 200 });
  await tick(3600);
  expect(requestsTakenBy('broken')).toEqual(ids('n', 5));
  const well = await trackOf(worker, 'broken');
  expect(well).toMatchObject({ health: 'ok', backlog: 0, lag: 0, dead: 0 });
  expect(well.problem).toBeUndefined();
}, 120_000);

test('sets that fail have their turn after those that do not, however long they wait', async () => {
  for (const id of ['broken', 'well', 'also well']) await addTrack(worker, hook(id.replace(' ', '-')));
  target.next.push({ does: 'answer', status: 503 }, { does: 'answer', status: 503 });
  await worker.call('/v1/tracks/well', { method: 'PATCH', json: { status: 'paused' } });
  await worker.call('/v1/tracks/also-well', { method: 'PATCH', json: { status: 'paused' } });
  await worker.send([record()]);
  await tick();
  await worker.call('/v1/tracks/well', { method: 'PATCH', json: { status: 'on' } });
  await worker.call('/v1/tracks/also-well', { method: 'PATCH', json: { status: 'on' } });
  const due = await dueTracks(openStore(worker.db), Date.now() + 3_600_000);
  expect(due.map(({ id }) => id)).toEqual(['well', 'also-well', 'broken']);
});

test('what a target refuses for what is in it holds up nothing else', async () => {
  await addTrack(worker, hook('picky'));
  target.next.push(...Array.from({ length: 2 }, () => ({ does: 'answer', status: 413 }) as const));
  await worker.send([record({ requestID: 'n-0' })]);
  await tick();
  await worker.send([record({ requestID: 'n-1' })]);
  for (let i = 0; i < 6; i += 1) await tick(60);
  expect(requestsTakenBy('picky')).toEqual(ids('n', 2));
});

test('after seven days a delivery is given up, says why, and can be had again', async () => {
  await addTrack(worker, hook('dead'));
  target.answer({ status: 403, body: 'no way' });
  await worker.send(records(3, numbered('n')));
  await tick();
  expect(await trackOf(worker, 'dead')).toMatchObject({ health: 'failing', problem: { kind: 'forbidden' } });
  for (let i = 0; i < 6; i += 1) await tick(DAY);
  await worker.send([record({ requestID: 'later' })]);
  await tick(60);
  expect(await trackOf(worker, 'dead')).toMatchObject({ dead: 0, backlog: 4 });
  await tick(DAY);
  expect(await trackOf(worker, 'dead')).toMatchObject({ dead: 1, backlog: 1 });
  const dead = (await deliveriesOf(worker, 'dead')).filter(({ state }) => state === 'dead');
  expect(dead).toMatchObject([{ count: 3, problem: { kind: 'forbidden', status: 403 } }]);
  target.answer({ status: 200 });
  const replayed = await worker.call('/v1/tracks/dead/replay', { method: 'POST' });
  expect(replayed.json).toEqual({ replayed: 1 });
  await tick(60);
  expect(requestsTakenBy('dead')).toEqual([...ids('n', 3), 'later'].toSorted());
  expect(await trackOf(worker, 'dead')).toMatchObject({ dead: 0, backlog: 0 });
}, 60_000);

test('that nothing ran for weeks gives nothing up', async () => {
  await addTrack(worker, hook('slept'));
  await worker.send(records(3, numbered('n')));
  target.answer({ status: 503 });
  await tick(20 * DAY);
  await tick(20 * DAY);
  await tick(60);
  target.answer({ status: 200 });
  await tick(120);
  expect(requestsTakenBy('slept')).toEqual(ids('n', 3));
});

test('a clock that jumped puts nothing off for long', async () => {
  await addTrack(worker, hook('jump'));
  target.answer({ status: 503 });
  await worker.send([record({ requestID: 'n-0' })]);
  await tick(60 * DAY);
  target.answer({ status: 200 });
  await tick(-60 * DAY);
  expect(requestsTakenBy('jump')).toEqual(ids('n', 1));
});

test('what was sent when the Worker ended is sent again under the same name', async () => {
  await addTrack(worker, plainTrack('again', { compress: true }));
  await worker.send(records(50, numbered('n')));
  await tick();
  const before = await objectsOf(bucket, 'again');
  await worker.db.prepare(`UPDATE delivery SET state = 'pending'`).run();
  await tick(60);
  const after = await objectsOf(bucket, 'again');
  expect(after.map(({ key, text }) => [key, text])).toEqual(before.map(({ key, text }) => [key, text]));
  expect((await deliveriesOf(worker, 'again'))[0]).toMatchObject({ state: 'delivered', attempts: 2 });
});

test('a set that is deleted while it delivers ends, and leaves no rows behind', async () => {
  await addTrack(worker, hook('going'));
  await addTrack(worker, plainTrack('staying'));
  target.next.push({ does: 'delay', ms: 1500 });
  await worker.send(records(20, (i) => ({ ...numbered('n')(i), eventTime: secondsAgo(60 + i * 3600) })));
  const ticking = tick();
  await expect.poll(() => target.received.length).toBe(1);
  expect((await worker.call('/v1/tracks/going', { method: 'DELETE' })).status).toBe(204);
  await ticking;
  expect(target.received.length).toBe(1);
  expect(await requestsIn(bucket, 'staying')).toEqual(ids('n', 20));
  await tick(60);
  await tick(60);
  const { results } = await worker.db.prepare(`SELECT DISTINCT track FROM delivery`).all();
  expect(results).toEqual([{ track: 2 }]);
  expect((await worker.call('/v1/tracks/going')).status).toBe(404);
  expect((await worker.call('/v1/tracks/going/deliveries')).status).toBe(404);
  const { json } = await worker.call('/v1/tracks/going/changes');
  expect(json.changes.map(({ kind }: { kind: string }) => kind)).toEqual(['deleted', 'created']);
});

test('a target that is changed gets what waits, at once', async () => {
  await addTrack(worker, hook('moved'));
  target.answer({ status: 410 });
  await worker.send(records(3, numbered('n')));
  await tick();
  expect(await trackOf(worker, 'moved')).toMatchObject({ health: 'failing', problem: { kind: 'gone' } });
  await change('moved', { target: { type: 'r2', prefix: 'moved' } });
  await tick();
  expect(await requestsIn(bucket, 'moved')).toEqual(ids('n', 3));
  expect(await trackOf(worker, 'moved')).toMatchObject({ health: 'ok', target: { type: 'r2' } });
});

test('a test delivery says what the target answered, and changes nothing else', async () => {
  await addTrack(worker, hook('tried'));
  const ask = () => worker.call('/v1/tracks/tried/test', { method: 'POST' });
  expect(await ask()).toMatchObject({ status: 200, json: { ok: true } });
  target.answer({ status: 403, body: 'not you' });
  expect((await ask()).json).toMatchObject({ ok: false, problem: { kind: 'forbidden', status: 403 } });
  expect(await trackOf(worker, 'tried')).toMatchObject({ health: 'ok', backlog: 0 });
  await addTrack(worker, plainTrack('kept'));
  const { json } = await worker.call('/v1/tracks/kept/test', { method: 'POST' });
  const [object] = await objectsOf(bucket, 'kept');
  expect(object?.key).toBe(`kept/${json.key}`);
  expect(object?.lines).toMatchObject([{ eventName: 'TestDelivery' }]);
});
