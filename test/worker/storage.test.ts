import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Coverage } from '../../shared/api/coverage.ts';
import type { Piece } from '../../shared/event/split.ts';
import { takeIn, type Intake } from '../../worker/ingest/intake.ts';
import { STEP, STEPS, levelOf, shorten } from '../../worker/ingest/storage.ts';
import { loadClassification } from '../../worker/store/classification.ts';
import { openStore, type Store } from '../../worker/store/meter.ts';
import { loadRoom } from '../../worker/store/room.ts';
import { expectAgreement } from '../support/counted.ts';
import { by, record, records, secondsAgo } from '../support/record.ts';
import { size } from '../support/size.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const B = '1250000002';
const DAY = 86_400;

let worker: TestWorker | undefined;

beforeEach(() => {
  worker = undefined;
});

afterEach(async () => {
  await worker?.close();
});

async function start(vars: Record<string, string> = {}): Promise<TestWorker> {
  return (worker = await startWorker(vars));
}

const READ = { actionType: 'Read', eventName: 'DescribeInstances' };

/** Reads and writes of two accounts, `count` a day over some days, the first of them `from` days ago. */
function traffic({ days, count, from }: { days: number; count: number; from: number }) {
  return Array.from({ length: days }, (_, day) =>
    records(count, (i) => ({
      requestID: `${from}-${day}-${i}`,
      eventTime: secondsAgo((from - day) * DAY) - i,
      ...by('100000000011', i % 4 < 2 ? A : B),
      ...(i % 2 === 0 ? READ : {}),
    })),
  ).flat();
}

async function counted(on: TestWorker): Promise<{ reads: number; writes: number; oldestRead: number }> {
  const { events } = (await on.call('/v1/events?limit=1000')).json;
  const reads = events.filter(({ action }: { action: string }) => action === 'read');
  return {
    reads: reads.length,
    writes: events.length - reads.length,
    oldestRead: Math.min(...reads.map(({ time }: { time: string }) => Date.parse(time))) / 1000,
  };
}

/** A store whose database has such a part of what it may have. */
async function storeAt(on: TestWorker, part: number): Promise<Store> {
  const { storage } = (await on.call('/v1/status')).json;
  return openStore(on.db, `${Math.floor(storage.bytes / part)}`);
}

test.each([
  [0, 'ample'],
  [69, 'ample'],
  [70, 'ok'],
  [79, 'ok'],
  [80, 'short'],
  [94, 'short'],
  [95, 'full'],
  [120, 'full'],
] as const)('a database that has %i of 100 bytes: %s', (bytes, level) => {
  expect(levelOf({ bytes, limit: 100 })).toBe(level);
});

test('from four fifths on the oldest reads go, day by day, and writes and columns stay whole', async () => {
  const on = await start();
  await on.send(traffic({ days: 8, count: 60, from: 9 }), { source: 'api' });
  await on.tick(new Date());
  const before = await counted(on);
  const { json: me } = await on.call('/v1/me');
  // So little more than four fifths that some days are enough.
  await shorten(await storeAt(on, 0.801), Date.now());
  const { since } = await loadRoom(openStore(on.db));
  const after = await counted(on);
  expect(since % DAY).toBe(0);
  expect(after.writes).toBe(before.writes);
  expect(after.reads).toBeLessThan(before.reads);
  expect(after.reads).toBeGreaterThan(0);
  expect(after.oldestRead).toBeGreaterThanOrEqual(since);
  await expectAgreement(on);
  await expectAgreement(on, 'action:read');
  const status = (await on.call('/v1/status')).json;
  expect(status.events).toBe(after.reads + after.writes);
  // What followers have of them is to go too.
  expect((await on.call(`/v1/changes?after=${me.cursor}`)).json.reset).toBe(true);
});

test('the reads of the last two days stay, however full it is', async () => {
  const on = await start();
  await on.send(traffic({ days: 6, count: 20, from: 5 }), { source: 'api' });
  await on.tick(new Date());
  const store = await storeAt(on, 1.5);
  for (let i = 0; i < 3; i += 1) await shorten(store, Date.now());
  const today = Math.floor(Date.now() / 1000 / DAY) * DAY;
  const { reads, oldestRead } = await counted(on);
  expect(reads).toBeGreaterThan(0);
  expect(oldestRead).toBeGreaterThanOrEqual(today - 2 * DAY);
  expect(await loadRoom(store)).toMatchObject({ since: today - 2 * DAY, told: today - 2 * DAY });
  await expectAgreement(on);
});

test('one tick removes a bounded number of reads, and the next goes on', async () => {
  const on = await start();
  const steps = size(2, STEPS);
  for (let part = 0; part <= steps; part += 1) {
    const some = records(STEP, (i) => ({
      ...READ,
      requestID: `${part}-${i}`,
      eventTime: secondsAgo(20 * DAY) - i,
    }));
    await on.send(some, { source: 'api' });
  }
  for (let i = 0; i < 3; i += 1) await on.tick(new Date());
  const store = await storeAt(on, 1.5);
  const left = async (): Promise<number | null> =>
    await on.db.prepare('SELECT count(*) AS n FROM event').first<number>('n');
  await shorten(store, Date.now(), steps);
  expect(await left()).toBe(STEP);
  await shorten(store, Date.now(), steps);
  expect(await left()).toBe(0);
});

