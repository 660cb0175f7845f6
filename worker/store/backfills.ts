/** Reading back over a stretch of event time: windows, newest first, each going on from where it stopped. */
import { int, maybeInt, maybeText, rows, run, text, type Row, type Store } from './meter.ts';
import { readProblem, type SourceProblem } from './sources.ts';

/** Times are unix seconds. */
export interface Backfill {
  id: string;
  source: string;
  starts: number;
  ends: number;
  asked: number;
  started?: number;
  finished?: number;
  /** Milliseconds of work so far. */
  workedMs: number;
  windows: number;
  windowsDone: number;
  /** Events read so far, known ones too. */
  events: number;
  problem?: SourceProblem;
}

export interface BackfillWindow {
  starts: number;
  ends: number;
  /** Of its next page; absent: the first. */
  token?: string;
  /** Events read in it so far. */
  events: number;
}

/** Windows are this long: short enough that a busy day is read side by side. */
const WINDOW_SECONDS = 21_600;

/**
 * The statements that ask for a back-fill. They do nothing where one of its source goes on; one that is done gives way.
 * With `missing` the stretch is a gap until it is done. `now` is unix ms, the rest unix seconds.
 */
export function addBackfill(
  store: Store,
  asked: { source: string; starts: number; ends: number; now: number; missing: boolean },
): D1PreparedStatement[] {
  const { source, starts, ends, now, missing } = asked;
  const id = `${source}-${now}`;
  const seconds = Math.floor(now / 1000);
  const { db } = store;
  const windows = JSON.stringify(cut(starts, ends));
  return [
    db.prepare(`DELETE FROM backfill_window WHERE backfill IN (${DONE})`).bind(source),
    db.prepare(`DELETE FROM backfill WHERE id IN (${DONE})`).bind(source),
    db
      .prepare(
        `INSERT INTO backfill (id, source, starts, ends, asked) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING`,
      )
      .bind(id, source, starts, ends, seconds),
    // Only with the one before it, here and below.
    db
      .prepare(
        `INSERT INTO backfill_window (backfill, starts, ends) SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2)
         WHERE changes() > 0`,
      )
      .bind(id, windows),
    ...(missing
      ? [
          db
            .prepare(
              `INSERT INTO gap (source, reason, starts, ends, opened, detail) SELECT ?1, 'backfill', ?2, ?3, ?4, ?5
               WHERE changes() > 0`,
            )
            .bind(source, starts, ends, seconds, id),
        ]
      : []),
  ];
}

const DONE = `SELECT id FROM backfill WHERE source = ?1 AND finished IS NOT NULL`;

/** Asks for a back-fill of a stretch that polling has read already, or is reading, unless one goes on. */
export async function askBackfill(
  store: Store,
  asked: { source: string; starts: number; ends: number; now: number },
): Promise<void> {
  await run(store, addBackfill(store, { ...asked, missing: false }));
}

function cut(starts: number, ends: number): [number, number][] {
  const windows: [number, number][] = [];
  for (let end = ends; end > starts; end -= WINDOW_SECONDS) {
    windows.push([Math.max(starts, end - WINDOW_SECONDS), end]);
  }
  return windows;
}

/** The statement whose rows `readBackfill` reads: that of each source which had one, the last that was asked for. */
export function backfillsOf(store: Store): D1PreparedStatement {
  return store.db.prepare(SELECT);
}

/** Those that are not done and may be worked on at `now` (unix ms), oldest first. */
export async function openBackfills(store: Store, now: number): Promise<Backfill[]> {
  const [found] = await run(store, [
    store.db
      .prepare(`${SELECT} WHERE finished IS NULL AND next_try <= ?1 ORDER BY asked, id`)
      .bind(Math.floor(now / 1000)),
  ]);
  return rows(found, readBackfill);
}

/** Whether there is one that may be worked on at `now` (unix ms) and that nobody works on. */
export async function isBackfillWaiting(store: Store, now: number): Promise<boolean> {
  const [found] = await run(store, [
    store.db
      .prepare(
        `SELECT 1 FROM backfill WHERE finished IS NULL AND next_try <= ?1 AND NOT EXISTS (
           SELECT 1 FROM lease WHERE name = 'backfill ' || source AND until > ?2
         ) LIMIT 1`,
      )
      .bind(Math.floor(now / 1000), now),
  ]);
  return found?.results.length === 1;
}

