/** Which account an API key belongs to, and why that could not be found out. */
import { readProblem, type SourceProblem } from './sources.ts';
import { int, maybeText, rows, run, text, type Row, type Store } from './meter.ts';

export interface ApiKey {
  /** Hex of the SHA-256 of its secret id. */
  digest: string;
  /** The ends of its secret id. */
  hint: string;
  /** Absent: not found yet. */
  account?: string;
  /** Unix seconds. */
  tried: number;
  nextTry: number;
  problem?: SourceProblem;
}

/** The statement whose rows `readApiKey` reads: every key that was ever tried. */
export function apiKeysOf(store: Store): D1PreparedStatement {
  return store.db.prepare(`SELECT * FROM api_key ORDER BY digest`);
}

export function readApiKey(row: Row): ApiKey {
  const account = maybeText(row, 'account');
  const problem = readProblem(row);
  return {
    digest: text(row, 'digest'),
    hint: text(row, 'hint'),
    tried: int(row, 'tried'),
    nextTry: int(row, 'next_try'),
    ...(account === undefined ? {} : { account }),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The key with this digest, if it was ever tried. */
export async function findApiKey(store: Store, digest: string): Promise<ApiKey | undefined> {
  const [found] = await run(store, [
    store.db.prepare(`SELECT * FROM api_key WHERE digest = ?1`).bind(digest),
  ]);
  return rows(found, readApiKey)[0];
}

/** Keeps what is known about a key now. */
export async function saveApiKey(store: Store, key: ApiKey): Promise<void> {
  const { digest, hint, account, tried, nextTry, problem } = key;
  await run(store, [
    store.db
      .prepare(SAVE)
      .bind(digest, hint, account ?? null, tried, nextTry, problem ? JSON.stringify(problem) : null),
  ]);
}

const SAVE = `
  INSERT INTO api_key (digest, hint, account, tried, next_try, problem) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
  ON CONFLICT (digest) DO UPDATE SET account = excluded.account, tried = excluded.tried, next_try = excluded.next_try,
    problem = CASE WHEN api_key.problem ->> 'kind' = excluded.problem ->> 'kind'
      THEN json_set(excluded.problem, '$.since', api_key.problem -> 'since') ELSE excluded.problem END`;
