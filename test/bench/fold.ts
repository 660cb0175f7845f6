/** What it costs to fold events into the days that answers are counted over. */
import { fold } from '../../worker/ingest/fold.ts';
import { readState, stateOf } from '../../worker/store/fold.ts';
import { openStore, run, type Cost } from '../../worker/store/meter.ts';
import { withBindings } from './platform.ts';

export interface Folding {
  ticks: number;
  cost: Cost;
  /** Milliseconds from outside: beside the SQL also unpacking, packing, and the way between Node and D1. */
  ms: number;
  /** Rows of day_columns, and the days that they are of. */
  parts: number;
  days: number;
}

/** Does what the scheduled handler does, as often as it takes, once the Worker has stopped. */
export async function measureFold(folder: string, signal: AbortSignal): Promise<Folding> {
  return await withBindings(folder, async ({ DB }) => {
    const store = openStore(DB);
    let left = await changesLeft(DB);
    let ticks = 0;
    let ms = 0;
    while (left > 0) {
      signal.throwIfAborted();
      const started = performance.now();
      await fold(store);
      ms += performance.now() - started;
      ticks += 1;
      const before = left;
      left = await changesLeft(DB);
      if (left >= before) throw new Error(`a tick folded none of ${before} changes`);
    }
    return { ticks, cost: store.cost, ms, ...(await countDays(DB)) };
  });
}

/** Changes in the log that the days do not have yet. */
async function changesLeft(db: D1Database): Promise<number> {
  const store = openStore(db);
  const [found] = await run(store, [stateOf(store)]);
  const { progress, log } = readState(found);
  return log.last - progress.seq;
}

async function countDays(db: D1Database): Promise<{ parts: number; days: number }> {
  const found = await db
    .prepare('SELECT count(*) AS parts, count(DISTINCT day) AS days FROM day_columns')
    .first<{ parts: number; days: number }>();
  return found ?? { parts: 0, days: 0 };
}
