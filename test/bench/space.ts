/** Where the bytes of the database are: its pages by table and index, and within the event table by column. */
import { statSync } from 'node:fs';
import * as v from 'valibot';
import type { NodeStore } from './node-store.ts';

export interface Space {
  /** The whole file, log written back. */
  file: number;
  /** Bytes by part; with `free` they add up to the file. */
  parts: Readonly<Record<(typeof PARTS)[number], number>>;
}

/** `columns`: the days that answers are counted over. `listed`: names of which there are few. */
export const PARTS = [
  'body',
  'tokens',
  'row',
  'identity',
  'index',
  'changes',
  'columns',
  'listed',
  'other',
  'free',
] as const;

/** Measures a database that nobody else has open. */
export function measureSpace({ database }: NodeStore, path: string): Space {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const pages = new Map(
    database
      .prepare('SELECT name, pgsize AS bytes FROM dbstat WHERE aggregate = TRUE')
      .all()
      .map((row) => {
        const { name, bytes } = v.parse(v.object({ name: v.string(), bytes: v.number() }), row);
        return [name, bytes];
      }),
  );
  const columns = v.parse(
    v.object({ body: v.number(), tokens: v.number() }),
    database
      .prepare('SELECT sum(length(body)) AS body, sum(length(names) + length(facts)) AS tokens FROM event')
      .get(),
  );
  const file = statSync(path).size;
  const of = (name: string): number => pages.get(name) ?? 0;
  const index = [...pages].reduce(
    (sum, [name, bytes]) => sum + (name.startsWith('event_fts') ? bytes : 0),
    0,
  );
  const all = [...pages.values()].reduce((sum, bytes) => sum + bytes, 0);
  const identity = of('sqlite_autoindex_event_1');
  const own = { changes: of('change'), columns: of('day_columns'), listed: of('listed') };
  const named = Object.values(own).reduce((sum, bytes) => sum + bytes, 0);
  return {
    file,
    parts: {
      ...columns,
      row: of('event') - columns.body - columns.tokens,
      identity,
      index,
      ...own,
      other: all - of('event') - identity - index - named,
      free: file - all,
    },
  };
}
