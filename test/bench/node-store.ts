/**
 * The Worker's store over node:sqlite: the same schema, statements, transactions and preparation without
 * workerd, D1 and HTTP. What the Worker's figures are compared with.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { openStore, type Store } from '../../worker/store/meter.ts';
import { ROOT } from '../../worker/cli/lib/places.ts';

export interface NodeStore extends Disposable {
  /** Its cost counts round trips (here: transactions) and milliseconds of SQL; not rows. */
  store(): Store;
  database: DatabaseSync;
}

/** A new database with the Worker's schema and the settings that workerd gives its own. */
export function createNodeStore(path: string): NodeStore {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL');
  const folder = join(ROOT, 'worker/store/migrations');
  for (const name of readdirSync(folder).toSorted()) database.exec(readFileSync(join(folder, name), 'utf8'));
  return storeOver(database);
}

/** How long a process that has just ended may still hold its database, in ms. */
const LET_GO = 30_000;

/** A database that the Worker left behind. */
export function openNodeStore(path: string): NodeStore {
  return storeOver(new DatabaseSync(path, { timeout: LET_GO }));
}

interface Bound {
  sql: string;
  values: readonly SQLInputValue[];
  bind(...values: SQLInputValue[]): Bound;
}

function storeOver(database: DatabaseSync): NodeStore {
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  const statement = (sql: string, values: readonly SQLInputValue[] = []): Bound => ({
    sql,
    values,
    bind: (...bound) => statement(sql, bound),
  });
  const runAll = (statements: readonly Bound[]): object[] => {
    database.exec('BEGIN');
    try {
      const results = statements.map(({ sql, values }) => {
        const started = performance.now();
        const found = prepare(sql).all(...values);
        const meta = { duration: performance.now() - started, rows_read: 0, rows_written: 0 };
        return { results: found, meta };
      });
      const started = performance.now();
      database.exec('COMMIT');
      const last = results.at(-1);
      if (last) last.meta.duration += performance.now() - started;
      return results;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  const d1 = {
    prepare: (sql: string) => statement(sql),
    batch: (statements: readonly Bound[]) => Promise.try(runAll, statements),
  };
  return {
    store: () => openStore(d1 as unknown as D1Database),
    database,
    [Symbol.dispose]: () => database.close(),
  };
}
