import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { PROBLEM_TYPE } from '../../../shared/api/problem-type.ts';
import { createClient, type FetchInit } from '../../../shared/api/client.ts';

interface Sent extends FetchInit {
  url: string;
}

/** A client whose requests are kept and all answered the same. */
function clientOf(status: number, text: string, headers: Record<string, string> = {}) {
  const sent: Sent[] = [];
  const client = createClient({
    url: 'https://audit.example.com',
    token: 't',
    fetch: async (url, init) => {
      sent.push({ url, ...init });
      return { status, headers: { get: (name) => headers[name] ?? null }, text: async () => text };
    },
  });
  return { sent, client };
}

test('a route becomes its method, path, id, parameters and token', async () => {
  const { sent, client } = clientOf(200, '{}');
  await client.call('GET /v1/events/{id}', { id: 'a/b?c' });
  await client.call('GET /v1/events', { query: { q: 'event:Run* "a&b"', limit: 5 } });
  await client.call('DELETE /v1/tokens/{id}', { id: '$&' });
  expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET https://audit.example.com/v1/events/a%2Fb%3Fc',
    'GET https://audit.example.com/v1/events?q=event%3ARun*%20%22a%26b%22&limit=5',
    'DELETE https://audit.example.com/v1/tokens/%24%26',
  ]);
  expect(sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer t', 'Bearer t', 'Bearer t']);
});

test('a body is sent as JSON, records as what they are', async () => {
  const { sent, client } = clientOf(200, '{}');
  await client.call('POST /v1/teams', { body: { name: 'Web' } });
  const records = { mediaType: 'application/x-ndjson', gzip: true, content: 'zipped' } as const;
  await client.call('POST /v1/events', { query: { source: 'files' }, records });
  expect(sent[0]).toMatchObject({ headers: { 'content-type': 'application/json' }, body: '{"name":"Web"}' });
  expect(sent[1]).toMatchObject({
    url: 'https://audit.example.com/v1/events?source=files',
    headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
    body: 'zipped',
  });
});

test('what does not go with a route does not compile', async () => {
  const { sent, client } = clientOf(200, '{}');
  // @ts-expect-error -- the cursor is needed
  await client.call('GET /v1/changes', {});
  // @ts-expect-error -- there is no such parameter
  await client.call('GET /v1/events', { query: { limits: 5 } });
  // @ts-expect-error -- a list has no id
  await client.call('GET /v1/teams', { id: 'web' });
  // @ts-expect-error -- a stream is not read whole
  await client.call('GET /v1/events/export', {});
  expect(sent).toHaveLength(4);
});

test('an answer comes with its ETag, and one that still holds is told', async () => {
  const query = { after: 'c' };
  const fresh = clientOf(200, '{"changes":[]}', { etag: '"7"' });
  expect(await fresh.client.call('GET /v1/changes', { query })).toEqual({
    kind: 'answer',
    body: { changes: [] },
    etag: '"7"',
  });
  const same = clientOf(304, '');
  expect(await same.client.call('GET /v1/changes', { query, etag: '"7"' })).toEqual({
    kind: 'unchanged',
    marks: {},
  });
  expect(same.sent[0]?.headers['if-none-match']).toBe('"7"');
});

test('where nothing changed it is told how far what is read is by now', async () => {
  const seenTo = '2026-11-22T06:03:00.000Z';
  const { client } = clientOf(304, '', { 'sidetrail-seen-to': seenTo });
  expect(await client.call('GET /v1/changes', { query: { after: 'c' }, etag: '"7"' })).toEqual({
    kind: 'unchanged',
    marks: { seenTo },
  });
});

test('nothing to say is null', async () => {
  const { client } = clientOf(204, '');
  expect(await client.call('DELETE /v1/teams/{id}', { id: 'web' })).toEqual({ kind: 'answer', body: null });
});

test('integers past 2^53 stay what they are', async () => {
  const { client } = clientOf(200, '{"record":{"RoleId":4611686018429146108}}');
  expect(JSON.stringify(await client.call('GET /v1/events/{id}', { id: 'x' }))).toContain(
    '"RoleId":4611686018429146108',
  );
});

test('a problem is told by its kind, with the pause that the server asks for', async () => {
  const problem = {
    type: 'urn:sidetrail:problem:query',
    title: 'The query cannot be read',
    status: 400,
    detail: 'There is no key foo',
    at: 0,
    length: 3,
  };
  const { client } = clientOf(400, JSON.stringify(problem), { 'retry-after': '7' });
  const called = await client.call('GET /v1/events', { query: { q: 'foo:1' } });
  expect(called).toEqual({ kind: 'problem', problem, wait: 7000 });
  const at = called.kind === 'problem' && called.problem.type === `${PROBLEM_TYPE}query` && called.problem.at;
  expect(at).toBe(0);
});

test.each([
  [502, '<html>Bad gateway</html>'],
  [503, '{}'],
  [403, '{"type":"about:blank"}'],
  [200, '<html>Sign in</html>'],
  [200, ''],
])('what is not this API is foreign: %i %s', async (status, text) => {
  const { client } = clientOf(status, text);
  expect(await client.call('GET /v1/me', {})).toEqual({ kind: 'foreign', status });
});

test('where nothing answers, the error is a value', async () => {
  const error = new TypeError('fetch failed');
  const fetch = () => Promise.reject(error);
  const client = createClient({ url: 'https://audit.example.com', token: 't', fetch });
  expect(await client.call('GET /v1/me', {})).toEqual({ kind: 'unreachable', error });
});

/** What a file imports to run, types left out, and all that those import. */
function loaded(path: string, seen = new Set<string>()): Set<string> {
  const text = readFileSync(path, 'utf8');
  for (const [, target = ''] of text.matchAll(/^import (?!type )[^;]*from '([^']+)'/gm)) {
    const file = target.startsWith('.') ? join(dirname(path), target) : target;
    if (seen.has(file)) continue;
    seen.add(file);
    if (target.startsWith('.')) loaded(file, seen);
  }
  return seen;
}

test('the client brings no schema along', () => {
  expect([...loaded('shared/api/client.ts')]).toEqual([
    'shared/event/json.ts',
    'shared/api/mark-headers.ts',
    'shared/api/problem-type.ts',
    'shared/api/route-name.ts',
  ]);
});
