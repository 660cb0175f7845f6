import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../support/installation.ts';
import { record, records } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const HOSTILE = ['=HYPERLINK("http://x")', '+1', '-2+3', '@SUM(A1)', '\t=1', ' =1', 'a"b,c', 'line\r\n=2'];

let worker: TestWorker;

beforeAll(async () => {
  worker = await startWorker();
  await worker.send(records(2500), { source: 'api' });
  await worker.send(
    HOSTILE.map((userName, i) =>
      record({
        requestID: `hostile-${i}`,
        eventName: 'Hostile',
        userIdentity: { type: 'CAMUser', principalId: '100000000012', accountId: '1250000001', userName },
        apiErrorCode: 'Bad',
        apiErrorMessage: userName,
      }),
    ),
  );
});

afterAll(async () => {
  await worker?.close();
});

function split(text: string): { body: string; last: string } {
  const at = text.trimEnd().lastIndexOf('\n') + 1;
  return { body: text.slice(0, at), last: text.slice(at).trimEnd() };
}

test('an export holds every event of the list in its order, and its trailer proves it whole', async () => {
  const reply = await worker.call('/v1/events/export?q=event:RunInstances');
  expect(reply.headers.get('content-type')).toBe('application/x-ndjson');
  const { body, last } = split(reply.text);
  const events = body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events).toHaveLength(2500);
  const sha256 = createHash('sha256').update(body).digest('hex');
  expect(JSON.parse(last)).toEqual({ trailer: { count: 2500, sha256, next: null } });
  const page = (await worker.call('/v1/events?q=event:RunInstances&limit=1000')).json.events;
  expect(events.slice(0, 1000)).toEqual(page);
});

test('an export goes on from the cursor of a list', async () => {
  const q = 'event:RunInstances';
  const { next } = (await worker.call(`/v1/events?q=${q}&limit=900`)).json;
  const { last } = split((await worker.call(`/v1/events/export?q=${q}&cursor=${next}`)).text);
  expect(JSON.parse(last).trailer.count).toBe(1600);
});

test('CSV opens in a spreadsheet without running anything', async () => {
  const reply = await worker.call('/v1/events/export?format=csv&q=event:Hostile');
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(reply.text.charCodeAt(0)).toBe(0xfeff);
  const { body, last } = split(reply.text);
  expect(last).toBe(`# ${HOSTILE.length} ${createHash('sha256').update(body).digest('hex')} -`);
  const rows = body.trimEnd().split('\r\n').slice(1);
  expect(rows).toHaveLength(HOSTILE.length);
  for (const row of rows) {
    const fields = row.slice(1, -1).split('","');
    expect(fields.filter((value) => /^\s*[=+\-@]/.test(value))).toEqual([]);
    expect(row).not.toMatch(/[\r\n\t]/);
  }
});

test('an export is in the scope of who asks, and says what is wrong like a list does', async () => {
  await worker.call('/v1/members', {
    method: 'POST',
    json: {
      id: 'mia',
      name: 'Mia',
      accounts: ['1250000001'],
      operators: [{ account: '1250000001', id: '100000000012' }],
    },
  });
  const { token } = (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'mia' } })).json;
  const { last } = split((await worker.call('/v1/events/export', { token })).text);
  expect(JSON.parse(last).trailer.count).toBe(HOSTILE.length);
  expect((await worker.call('/v1/events/export?q=foo:1')).status).toBe(400);
  expect((await worker.call('/v1/events/export?format=xml')).status).toBe(400);
  expect((await worker.call('/v1/events/export', { token: null })).status).toBe(401);
});

test('an export that fails on the way breaks off without a trailer, and the log says why', async () => {
  const broken = await startWorker();
  try {
    await broken.db.prepare(`DROP TABLE event_fts`).run();
    broken.harness.clearLogs();
    const text = await broken.call('/v1/events/export').then(
      (reply) => reply.text,
      () => '',
    );
    expect(text).not.toContain('trailer');
    await until(() => JSON.stringify(broken.harness.getLogs()).includes('no such table: event_fts'));
  } finally {
    await broken.close();
  }
});

test('an export without any event is still whole', async () => {
  const { text } = await worker.call('/v1/events/export?q=product:none');
  expect(JSON.parse(text)).toMatchObject({ trailer: { count: 0, next: null } });
});
