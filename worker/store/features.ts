/** What an API key is asked for beside events, as far as it may: how that goes. Times are unix seconds. */
import * as v from 'valibot';
import { int, maybeInt, rows, run, text, type Row, type Store } from './meter.ts';
import { readProblem, type SourceProblem } from './sources.ts';

export const FEATURES = ['directory', 'prices'] as const;
export type FeatureName = (typeof FEATURES)[number];

export interface Feature {
  /** The source whose key it is: `api-{account}`. */
  source: string;
  name: FeatureName;
  account: string;
  tried?: number;
  succeeded?: number;
  nextTry: number;
  /** Since it last succeeded. */
  failures: number;
  problem?: SourceProblem;
  /** JSON text that only its reader understands. */
  state: string;
}

/** The statement whose rows `readFeature` reads: the features of every source. */
export function featuresOf(store: Store): D1PreparedStatement {
  return store.db.prepare(`SELECT * FROM feature ORDER BY source, name`);
}

export function readFeature(row: Row): Feature {
  const [tried, succeeded] = [maybeInt(row, 'tried'), maybeInt(row, 'succeeded')];
  const problem = readProblem(row);
  return {
    source: text(row, 'source'),
    name: v.parse(v.picklist(FEATURES), row['name']),
    account: text(row, 'account'),
    ...(tried !== undefined && { tried }),
    ...(succeeded !== undefined && { succeeded }),
    nextTry: int(row, 'next_try'),
    failures: int(row, 'failures'),
    ...(problem && { problem }),
    state: text(row, 'state'),
  };
}

/** Forgets the features of all sources but these. */
export async function forgetFeatures(store: Store, sources: readonly string[]): Promise<void> {
  await run(store, [
    store.db
      .prepare(`DELETE FROM feature WHERE source NOT IN (SELECT value FROM json_each(?1))`)
      .bind(JSON.stringify(sources)),
  ]);
}

/** The feature of a source, made where it is not there yet. */
export async function openFeature(
  store: Store,
  { source, name, account }: Pick<Feature, 'source' | 'name' | 'account'>,
): Promise<Feature> {
  const [, found] = await run(store, [
    store.db
      .prepare(`INSERT INTO feature (source, name, account) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING`)
      .bind(source, name, account),
    store.db.prepare(`SELECT * FROM feature WHERE source = ?1 AND name = ?2`).bind(source, name),
  ]);
  const [feature] = rows(found, readFeature);
  if (feature === undefined) throw new Error('a feature was not made');
  return feature;
}

/** Notes how it went: a problem, or that there is none, and when to go on. A problem goes on since it began. */
export async function noteFeature(
  store: Store,
  { source, name }: Pick<Feature, 'source' | 'name'>,
  went: { now: number; nextTry: number; state?: string; problem?: SourceProblem },
): Promise<void> {
  const { now, nextTry, state, problem } = went;
  const told = problem === undefined ? null : JSON.stringify(problem);
  await run(store, [store.db.prepare(NOTE).bind(source, name, now, nextTry, told, state ?? null)]);
}

const NOTE = `
  UPDATE feature SET tried = ?3, next_try = ?4, state = coalesce(?6, state),
    succeeded = iif(?5 IS NULL, ?3, succeeded), failures = iif(?5 IS NULL, 0, failures + 1),
    problem = CASE WHEN problem ->> 'kind' = ?5 ->> 'kind' THEN json_set(?5, '$.since', problem -> 'since') ELSE ?5 END
  WHERE source = ?1 AND name = ?2`;
