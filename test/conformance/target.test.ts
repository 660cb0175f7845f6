import { afterEach, expect, test } from 'vitest';
import { startTarget, type HttpTarget } from '../support/target.ts';

let target: HttpTarget;
afterEach(() => target.close());

test('a target records what it gets, and says whether it took it', async () => {
  target = await startTarget();
  target.next.push({ does: 'answer', status: 403, body: 'no' });
  expect((await fetch(`${target.url}/hook?x=1`, { method: 'POST', body: 'one' })).status).toBe(403);
  expect((await fetch(`${target.url}/hook?x=1`, { method: 'POST', body: 'one' })).status).toBe(200);
  expect(target.received).toMatchObject([
    { method: 'POST', url: '/hook?x=1', body: 'one', taken: false },
    { method: 'POST', url: '/hook?x=1', body: 'one', taken: true },
  ]);
});

test('a target redirects, drops, hangs and is slow when it is told to', async () => {
  target = await startTarget({ answer: { status: 204 } });
  target.next.push({ does: 'redirect', to: 'http://127.0.0.1:1/' }, { does: 'drop' }, { does: 'hang' });
  const redirected = await fetch(target.url, { redirect: 'manual' });
  expect([redirected.status, redirected.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/']);
  await expect(fetch(target.url)).rejects.toThrow('fetch failed');
  await expect(fetch(target.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout');
  target.next.push({ does: 'delay', ms: 30 });
  const before = performance.now();
  expect((await fetch(target.url)).status).toBe(204);
  expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  expect(target.received.map(({ taken }) => taken)).toEqual([false, false, false, true]);
});

test('a target strikes the share of requests that it is told', async () => {
  target = await startTarget({ seed: 4 });
  target.strike(0.5, { does: 'answer', status: 500 }, { does: 'answer', status: 503 });
  const statuses: number[] = [];
  for (let i = 0; i < 40; i += 1) statuses.push((await fetch(target.url)).status);
  expect(new Set(statuses)).toEqual(new Set([200, 500, 503]));
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(10);
});
