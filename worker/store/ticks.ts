/** When the jobs of the tick were done last. */
import * as v from 'valibot';
import { fromJson, rows, run, type Store } from './meter.ts';

const schema = v.object({ at: v.number(), failed: v.number() });

/** `at` is unix ms; `failed` the jobs that failed. */
export type LastTick = v.InferOutput<typeof schema>;

/** Notes that the jobs of the tick were done. */
export async function noteTick(store: Store, tick: LastTick): Promise<void> {
  await run(store, [store.db.prepare(NOTE).bind(JSON.stringify(tick))]);
}

const NOTE = `
  INSERT INTO setting (key, value) VALUES ('tick', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

/** The statement whose result `readLastTick` reads. */
export function lastTickOf(store: Store): D1PreparedStatement {
  return store.db.prepare(`SELECT value FROM setting WHERE key = 'tick'`);
}

/** The last tick; undefined where there was none. */
export function readLastTick(result: D1Result | undefined): LastTick | undefined {
  return rows(result, (row) => fromJson(row, 'value', schema))[0];
}
