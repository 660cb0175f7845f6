import { expect, test } from 'vitest';
import type { Backend } from '../../../extension/panel/options/backend.ts';
import { createOptions } from '../../../extension/panel/options/model.ts';
import type { CacheSize } from '../../../extension/protocol/messages.ts';
import type { Outcome } from '../../../extension/protocol/connection.ts';
import { ME } from '../../support/me.ts';

const SAVED = { origin: 'https://audit.example.com', tokenHint: 'st_a…6789' };
const CONNECTED: Outcome = {
  kind: 'connected',
  saved: SAVED,
  facts: {
    me: ME,
    at: 0,
    took: 1,
  },
};

/** The page's model over a backend that works, but for what a test wants different; `calls` is what was asked of it. */
function page(changes: Partial<Backend> = {}) {
  const calls: string[] = [];
  const backend: Backend = {
    saved: async () => null,
    check: async () => CONNECTED,
    allow: async (pattern) => calls.push(`allow ${pattern}`) > 0,
    connect: async ({ address, token }) => {
      calls.push(`connect ${address} ${token}`);
      return CONNECTED;
    },
    signOut: async () => {
      calls.push('sign out');
      return null;
    },
    cache: async () => ({ events: 12_345, from: 1_792_800_000 }),
    preferences: async () => ({ language: 'auto', theme: 'auto' }),
    setPreferences: async ({ language, theme }) => {
      calls.push(`prefer ${language} ${theme}`);
      return null;
    },
    ...changes,
  };
  return { options: createOptions(backend), calls };
}

function enter({ form }: ReturnType<typeof createOptions>, address: string, token: string): void {
  form.address.value = address;
  form.token.value = token;
}

test('without a connection the page asks for one', async () => {
  const { options } = page();
  expect(options.standing.value.kind).toBe('loading');
  await options.load();
  expect(options.standing.value.kind).toBe('signed-out');
});

test('with a connection the page shows it at once, then what the Worker says', async () => {
  const seen: string[] = [];
  const { options } = page({ saved: async () => SAVED });
  options.standing.subscribe(({ kind }) => seen.push(kind));
  await options.load();
  expect(new Set(seen)).toEqual(new Set(['loading', 'checking', 'connected']));
});

test('connecting asks for the permission of that address alone, in the click itself, and clears the form', async () => {
  const { options, calls } = page();
  await options.load();
  enter(options, 'audit.example.com/docs', ' st_token \n');
  const connecting = options.connect();
  expect(calls).toEqual(['allow https://audit.example.com/*']);
  expect(options.form.busy.value).toBe(true);
  await connecting;
  expect(calls.at(-1)).toBe('connect https://audit.example.com st_token');
  expect(options.standing.value).toEqual(CONNECTED);
  expect([options.form.busy.value, options.form.token.value]).toEqual([false, '']);
});

test.for([
  ['', 'st_token', 'no-address'],
  ['a b', 'st_token', 'not-an-address'],
  ['http://audit.example.com', 'st_token', 'insecure'],
  ['https://audit.example.com', '  ', 'no-token'],
  ['https://audit.example.com', 'st token', 'not-a-token'],
] as const)('"%s" with "%s" asks nobody: %s', async ([address, token, kind]) => {
  const { options, calls } = page();
  await options.load();
  enter(options, address, token);
  await options.connect();
  expect(options.form.problem.value).toEqual({ kind });
  expect(calls).toEqual([]);
});

test('a user who says no is told what to do, and nothing is sent', async () => {
  const { options, calls } = page({ allow: async () => false });
  await options.load();
  enter(options, 'https://audit.example.com', 'st_token');
  await options.connect();
  expect(options.form.problem.value).toEqual({ kind: 'permission' });
  expect([options.form.busy.value, options.form.token.value, calls]).toEqual([false, 'st_token', []]);
});

test.for<Partial<Backend>>([
  { allow: () => Promise.reject(new Error('no gesture')) },
  { connect: () => Promise.reject(new Error('no background')) },
])('what should not fail and does is told as the extension’s own fault', async (changes) => {
  const { options } = page(changes);
  await options.load();
  enter(options, 'https://audit.example.com', 'st_token');
  await options.connect();
  expect(options.form.problem.value).toEqual({ kind: 'extension-failed' });
  expect(options.form.busy.value).toBe(false);
});

test('a second click while the first is under way does nothing', async () => {
  const { options, calls } = page();
  await options.load();
  enter(options, 'https://audit.example.com', 'st_token');
  await Promise.all([options.connect(), options.connect()]);
  expect(calls).toHaveLength(2);
});

test('a connection that does not work any more is kept and told; a lost permission is asked for again', async () => {
  const outcomes: Outcome[] = [CONNECTED, { kind: 'problem', problem: { kind: 'permission' } }];
  const { options, calls } = page({
    saved: async () => SAVED,
    check: async () => outcomes.pop() ?? { kind: 'signed-out' },
  });
  await options.load();
  expect(options.standing.value).toEqual({ kind: 'failing', saved: SAVED, problem: { kind: 'permission' } });
  await options.check();
  expect(calls).toEqual(['allow https://audit.example.com/*']);
  expect(options.standing.value).toEqual(CONNECTED);
});

test('who signs out while the Worker is asked stays signed out', async () => {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const { options, calls } = page({ saved: async () => SAVED, check: () => promise });
  const loading = options.load();
  await expect.poll(() => options.standing.value.kind).toBe('checking');
  await options.signOut();
  resolve(CONNECTED);
  await loading;
  expect(options.standing.value.kind).toBe('signed-out');
  expect(options.left.value).toBe(true);
  expect(calls).toEqual(['sign out']);
});

test('how much is kept is told once it is known, anew after each look, and never of a former connection', async () => {
  const sizes = [Promise.withResolvers<CacheSize>(), Promise.withResolvers<CacheSize>()];
  let asked = 0;
  const { options } = page({
    saved: async () => SAVED,
    cache: async () => (await sizes[asked++]?.promise) ?? null,
  });
  await options.load();
  expect(options.cache.value).toBeUndefined();
  await options.check();
  sizes[0]?.resolve({ events: 1, from: 0 });
  sizes[1]?.resolve({ events: 2, from: 0 });
  await expect.poll(() => options.cache.value).toEqual({ events: 2, from: 0 });
});

test('replacing the token begins at the address that there is, and can be left', async () => {
  const { options } = page({ saved: async () => SAVED });
  await options.load();
  options.startReplacing();
  expect([options.replacing.value, options.form.address.value]).toEqual([true, SAVED.origin]);
  options.form.token.value = 'half a tok';
  options.stopReplacing();
  expect([options.replacing.value, options.form.token.value]).toEqual([false, '']);
  expect(options.standing.value).toEqual(CONNECTED);
});

test('a background that fails is told, not taken for a first run', async () => {
  const { options } = page({ saved: () => Promise.reject(new Error('no background')) });
  await options.load();
  expect(options.form.problem.value).toEqual({ kind: 'extension-failed' });
});

test('a preference changes the page at once and is kept with the others', async () => {
  const { options, calls } = page({ preferences: async () => ({ language: 'zh-CN', theme: 'auto' }) });
  await options.load();
  const kept = options.setPreferences({ theme: 'dark' });
  expect(options.preferences.value).toEqual({ language: 'zh-CN', theme: 'dark' });
  await kept;
  expect(calls).toEqual(['prefer zh-CN dark']);
});
