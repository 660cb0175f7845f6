import type { Log } from './log.ts';

/**
 * Fires the Worker's cron tick each minute, which `wrangler dev` does not do. A tick that is still under way
 * is not joined by a second one. Gives the function that ends it.
 */
export function startTicks(url: string, log: Log): () => void {
  const tick = `${url}/cdn-cgi/local/scheduled?${new URLSearchParams({ cron: '* * * * *' }).toString()}`;
  const ended = new AbortController();
  let busy = false;
  const fire = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      const response = await fetch(tick, { signal: ended.signal });
      const text = await response.text();
      if (!response.ok) log.add(`The tick failed (${response.status}): ${text.slice(0, 500)}\n`);
    } catch (error) {
      if (!ended.signal.aborted) log.add(`The tick failed: ${String(error)}\n`);
    } finally {
      busy = false;
    }
  };
  void fire();
  const timer = setInterval(() => void fire(), 60_000);
  return () => {
    clearInterval(timer);
    ended.abort();
  };
}
