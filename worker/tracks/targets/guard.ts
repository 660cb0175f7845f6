/** Network access for those who do not know where a Worker may call: every address is decided about when it is called. */
import { TIMEOUT_MS } from './ask.ts';
import { refusalOf } from './failure.ts';
import type { Failure, Tools } from './target.ts';

export interface Guarded {
  network: { fetch: typeof fetch; timeoutMs: number };
  /** Why an address was not called; undefined while all were. */
  refusal: () => Failure | undefined;
}

/** A `fetch` that rejects for addresses which may not be called, and afterwards says why. */
export function guard({ fetch: fetcher, reach }: Pick<Tools, 'fetch' | 'reach'>): Guarded {
  let refusal: Failure | undefined;
  const guarded: typeof fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const reached = await reach(input instanceof Request ? input.url : String(input));
    if (reached.ok) return await fetcher(input, init);
    refusal = refusalOf(reached);
    throw new Error(refusal.text);
  };
  return { network: { fetch: guarded, timeoutMs: TIMEOUT_MS }, refusal: () => refusal };
}
