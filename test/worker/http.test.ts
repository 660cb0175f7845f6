import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;

beforeAll(async () => {
  worker = await startWorker();
  await worker.send([record()]);
});

afterAll(async () => {
  await worker?.close();
});

test('every answer carries security headers, and private ones are not stored', async () => {
  for (const path of [
    '/',
    '/health',
    '/style.css',
    '/e/x',
    '/r/ins-1',
    '/v1/me',
    '/v1/nowhere',
    '/v1/events?q=foo:1',
  ]) {
    const { headers } = await worker.call(path);
    expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('referrer-policy'), path).toBe('no-referrer');
    expect(headers.get('x-frame-options'), path).toBe('DENY');
    expect(headers.get('cache-control'), path).toMatch(
      path.startsWith('/v1') ? /^no-store$/ : /no-store|public/,
    );
  }
});

test('errors are problems with a type, a title, a status and a sentence', async () => {
  const cases: [string, string, number][] = [
    ['GET', '/nowhere', 404],
    ['GET', '/v1/events/nonsense', 404],
    ['DELETE', '/v1/events', 405],
    ['PUT', '/v1/me', 405],
    ['GET', '/v1/events?limit=0', 400],
    ['GET', '/v1/events?limit=1001', 400],
    ['GET', '/v1/events?limit=2&limit=3', 400],
    ['GET', '/v1/events?tz=Mars/Phobos', 400],
    ['GET', '/v1/events?cursor=x', 400],
    ['DELETE', '/v1/accounts/1250000001', 409],
    ['PATCH', '/v1/accounts/9', 415],
  ];
  for (const [method, path, status] of cases) {
    const reply = await worker.call(path, { method });
    expect(reply.headers.get('content-type'), path).toBe('application/problem+json');
    expect(reply.json, path).toMatchObject({
      status,
      type: expect.stringMatching(/^urn:sidetrail:problem:/),
    });
    expect(reply.json.title.length * reply.json.detail.length, path).toBeGreaterThan(0);
    expect(reply.status, path).toBe(status);
  }
});

test('405 lists what is allowed', async () => {
  expect((await worker.call('/v1/events', { method: 'DELETE' })).headers.get('allow')).toBe(
    'GET, HEAD, POST',
  );
  expect((await worker.call('/v1/members/x', { method: 'POST' })).headers.get('allow')).toBe(
    'GET, HEAD, PATCH, DELETE',
  );
});

test('a mistake in a query is shown where it is, with what may have been meant', async () => {
  const q = 'product:cvm outcome:fail';
  const { json } = await worker.call(`/v1/events?${new URLSearchParams({ q })}`);
  expect(json).toMatchObject({
    type: 'urn:sidetrail:problem:query',
    at: q.indexOf('fail'),
    suggestion: 'failed',
  });
  expect((await worker.call('/v1/events?q=evnt:x')).json).toMatchObject({ at: 0, suggestion: 'event' });
});

test('HEAD answers like GET, without a body', async () => {
  const head = await worker.call('/v1/events', { method: 'HEAD' });
  expect([head.status, head.text]).toEqual([200, '']);
});

test('an empty list says what there is and how fresh it is', async () => {
  const { json } = await worker.call('/v1/events?q=product:cos');
  expect(json).toMatchObject({ events: [], next: null });
  expect(json.coverage.sources[0]).toMatchObject({
    source: 'push',
    account: '1250000001',
    newest: expect.any(String),
  });
});

test('without its root secret the Worker answers nothing', async () => {
  for (const secret of ['', 'short']) {
    const bare = await startWorker({ SIDETRAIL_SECRET: secret });
    try {
      expect((await bare.call('/v1/me')).status).toBe(503);
      expect((await bare.call('/')).status).toBe(503);
    } finally {
      await bare.close();
    }
  }
});

test('deployed, demo data is refused', async () => {
  const deployed = await startWorker({ SIDETRAIL_LOCAL: '' });
  try {
    expect((await deployed.send([record()], { source: 'demo' })).status).toBe(400);
  } finally {
    await deployed.close();
  }
});
