import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaks, plantCanaries, type JsonObject } from '../support/canary.ts';
import { record, secondsAgo } from '../support/record.ts';
import { size } from '../support/size.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

/** Every canary begins with it, and nothing else does. */
const CANARY = 'Canary';

const REQUEST_ID = '6b0f1f0e-0000-4000-8000-00000000cafe';

let worker: TestWorker;
let answers = '';
let lines: string[];

/** A second of its own for each seed: one has room for some thousands of events. */
function baseOf(seed: number): JsonObject {
  return record({ requestID: REQUEST_ID, eventTime: secondsAgo(60 + seed) });
}

beforeAll(async () => {
  worker = await startWorker();
  lines = Array.from({ length: size(1, 20) }, (_, seed) => plantCanaries(baseOf(seed), seed))
    .flat()
    .map((planted, i) => {
      const text = typeof planted.record === 'string' ? planted.record : JSON.stringify(planted.record);
      // Each an event of its own. Bare texts have several lines, which arrive as pieces without each other.
      return text.replaceAll(REQUEST_ID, `canary-case-${i}`);
    });
  for (let at = 0; at < lines.length; at += 500) {
    answers += (await worker.send(lines.slice(at, at + 500), { source: 'api' })).text;
  }
  // The same again from elsewhere: merging must not bring anything back.
  for (let at = 0; at < lines.length; at += 500) {
    answers += (await worker.send(lines.slice(at, at + 500), { source: 'push' })).text;
  }
}, 300_000);

afterAll(async () => {
  await worker?.close();
});

test('the canaries went in: most as events, the cut ones as dead letters', async () => {
  const status = (await worker.call('/v1/status')).json;
  expect(lines.filter((line) => line.includes(CANARY)).length).toBeGreaterThan(1000);
  expect(status.events).toBeGreaterThan(lines.length / 3);
  expect(status.deadLetters).toBeGreaterThan(100);
});

test('no secret can be read in the database', async () => {
  const { results: tables } = await worker.db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'event_fts%' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'`,
    )
    .all();
  expect(tables.length).toBeGreaterThan(6);
  for (const { name } of tables) {
    const { results } = await worker.db.prepare(`SELECT * FROM "${String(name)}"`).all();
    expect(leaks(JSON.stringify(results), CANARY), String(name)).toBe(false);
  }
  // Names are indexed folded.
  const { results } = await worker.db.prepare(`SELECT names, facts FROM event`).all();
  expect(JSON.stringify(results)).not.toContain(CANARY.toLowerCase() + 'C');
});

test('no secret can be read in any answer, in R2 or in the log', async () => {
  for (let cursor = ''; cursor !== 'null';) {
    const page = await worker.call(`/v1/events?limit=1000${cursor && `&cursor=${cursor}`}`);
    answers += page.text;
    for (const { id } of page.json.events) answers += (await worker.call(`/v1/events/${id}`)).text;
    cursor = String(page.json.next);
  }
  for (let before = ''; before !== 'null';) {
    const page = await worker.call(`/v1/dead-letters?limit=1000${before && `&before=${before}`}`);
    answers += page.text;
    before = String(page.json.next);
  }
  answers += (await worker.call(`/v1/changes?after=${(await worker.call('/v1/me')).json.cursor}`)).text;
  for (const { key } of (await worker.objects.list()).objects)
    answers += await (await worker.objects.get(key))?.text();
  expect(answers.length).toBeGreaterThan(1_000_000);
  expect(leaks(answers, CANARY)).toBe(false);
  expect(leaks(JSON.stringify(worker.harness.getLogs()), CANARY)).toBe(false);
});
