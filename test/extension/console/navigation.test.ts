import { expect, test } from 'vitest';
import { followNavigation, type Navigating } from '../../../extension/console/navigation.ts';

/** A page; with `events` the browser tells when its URL changed, without them only a timer's ticks do. */
function page({ events }: { events: boolean }) {
  const location = { href: 'https://console.cloud.tencent.com/cvm' };
  const listeners = new Set<(event: { isTrusted: boolean }) => void>();
  const navigation: Navigating['navigation'] = {
    addEventListener(_type, listener, { signal }) {
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
    },
  };
  const timers = new Map<number, () => void>();
  const navigating: Navigating = {
    location,
    ...(events && { navigation }),
    setInterval: (look) => timers.set(timers.size + 1, look).size,
    clearInterval: (timer) => void timers.delete(timer),
  };
  const tell = (isTrusted = true): void => {
    for (const listener of listeners) listener({ isTrusted });
    for (const look of timers.values()) look();
  };
  return { navigating, location, timers, listeners, tell };
}

test.for([{ events: true }, { events: false }])('tells each new URL once, until it is ended: %o', (how) => {
  const { navigating, location, timers, listeners, tell } = page(how);
  const moves: string[] = [];
  const following = new AbortController();
  followNavigation(navigating, (url) => moves.push(url), following.signal);

  tell();
  expect(moves).toEqual([]);
  for (let n = 1; n <= 50; n++) {
    location.href = `https://console.cloud.tencent.com/cvm?page=${n}`;
    tell();
    tell();
  }
  expect(moves).toHaveLength(50);
  expect(moves.at(-1)).toBe('https://console.cloud.tencent.com/cvm?page=50');
  expect([listeners.size, timers.size]).toEqual(how.events ? [1, 0] : [0, 1]);

  following.abort();
  expect(listeners.size).toBe(0);
  location.href = 'https://console.cloud.tencent.com/cbs';
  tell();
  expect(moves).toHaveLength(50);
  expect(timers.size).toBe(0);
});

test('an event that the page made up is ignored', () => {
  const { navigating, location, tell } = page({ events: true });
  const moves: string[] = [];
  followNavigation(navigating, (url) => moves.push(url), new AbortController().signal);
  location.href = 'https://console.cloud.tencent.com/cbs';
  tell(false);
  expect(moves).toEqual([]);
  tell();
  expect(moves).toEqual([location.href]);
});
