/**
 * The walk over the stored events, newest first, that looks at each anew when what they are classified by changed.
 * Its place is in the database, so that whoever goes on with it goes on where the last one stopped.
 */
import type { Progress } from '../../shared/api/classification.ts';
import { CATALOGUE } from '../../shared/catalogue/rules.ts';
import { readEvent, type StoredEvent } from './event-row.ts';
import { int, rows, run, text, type Row, type Store } from './meter.ts';
import { ABOVE_ALL, secondOfRow } from './rowid.ts';
import type { Scope } from './scope.ts';

/** How far the stored events were looked at. */
export interface Walk {
  version: number;
  /** Which catalogue of the code the version is of. */
  catalogue: string;
  /** Raised whenever the walk begins anew. */
  turn: number;
  /** Events from this row id on were looked at; 0 where all were. */
  below: number;
  /** Events looked at so far. */
  looked: number;
  /** Events there are. */
  total: number;
}

/** The statement whose result `readWalk` reads. */
export function walkOf(store: Store): D1PreparedStatement {
  return store.db.prepare(WALK);
}

const WALK = `
  SELECT *, (SELECT coalesce(sum(accepted), 0) FROM arrival) - (SELECT coalesce(sum(removed), 0) FROM account) AS total
  FROM classification`;

export function readWalk(result: D1Result | undefined): Walk {
  const [walk] = rows(result, readWalkRow);
  if (walk === undefined) throw new Error('the row about classification is missing');
  return walk;
}

function readWalkRow(row: Row): Walk {
  return {
    version: int(row, 'version'),
    catalogue: text(row, 'catalogue'),
    turn: int(row, 'turn'),
    below: int(row, 'below'),
    looked: int(row, 'looked'),
    total: int(row, 'total'),
  };
}

/**
 * How far the walk is, for who may see what the scope holds: counts tell of events, and so does the second that it
 * came to, which is that of an event. Who may not see every event is told the day.
 */
export function progressOf({ version, catalogue, below, looked, total }: Walk, scope: Scope): Progress {
  const place = catalogue === CATALOGUE ? below : ABOVE_ALL;
  const counts = { done: place === 0 ? total : Math.min(looked, total), of: total };
  const seesAll = scope.accounts === '*' && scope.operators === '*';
  return {
    version,
    state: place === 0 ? 'done' : 'running',
    ...(seesAll ? counts : {}),
    through: place === 0 || place === ABOVE_ALL ? null : timeOfSecond(wholeFrom(place, seesAll ? 1 : DAY)),
  };
}

const DAY = 86_400;

/** The second, as a multiple of `step`, from which on all was looked at: the rest of the one of that row was not yet. */
function wholeFrom(rowId: number, step: number): number {
  return Math.ceil((secondOfRow(rowId) + 1) / step) * step;
}

function timeOfSecond(second: number): string {
  return new Date(second * 1000).toISOString();
}

/**
 * Begins anew where this code has another catalogue than the one that events were classified by last.
 */
export async function takeCatalogue(store: Store): Promise<void> {
  await run(store, [
    store.db
      .prepare(`UPDATE classification SET version = version + 1, catalogue = ?1 WHERE catalogue <> ?1`)
      .bind(CATALOGUE),
  ]);
}

/** Moves the walk on, unless it was begun anew or moved on meanwhile; says whether it did. */
export async function moveOn(
  store: Store,
  { turn, below }: Walk,
  step: { below: number; looked: number },
): Promise<boolean> {
  const [moved] = await run(store, [store.db.prepare(MOVE).bind(turn, below, step.below, step.looked)]);
  return moved?.results.length === 1;
}

const MOVE = `
  UPDATE classification SET below = CAST(?3 AS INTEGER), looked = looked + ?4
  WHERE turn = ?1 AND below = CAST(?2 AS INTEGER) RETURNING turn`;

/** The next events of the walk: all of the store's, so never for an answer. */
export async function eventsBelow(store: Store, below: number, limit: number): Promise<StoredEvent[]> {
  const [found] = await run(store, [store.db.prepare(BELOW).bind(below, limit)]);
  return rows(found, readEvent);
}

const BELOW = `
  SELECT id, lower(hex(eid)) AS eid, seq, hex(body) AS body FROM event
  WHERE id < CAST(?1 AS INTEGER) ORDER BY id DESC LIMIT ?2`;
