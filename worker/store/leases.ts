/** Leases: what only one may do at a time. Whoever dies with one blocks nobody for longer than it runs. */
import { run, type Store } from './meter.ts';

export interface LeaseTerms {
  /** Who holds it: different for each attempt. */
  holder: string;
  /** Unix ms. */
  now: number;
  forMs: number;
}

/** Takes a lease that nobody holds, or that ran out; gives whether it is ours now. */
export async function takeLease(
  store: Store,
  name: string,
  { holder, now, forMs }: LeaseTerms,
): Promise<boolean> {
  const [taken] = await run(store, [
    store.db.prepare(TAKE).bind(name, holder, now, now + forMs, now + IMPOSSIBLE_MS),
  ]);
  return taken?.results.length === 1;
}

/** Lets a lease run on; gives false where another took it meanwhile. */
export async function keepLease(
  store: Store,
  name: string,
  { holder, now, forMs }: LeaseTerms,
): Promise<boolean> {
  const [kept] = await run(store, [
    store.db
      .prepare(`UPDATE lease SET until = ?3 WHERE name = ?1 AND holder = ?2 RETURNING name`)
      .bind(name, holder, now + forMs),
  ]);
  return kept?.results.length === 1;
}

/** Gives a lease back, if it is still ours. */
export async function dropLease(store: Store, name: string, holder: string): Promise<void> {
  await run(store, [
    store.db.prepare(`DELETE FROM lease WHERE name = ?1 AND holder = ?2`).bind(name, holder),
  ]);
}

/** No lease runs that long: the clock that it was taken by was wrong. */
const IMPOSSIBLE_MS = 3_600_000;

const TAKE = `
  INSERT INTO lease (name, holder, until) VALUES (?1, ?2, ?4)
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE until <= ?3 OR until > ?5
  RETURNING name`;
