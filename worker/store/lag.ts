/** How long events took from their time to the store, of the last hour. */
import * as v from 'valibot';
import { fromJson, text, type Row, type Store } from './meter.ts';

/** Seconds: a lag counts for the first of these that it does not exceed, else for one more behind them. */
const BOUNDS = [
  2, 5, 10, 15, 20, 30, 40, 50, 60, 75, 90, 120, 180, 300, 600, 1200, 1800, 3600, 7200, 21_600, 86_400,
];

const SLOT_SECONDS = 300;
const SPAN_SECONDS = 3600;

export interface Lag {
  /** Seconds, rounded up to the next of some steps. */
  p50: number;
  p95: number;
  /** Events that it was measured on. */
  events: number;
}

/** The statements that count these lags (seconds) of a source for the time `now` (unix seconds). */
export function countLag(
  store: Store,
  { source, now, lags }: { source: string; now: number; lags: readonly number[] },
): D1PreparedStatement[] {
  if (lags.length === 0) return [];
  const counts = Array.from<number>({ length: BOUNDS.length + 1 }).fill(0);
  for (const lag of lags) {
    const found = BOUNDS.findIndex((bound) => lag <= bound);
    const at = found === -1 ? BOUNDS.length : found;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const slot = Math.floor(now / SLOT_SECONDS) * SLOT_SECONDS;
  return [
    store.db.prepare(COUNT).bind(source, slot, JSON.stringify(counts)),
    store.db.prepare(`DELETE FROM lag WHERE source = ?1 AND slot < ?2`).bind(source, slot - SPAN_SECONDS),
  ];
}

const COUNT = `
  INSERT INTO lag (source, slot, counts) VALUES (?1, ?2, ?3)
  ON CONFLICT (source, slot) DO UPDATE SET counts = (
    SELECT json_group_array(mine.value + more.value ORDER BY mine.key)
    FROM json_each(lag.counts) AS mine JOIN json_each(excluded.counts) AS more ON mine.key = more.key
  )`;

/** The statement whose rows `readLags` reads: what was counted in the hour before `now` (unix seconds). */
export function lagsOf(store: Store, now: number): D1PreparedStatement {
  return store.db
    .prepare(`SELECT source, counts FROM lag WHERE slot > ?1 AND slot <= ?2`)
    .bind(now - SPAN_SECONDS - SLOT_SECONDS, now);
}

/** The lag of each source, by its id; those of which nothing was stored in that hour have none. */
export function readLags(found: readonly Row[]): Map<string, Lag> {
  const sums = new Map<string, number[]>();
  for (const row of found) {
    const counts = fromJson(row, 'counts', v.array(v.number()));
    const sum = sums.get(text(row, 'source')) ?? [];
    sums.set(
      text(row, 'source'),
      counts.map((count, i) => count + (sum[i] ?? 0)),
    );
  }
  return new Map([...sums].map(([source, counts]) => [source, lagFrom(counts)]));
}

function lagFrom(counts: readonly number[]): Lag {
  const events = counts.reduce((sum, count) => sum + count, 0);
  return { p50: quantile(counts, events * 0.5), p95: quantile(counts, events * 0.95), events };
}

/** The bound below which `rank` of them lie; what is beyond all bounds counts as the last. */
function quantile(counts: readonly number[], rank: number): number {
  let below = 0;
  for (const [at, bound] of BOUNDS.entries()) {
    below += counts[at] ?? 0;
    if (below >= rank) return bound;
  }
  return BOUNDS.at(-1) ?? 0;
}
