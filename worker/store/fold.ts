/**
 * How far the change log is folded into the days, and folding it further.
 *
 * Folding and removing overlap: whoever writes days names the version at which it read them, and does nothing if
 * another wrote since.
 */
import { boundParts } from './bound-parts.ts';
import type { LogRange } from './changes.ts';
import { writeParts, type BoundPart } from './day-columns.ts';
import { int, maybeInt, rows, run, type Row, type Store } from './meter.ts';
import { enterOperators, type SeenOperator } from './operators.ts';
import { ABOVE_ALL } from './rowid.ts';
import type { Progress } from './unfolded.ts';

export interface FoldState {
  version: number;
  progress: Progress;
  /** What the log still holds. */
  log: LogRange;
}

/** The statement whose result `readState` reads. */
export function stateOf(store: Store): D1PreparedStatement {
  return store.db.prepare(STATE);
}

const STATE = `
  SELECT version, seq, place, above, (SELECT first FROM change ORDER BY first LIMIT 1) AS first,
    (SELECT last FROM change ORDER BY first DESC LIMIT 1) AS last
  FROM fold`;

export function readState(result: D1Result | undefined): FoldState {
  const [state] = rows(result, readStateRow);
  if (state === undefined) throw new Error('there is no row about folding');
  return state;
}

function readStateRow(row: Row): FoldState {
  const above = maybeInt(row, 'above');
  return {
    version: int(row, 'version'),
    progress: { seq: int(row, 'seq'), place: int(row, 'place'), ...(above === undefined ? {} : { above }) },
    log: { first: maybeInt(row, 'first') ?? 0, last: maybeInt(row, 'last') ?? 0 },
  };
}

/** Whether the log no longer holds what comes next: the days must be built anew. */
export function isBehind({ progress, log }: FoldState): boolean {
  return progress.above === undefined && log.first > progress.seq + 1;
}

/** Whether the days have everything. */
export function isFolded({ progress, log }: FoldState): boolean {
  return progress.above === undefined && log.last <= progress.seq;
}

/** What one step makes of the days. */
export interface Folded {
  parts: readonly BoundPart[];
  operators: readonly SeenOperator[];
  reached: Progress;
}

/** Writes a step in one transaction, and says whether it did: nothing is written where another wrote since `version`. */
export async function writeFolded(
  store: Store,
  version: number,
  { parts, operators, reached }: Folded,
): Promise<boolean> {
  const written = await run(store, [
    ...Array.from(boundParts(parts), (bound) => writeParts(store, bound, version)),
    ...Array.from(boundParts(operators), (bound) => enterOperators(store, bound, version)),
    store.db.prepare(ADVANCE).bind(version, reached.seq, reached.place, reached.above ?? null),
  ]);
  return written.at(-1)?.results.length === 1;
}

const ADVANCE = `
  UPDATE fold SET version = version + 1, seq = ?2, place = ?3, above = ?4 WHERE version = ?1 RETURNING version`;

/** Begins to build the days anew from the events, unless another wrote since `version`. */
export async function buildAnew(store: Store, version: number): Promise<void> {
  await run(store, [
    store.db.prepare(`DELETE FROM day_columns WHERE (SELECT version FROM fold) = ?1`).bind(version),
    store.db.prepare(ANEW).bind(version, ABOVE_ALL),
  ]);
}

const ANEW = `
  UPDATE fold SET version = version + 1, seq = (SELECT last FROM change ORDER BY first DESC LIMIT 1), place = 0,
    above = ?2
  WHERE version = ?1`;

/** The statements that remove an account's days before a day, for the transaction that removes their events. */
export function removeDays({ db }: Store, account: string, before: number): D1PreparedStatement[] {
  return [
    db.prepare(`DELETE FROM day_columns WHERE account = ?1 AND day < ?2`).bind(account, before),
    db.prepare(`UPDATE fold SET version = version + 1`),
  ];
}