function read(requestID: string, seconds: number) {
  return record({ ...READ, requestID, eventTime: secondsAgo(seconds) });
}

/** The gap that one read leaves which is not stored. */
function gap(from: number): object {
  const [starts, ends] = [from, from + 1].map((seconds) => new Date(seconds * 1000).toISOString());
  return { from: starts, to: ends, reason: 'storage' };
}

/** What a database has that holds these events. */
async function bytesOf(sent: Parameters<TestWorker['send']>[0]): Promise<number> {
  const on = await startWorker();
  await on.send(sent, { source: 'api' });
  const { bytes } = (await on.call('/v1/status')).json.storage;
  await on.close();
  return bytes;
}

test('shortly before the end reads are left out by every door and told as a gap, writes go on', async () => {
  const sent = traffic({ days: 2, count: 40, from: 2 });
  const on = await start({ SIDETRAIL_MAX_DATABASE: `${Math.floor((await bytesOf(sent)) / 0.96)}` });
  await on.send(sent, { source: 'api' });
  const before = await counted(on);
  const { storage, warnings } = (await on.call('/v1/status')).json;
  expect(storage).toMatchObject({ level: 'full', readsSince: null });
  expect(warnings.map(({ kind }: { kind: string }) => kind)).toContain('storage');

  const time = secondsAgo(300);
  const write = record({ requestID: 'new-write', eventTime: time + 1 });
  const reply = await on.send([write, read('new-read', 300), sent[0]], { source: 'push' });
  expect(reply.json).toMatchObject({ accepted: 1, duplicate: 1, refusedTotal: 1 });
  expect(reply.json.refused).toEqual([{ at: 2, reason: 'reads are not stored: the database is full' }]);
  expect(await counted(on)).toMatchObject({ reads: before.reads, writes: before.writes + 1 });

  const token = (await on.call('/v1/tokens', { method: 'POST', json: { source: 'eventbridge', account: A } }))
    .json.token;
  const later = read('later', 240);
  const delivered = await on.call('/v1/eventbridge', {
    method: 'POST',
    token,
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ specversion: '1.0', time: (time + 60) * 1000, data: later }),
  });
  expect(delivered.json.refusedTotal).toBe(1);

  const gapsOf = async (): Promise<Record<string, unknown>> => {
    const { sources } = (await on.call('/v1/events?limit=1')).json.coverage;
    return Object.fromEntries(
      sources.map(({ source, account, gaps }: Coverage) => [`${source}/${account}`, gaps]),
    );
  };
  expect(await gapsOf()).toMatchObject({
    [`push/${A}`]: [gap(time)],
    [`eventbridge/${A}`]: [gap(time + 60)],
    [`api/${A}`]: [],
  });
});

test('with room again reads are stored again, and a later gap is another one', async () => {
  const on = await start({ SIDETRAIL_MAX_DATABASE: '1000' });
  expect((await on.send([read('lost', 3000)])).json.refusedTotal).toBe(1);
  const open = async (): Promise<number | null> =>
    await on.db.prepare('SELECT count(*) AS n FROM gap WHERE closed IS NULL').first<number>('n');
  expect(await open()).toBe(1);
  await shorten(await storeAt(on, 0.5), Date.now());
  expect(await open()).toBe(0);
  expect((await on.send([read('lost too', 1000)])).json.refusedTotal).toBe(1);
  expect((await on.call('/v1/status')).json.coverage.sources[0].gaps).toHaveLength(2);
});

test('reads that were removed for want of room do not come in again until there is ample room', async () => {
  const on = await start();
  const sent = traffic({ days: 8, count: 40, from: 9 });
  await on.send(sent, { source: 'api' });
  await on.tick(new Date());
  await shorten(await storeAt(on, 0.801), Date.now());
  const { readsSince, bytes } = (await on.call('/v1/status')).json.storage;
  expect(readsSince).not.toBeNull();
  expect((await on.call('/v1/events?limit=1')).json.coverage.sources[0].readsSince).toBe(readsSince);

  const classified = await loadClassification(openStore(on.db));
  const again = (part: number): Promise<Intake> =>
    takeIn(piecesOf(sent), {
      store: { ...openStore(on.db), size: { bytes, limit: bytes / part } },
      objects: on.objects,
      classifier: classified.classifier,
      source: 'api',
      now: Date.now(),
      received: new Date().toISOString(),
      writable: '*',
      retention: () => 90,
    });
  const kept = await counted(on);
  const refused = await again(0.75);
  expect(refused).toMatchObject({ accepted: 0, duplicate: kept.reads + kept.writes });
  expect(refused.refused[0]?.reason).toBe(
    `reads before ${readsSince} are not kept: the database is nearly full`,
  );
  expect(await counted(on)).toEqual(kept);

  await shorten(await storeAt(on, 0.5), Date.now());
  expect((await on.call('/v1/status')).json.storage.readsSince).toBeNull();
  const back = await again(0.5);
  expect(back.accepted).toBe(sent.length - kept.reads - kept.writes);
});

async function* piecesOf(sent: readonly unknown[]): AsyncGenerator<Piece[]> {
  yield sent.map((each, i) => ({ ok: true, text: JSON.stringify(each), line: i + 1 }));
}
