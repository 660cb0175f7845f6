import { afterAll, beforeAll, expect, test } from 'vitest';
import { by, record, records, secondsAgo } from '../support/record.ts';
import { startWorker, type Reply, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await startWorker();
  await worker.send(records(5), { source: 'api' });
});

afterAll(async () => {
  await worker?.close();
});

/** What is asked for again and again, with `from:7d` meaning another second each time. */
const POLLED = [
  '/v1/me',
  '/v1/status',
  '/v1/events?q=from:7d&limit=2',
  '/v1/timeline?q=from:7d',
  '/v1/facets?q=from:7d&limit=1&by=outcome',
  '/v1/operators?q=from:7d',
  '/v1/operators/100000000011?q=from:7d',
  '/v1/resources?q=from:7d',
];

function again(path: string, etag: string): Promise<Reply> {
  return worker.call(path, { headers: { 'if-none-match': etag } });
}

test.each(POLLED)('%s is not sent again to who has it', async (path) => {
  const first = await worker.call(path);
  const etag = first.headers.get('etag') ?? '';
  expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
  const second = await again(path, etag);
  expect([second.status, second.text, second.headers.get('etag')]).toEqual([304, '', etag]);
  expect(second.headers.get('cache-control')).toBe('no-store');
});

test('a tag is found among others, with or without the mark of a weak one', async () => {
  const etag = (await worker.call('/v1/status')).headers.get('etag') ?? '';
  for (const tags of [etag.replace('W/', ''), `"other", ${etag}`, `${etag},W/"other"`, '*']) {
    expect((await again('/v1/status', tags)).status, tags).toBe(304);
  }
  for (const tags of ['"other"', '', etag.slice(0, -2)]) {
    expect((await again('/v1/status', tags)).status, tags).toBe(200);
  }
});

test('the tag goes with what was asked and who asked, not with the route', async () => {
  const tags = await Promise.all(
    [
      '/v1/facets?by=outcome',
      '/v1/facets?by=event',
      '/v1/facets?q=from:7d',
      '/v1/facets?q=from:7d&tz=UTC',
    ].map(async (path) => (await worker.call(path)).headers.get('etag')),
  );
  expect(new Set(tags).size).toBe(tags.length);
});

test('whatever is in an answer makes another tag when it changes', async () => {
  const before = await Promise.all(
    POLLED.map(async (path) => (await worker.call(path)).headers.get('etag') ?? ''),
  );
  await worker.send([record({ requestID: 'another', eventTime: secondsAgo(1), ...by('100000000012') })], {
    source: 'api',
  });
  for (const [i, path] of POLLED.entries()) {
    expect((await again(path, before[i] ?? '')).status, path).toBe(200);
  }
});

test('a problem has no tag, and HEAD has that of GET', async () => {
  const { headers } = await worker.call('/v1/events?q=foo:1');
  expect(headers.get('etag')).toBeNull();
  const head = await worker.call('/v1/status', { method: 'HEAD' });
  expect(head.headers.get('etag')).toBe((await worker.call('/v1/status')).headers.get('etag'));
});
