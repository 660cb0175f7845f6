/** Emptying a Worker of what tests of reading put into it, so that they can share one. */
import { openStore } from '../../worker/store/meter.ts';
import { removeAll } from '../../worker/store/retention.ts';
import type { TestWorker } from './worker.ts';

const TABLES = [
  'source',
  'source_account',
  'gap',
  'backfill',
  'backfill_window',
  'lag',
  'feature',
  'api_key',
  'file',
  'dead_letter',
  'account',
  'token',
  'team',
];

/** Removes accounts (all where none are named) with their events, all sources, members and tokens, and what is known of ticks. */
export async function empty({ db }: TestWorker, accounts?: readonly string[]): Promise<void> {
  const store = openStore(db);
  const { results } = await db.prepare(`SELECT id FROM account`).all<{ id: string }>();
  for (const account of accounts ?? results.map(({ id }) => id))
    while (!(await removeAll(store, account)).done);
  await db.batch([
    ...TABLES.map((table) => db.prepare(`DELETE FROM ${table}`)),
    db.prepare(`DELETE FROM member WHERE id <> 'admin'`),
    db.prepare(`DELETE FROM setting WHERE key = 'tick'`),
  ]);
}
