/** What a sync needs, with the real Worker for the network. */
import { createHash } from 'node:crypto';
import type { Keeper } from '../../../extension/background/keeper.ts';
import type { Connection } from '../../../extension/background/store.ts';
import type { SyncPorts } from '../../../extension/background/sync/run.ts';
import type { TestWorker } from '../../support/worker.ts';

export const ORIGIN = 'https://audit.example.com';

/** What the network does instead of asking the Worker. */
export type Fault = (path: string) => Response | 'cut' | undefined;

export interface Surroundings {
  worker: TestWorker;
  keeper: Keeper;
  connection: Connection | undefined;
  /** ms since 1970. */
  clock: number;
  fault: Fault | undefined;
  /** Every request that was made is put here. */
  asked: string[];
}

export function digest(text: string): Promise<string> {
  return Promise.resolve(createHash('sha256').update(text).digest('hex'));
}

/** The ports of one sync; what `read` gives may change while it goes on. */
export function syncPorts(read: () => Surroundings): SyncPorts {
  return {
    store: { connection: () => Promise.resolve(read().connection) },
    keeper: read().keeper,
    isAllowed: () => Promise.resolve(true),
    digest,
    now: () => read().clock,
    fetch: async (url, { method, headers }) => {
      const { worker, fault, asked } = read();
      const path = url.slice(ORIGIN.length);
      asked.push(path);
      const instead = fault?.(path);
      if (instead === 'cut') throw new TypeError('fetch failed');
      if (instead) return instead;
      const token = headers['authorization']?.slice('Bearer '.length) ?? null;
      const reply = await worker.call(path, { method, token, headers });
      return { status: reply.status, headers: reply.headers, text: () => Promise.resolve(reply.text) };
    },
  };
}
