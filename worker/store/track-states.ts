/** Tracking sets as they are now: settings, and how delivering them goes. */
import * as v from 'valibot';
import { deliveryProblem, type Health, type Track } from '../../shared/api/tracks.ts';
import { grant } from '../../shared/api/parts.ts';
import { fromJson, int, maybeInt, rows, run, text, type Row, type Store } from './meter.ts';
import { selector } from './track-plan.ts';
import { readSending } from './tracks.ts';

/** A set whose oldest event waits longer is late, ms. */
const LATE_MS = 300_000;

/** What comes in is planned within a minute; only when it takes longer does it count for the lag, ms. */
const PLANNED_MS = 120_000;

/** A target that fails shorter than this may only have hiccups, ms. */
const HICCUP_MS = 120_000;

/** Failures that do not pass by themselves. */
const LASTING: ReadonlySet<string> = new Set(['refused', 'forbidden', 'gone', 'inward']);

/** The statement whose result `readTrackStates` reads: one set, or all, by name. */
export function trackStatesOf({ db }: Store, id?: string): D1PreparedStatement {
  return db.prepare(STATES).bind(id ?? null);
}

// Aggregates over what is pending only: what was delivered is not looked at.
const STATES = `
  SELECT track.*, from_second, to_second, events, done,
    (SELECT coalesce(sum(count), 0) FROM delivery INDEXED BY delivery_pending
      WHERE track = track.number AND state = 'pending') AS backlog,
    (SELECT min(arrived) FROM delivery INDEXED BY delivery_pending
      WHERE track = track.number AND state = 'pending') AS oldest,
    (SELECT count(*) FROM delivery INDEXED BY delivery_dead
      WHERE track = track.number AND state = 'dead') AS dead,
    (SELECT at FROM change WHERE first > max(seq, since) ORDER BY first LIMIT 1) AS waiting
  FROM track CROSS JOIN track_plan LEFT JOIN track_backfill ON track_backfill.track = track.number
  WHERE ?1 IS NULL OR track.id = ?1 ORDER BY track.name, track.id`;

/** The sets as members see them. `now` is unix ms. */
export function readTrackStates(result: D1Result | undefined, now: number): Track[] {
  return rows(result, (row) => readTrack(row, now));
}

/** How every set is. `now` is unix ms. */
export async function loadTrackStates(store: Store, now: number): Promise<Track[]> {
  const [states] = await run(store, [trackStatesOf(store)]);
  return readTrackStates(states, now);
}

function readTrack(row: Row, now: number): Track {
  const { id, name, target, format, compress } = readSending(row);
  const delivered = maybeInt(row, 'delivered');
  const from = maybeInt(row, 'from_second');
  const lagMs = lagOf(row, now);
  return {
    id,
    number: int(row, 'number'),
    name,
    ...fromJson(row, 'selector', selector),
    accounts: fromJson(row, 'accounts', grant),
    target,
    format,
    compress,
    status: int(row, 'active') === 1 ? 'on' : 'paused',
    created: timeOf(int(row, 'created')),
    updated: timeOf(int(row, 'updated')),
    changedBy: text(row, 'changed_by'),
    ...(from === undefined
      ? {}
      : {
          backfill: {
            from: timeOf(from * 1000),
            to: timeOf(int(row, 'to_second') * 1000),
            state: int(row, 'done') === 1 ? 'done' : 'running',
            events: int(row, 'events'),
          },
        }),
    health: healthOf(row, lagMs, now),
    lastDelivered: delivered === undefined ? null : timeOf(delivered),
    lag: Math.floor(lagMs / 1000),
    backlog: int(row, 'backlog'),
    dead: int(row, 'dead'),
    ...(row['problem'] === null ? {} : { problem: readProblem(row) }),
  };
}

const storedProblem = v.object({ ...deliveryProblem.entries, at: v.number() });

function readProblem(row: Row): NonNullable<Track['problem']> {
  const { at, ...problem } = fromJson(row, 'problem', storedProblem);
  return { ...problem, at: timeOf(at) };
}

/** Unix ms for which the oldest event that is not delivered has been here. */
function lagOf(row: Row, now: number): number {
  const oldest = maybeInt(row, 'oldest') ?? now;
  const waiting = (maybeInt(row, 'waiting') ?? now / 1000) * 1000;
  return Math.max(0, now - oldest, now - waiting > PLANNED_MS ? now - waiting : 0);
}

function healthOf(row: Row, lagMs: number, now: number): Health {
  if (int(row, 'active') === 0) return 'paused';
  const failing = maybeInt(row, 'failing');
  // In the future: a clock was wrong, and nothing is known of how long.
  if (failing !== undefined && (LASTING.has(kindOf(row)) || Math.abs(now - failing) >= HICCUP_MS))
    return 'failing';
  return lagMs > LATE_MS ? 'late' : 'ok';
}

function kindOf(row: Row): string {
  return row['problem'] === null ? '' : readProblem(row).kind;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