const SELECT = `
  SELECT *, (SELECT json_array(count(*), sum(done), sum(events)) FROM backfill_window WHERE backfill = id) AS progress
  FROM backfill`;

export function readBackfill(row: Row): Backfill {
  const [windows = 0, windowsDone = 0, events = 0] = JSON.parse(text(row, 'progress')).map(Number);
  const started = maybeInt(row, 'started');
  const finished = maybeInt(row, 'finished');
  const problem = readProblem(row);
  return {
    id: text(row, 'id'),
    source: text(row, 'source'),
    starts: int(row, 'starts'),
    ends: int(row, 'ends'),
    asked: int(row, 'asked'),
    ...(started === undefined ? {} : { started }),
    ...(finished === undefined ? {} : { finished }),
    workedMs: int(row, 'worked'),
    windows,
    windowsDone,
    events,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The windows that are not done, newest first. */
export async function openWindows(store: Store, backfill: string): Promise<BackfillWindow[]> {
  const [found] = await run(store, [
    store.db
      .prepare(`SELECT * FROM backfill_window WHERE backfill = ?1 AND done = 0 ORDER BY starts DESC`)
      .bind(backfill),
  ]);
  return rows(found, (row) => {
    const token = maybeText(row, 'token');
    return {
      starts: int(row, 'starts'),
      ends: int(row, 'ends'),
      ...(token === undefined ? {} : { token }),
      events: int(row, 'events'),
    };
  });
}

/** How far a window is read. */
export interface WindowProgress extends Omit<BackfillWindow, 'ends'> {
  done: boolean;
  /** Unix seconds. */
  now: number;
  /** What was worked since the last time. */
  workedMs: number;
}

/**
 * The statements that say how far a window is read, to be done with the events that were read. With the last window
 * the back-fill is done, its gap is filled and its source is whole from there on.
 */
export function advanceWindow(
  store: Store,
  backfill: Pick<Backfill, 'id' | 'source'>,
  { starts, token, events, done, now, workedMs }: WindowProgress,
): D1PreparedStatement[] {
  const { db } = store;
  const { id, source } = backfill;
  const statements = [
    db
      .prepare(
        `UPDATE backfill_window SET token = ?3, events = ?4, done = ?5
         WHERE backfill = ?1 AND starts = ?2 AND done = 0`,
      )
      .bind(id, starts, token ?? null, events, Number(done)),
    db
      .prepare(
        `UPDATE backfill SET started = coalesce(started, ?2), worked = worked + ?3, problem = NULL WHERE id = ?1`,
      )
      .bind(id, now, workedMs),
  ];
  if (done) {
    statements.push(
      db
        .prepare(
          `UPDATE backfill SET finished = ?2 WHERE id = ?1 AND finished IS NULL
           AND NOT EXISTS (SELECT 1 FROM backfill_window WHERE backfill = ?1 AND done = 0)`,
        )
        .bind(id, now),
      db
        .prepare(
          `UPDATE gap SET closed = ?3, filled = ?3 WHERE source = ?1 AND reason = 'backfill' AND detail = ?2
           AND filled IS NULL AND ${IS_FINISHED}`,
        )
        .bind(source, id, now),
      db
        .prepare(
          `UPDATE source SET since = (SELECT starts FROM backfill WHERE id = ?2) WHERE id = ?1 AND ${IS_FINISHED}
           AND since BETWEEN (SELECT starts FROM backfill WHERE id = ?2) AND (SELECT ends FROM backfill WHERE id = ?2)`,
        )
        .bind(source, id),
    );
  }
  return statements;
}

const IS_FINISHED = `EXISTS (SELECT 1 FROM backfill WHERE id = ?2 AND finished IS NOT NULL)`;

/** Notes why a back-fill does not go on, and when it is tried again (unix seconds). */
export async function noteBackfillFailure(
  store: Store,
  id: string,
  { nextTry, problem }: { nextTry: number; problem: SourceProblem },
): Promise<void> {
  await run(store, [
    store.db
      .prepare(`UPDATE backfill SET next_try = ?2, problem = ?3 WHERE id = ?1`)
      .bind(id, nextTry, JSON.stringify(problem)),
  ]);
}
