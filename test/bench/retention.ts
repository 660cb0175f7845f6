/** What removing by age costs: the work of one tick on the Worker's own database. */
import { getPlatformProxy } from 'wrangler';
import { join } from 'node:path';
import { ROOT } from '../../worker/cli/lib/places.ts';
import { retain } from '../../worker/ingest/retain.ts';
import { openStore, type Cost } from '../../worker/store/meter.ts';
import { send, type Client } from './client.ts';
import { persistedIn } from './worker.ts';

export interface Removal {
  removed: number;
  cost: Cost;
}

/** Keeps so few days of an account that a tick has something to do. */
export async function shortenRetention(client: Client, account: string, days: number): Promise<void> {
  await send(client, 'PATCH', `/v1/accounts/${account}`, { retention: days });
}

/**
 * Does what the scheduled handler does, over the same local D1, once the Worker has stopped: a tick answers
 * nothing, so its cost can only be seen from inside.
 */
export async function measureTick(folder: string): Promise<Removal> {
  const platform = await getPlatformProxy<{ DB: D1Database; RECORDS: R2Bucket }>({
    configPath: join(ROOT, 'wrangler.toml'),
    persist: { path: persistedIn(folder) },
    remoteBindings: false,
    envFiles: [],
  });
  try {
    const { DB, RECORDS } = platform.env;
    const before = await countEvents(DB);
    const store = openStore(DB);
    await retain(store, RECORDS, Date.now());
    return { removed: before - (await countEvents(DB)), cost: store.cost };
  } finally {
    await platform.dispose();
  }
}

async function countEvents(db: D1Database): Promise<number> {
  return (await db.prepare('SELECT count(*) AS n FROM event').first<number>('n')) ?? 0;
}
