import { expect, test } from 'vitest';
import { check, connect, readSaved, signOut, type Ports } from '../../../extension/background/connection.ts';
import { openStore, type Area } from '../../../extension/background/store.ts';
import type { FetchInit } from '../../../shared/api/client.ts';
import { ME } from '../../support/me.ts';

const TOKEN = 'st_abcdefghijklmnopqrstuvwxyz0123456789';

/** A browser with its storage, permissions and network in memory. */
function browser(
  answer: () => { status: number; body: string } = () => ({ status: 200, body: JSON.stringify(ME) }),
) {
  const items: Record<string, unknown> = {};
  const allowed = new Set<string>();
  const asked: { url: string; init: FetchInit }[] = [];
  let now = 1000;
  const area: Area = {
    get: async (key) => (key in items ? { [key]: items[key] } : {}),
    set: async (more) => void Object.assign(items, more),
    remove: async (key) => void delete items[key],
  };
  const ports: Ports = {
    store: openStore(area),
    now: () => (now += 40),
    isAllowed: async (pattern) => allowed.has(pattern),
    release: async (pattern) => void allowed.delete(pattern),
    fetch: async (url, init) => {
      asked.push({ url, init });
      const { status, body } = answer();
      return { status, headers: { get: () => null }, text: async () => body };
    },
  };
  return { ports, items, allowed, asked };
}

function problem(kind: string, status: number, more: object = {}) {
  return {
    status,
    body: JSON.stringify({ type: `urn:sidetrail:problem:${kind}`, title: '', detail: '', status, ...more }),
  };
}

test('what works is kept, and told without the token', async () => {
  const { ports, items, allowed, asked } = browser();
  allowed.add('https://audit.example.com/*');
  const outcome = await connect(ports, { address: 'https://audit.example.com', token: TOKEN });
  expect(outcome).toMatchObject({
    kind: 'connected',
    saved: { origin: 'https://audit.example.com', tokenHint: 'st_a…6789' },
    facts: { me: ME, at: 1080, took: 40 },
  });
  expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  expect(items).toEqual({ connection: { origin: 'https://audit.example.com', token: TOKEN } });
  expect(asked.map(({ url }) => url)).toEqual(['https://audit.example.com/v1/me']);
  expect(asked[0]?.init.headers).toMatchObject({ authorization: `Bearer ${TOKEN}` });
});

test('a short token shows nothing of itself', async () => {
  const { ports, allowed } = browser();
  allowed.add('https://audit.example.com/*');
  await connect(ports, { address: 'https://audit.example.com', token: 'short-token' });
  expect(await readSaved(ports)).toEqual({ origin: 'https://audit.example.com', tokenHint: '…' });
});

test.for([
  ['token-refused', problem('token', 401)],
  ['ingest-token', problem('role', 403)],
  ['not-configured', problem('not-configured', 503)],
  ['worker-failed', problem('internal', 500, { id: 'e-1' })],
  ['worker-failed', problem('method', 405)],
  ['foreign', { status: 401, body: 'Who are you?' }],
  ['foreign', { status: 200, body: '<!doctype html>' }],
  ['foreign', { status: 200, body: '{"hello":"world"}' }],
  ['foreign', { status: 200, body: 'null' }],
  ['foreign', { status: 0, body: '' }],
] as const)('%s: nothing is kept, and the permission is given back', async ([kind, answer]) => {
  const { ports, items, allowed } = browser(() => answer);
  allowed.add('https://audit.example.com/*');
  const outcome = await connect(ports, { address: 'https://audit.example.com', token: TOKEN });
  expect(outcome).toMatchObject({ kind: 'problem', problem: { kind } });
  expect(items).toEqual({});
  expect([...allowed]).toEqual([]);
});

test('nothing answers', async () => {
  const { ports, allowed } = browser(() => {
    throw new TypeError('Failed to fetch');
  });
  allowed.add('https://audit.example.com/*');
  expect(await connect(ports, { address: 'https://audit.example.com', token: TOKEN })).toEqual({
    kind: 'problem',
    problem: { kind: 'unreachable' },
  });
});

test.for([
  ['https://audit.example.com', TOKEN, 'permission'],
  ['http://audit.example.com', TOKEN, 'insecure'],
  ['no address', TOKEN, 'not-an-address'],
  ['https://audit.example.com', 'a token', 'not-a-token'],
] as const)('%s with %s is not called: %s', async ([address, token, kind]) => {
  const { ports, asked } = browser();
  expect(await connect(ports, { address, token })).toEqual({ kind: 'problem', problem: { kind } });
  expect(asked).toEqual([]);
});

test('a failed try leaves the connection that works, and its permission', async () => {
  let status = 200;
  const { ports, items, allowed } = browser(() =>
    status === 200 ? { status, body: JSON.stringify(ME) } : problem('token', 401),
  );
  allowed.add('https://audit.example.com/*').add('https://other.example.com/*');
  await connect(ports, { address: 'https://audit.example.com', token: TOKEN });
  status = 401;
  await connect(ports, { address: 'https://audit.example.com:8443', token: TOKEN });
  await connect(ports, { address: 'https://other.example.com', token: TOKEN });
  expect(items).toEqual({ connection: { origin: 'https://audit.example.com', token: TOKEN } });
  expect([...allowed]).toEqual(['https://audit.example.com/*']);
});

test('moving to another Worker gives the former permission back', async () => {
  const { ports, allowed } = browser();
  allowed.add('https://audit.example.com/*').add('https://other.example.com/*');
  await connect(ports, { address: 'https://audit.example.com', token: TOKEN });
  await connect(ports, { address: 'https://other.example.com', token: TOKEN });
  expect([...allowed]).toEqual(['https://other.example.com/*']);
  expect(await check(ports)).toMatchObject({
    kind: 'connected',
    saved: { origin: 'https://other.example.com' },
  });
});

test('signing out leaves neither token nor permission', async () => {
  const { ports, items, allowed } = browser();
  allowed.add('https://audit.example.com/*');
  await connect(ports, { address: 'https://audit.example.com', token: TOKEN });
  await signOut(ports);
  expect(items).toEqual({});
  expect([...allowed]).toEqual([]);
  expect(await check(ports)).toEqual({ kind: 'signed-out' });
  expect(await readSaved(ports)).toBeNull();
});

test('what the storage holds in another form is taken as absent', async () => {
  const { ports, items } = browser();
  Object.assign(items, { connection: { origin: 7 }, preferences: { language: 'tlh', theme: 'dark' } });
  expect(await readSaved(ports)).toBeNull();
  expect(await ports.store.preferences()).toEqual({ language: 'auto', theme: 'dark' });
});
