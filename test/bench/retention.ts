/** What removing by age costs: the work of one tick on the Worker's own database. */
import { retain } from '../../worker/ingest/retain.ts';
import { openStore, type Cost } from '../../worker/store/meter.ts';
import { send, type Client } from './client.ts';
import { withBindings } from './platform.ts';

export interface Removal {
  removed: number;
  cost: Cost;
}

/** Keeps so few days of an account that a tick has something to do. */
export async function shortenRetention(client: Client, account: string, days: number): Promise<void> {
  await send(client, 'PATCH', `/v1/accounts/${account}`, { retention: days });
}

/** Does what the scheduled handler does, once the Worker has stopped. */
export async function measureTick(folder: string): Promise<Removal> {
  return await withBindings(folder, async ({ DB, RECORDS }) => {
    const before = await countEvents(DB);
    const store = openStore(DB);
    await retain(store, RECORDS, Date.now());
    return { removed: before - (await countEvents(DB)), cost: store.cost };
  });
}

async function countEvents(db: D1Database): Promise<number> {
  return (await db.prepare('SELECT count(*) AS n FROM event').first<number>('n')) ?? 0;
}
