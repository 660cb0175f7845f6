import type { Log } from './log.ts';

export interface Ticks {
  /** Fires one now; when it resolves, a tick that began after this call has ended. */
  fire: () => Promise<void>;
  stop: () => void;
}

/**
 * Fires the Worker's cron tick each minute, which `wrangler dev` does not do. A tick that is still under way
 * is not joined by a second one.
 */
export function startTicks(url: string, log: Log): Ticks {
  const tick = `${url}/cdn-cgi/local/scheduled?${new URLSearchParams({ cron: '* * * * *' }).toString()}`;
  const ended = new AbortController();
  let running: Promise<void> | undefined;
  const tickOnce = async (): Promise<void> => {
    try {
      const response = await fetch(tick, { signal: ended.signal });
      const text = await response.text();
      if (!response.ok) log.add(`The tick failed (${response.status}): ${text.slice(0, 500)}\n`);
    } catch (error) {
      if (!ended.signal.aborted) log.add(`The tick failed: ${String(error)}\n`);
    }
  };
  const begin = (): Promise<void> =>
    (running ??= tickOnce().finally(() => {
      running = undefined;
    }));
  void begin();
  const timer = setInterval(() => void begin(), 60_000);
  return {
    fire: async () => {
      await running;
      await begin();
    },
    stop: () => {
      clearInterval(timer);
      ended.abort();
    },
  };
}
