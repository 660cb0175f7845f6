/** Tracking sets as admins make them. */
import * as v from 'valibot';
import { MAX_TRACKS, MAX_TRACKS_TEXT, type Track } from '../../shared/api/tracks.ts';
import { target as targetSchema, type Target } from '../../shared/api/targets.ts';
import { fromJson, int, maybeText, rows, run, text, type Row, type Store } from './meter.ts';
import { firstRowId } from './rowid.ts';
import type { Accounts } from './scope.ts';
import type { Who } from './history.ts';
import { insertChangeDone } from './track-history.ts';
import type { StoredSelector } from './track-plan.ts';

/** What an admin decides about a set. What is secret of its target is sealed. */
export interface TrackSettings {
  name: string;
  selector: StoredSelector;
  accounts: Accounts;
  target: Target;
  sealed: string | undefined;
  format: Track['format'];
  compress: boolean;
  status: Track['status'];
}

/** What of a set is changed; the rest stays as it is. A target comes with what is secret of it. */
export type SettingsChange = Partial<Omit<TrackSettings, 'target' | 'sealed'>> & {
  kept?: Pick<TrackSettings, 'target' | 'sealed'>;
};

/** Unix seconds; `to` is excluded. */
export interface Past {
  from: number;
  to: number;
}

/** `full`: there are as many sets, or their queries as long, as every event may be asked. */
export type Added = 'added' | 'taken' | 'full';

/** Adds a set, which takes what comes in from now on, and of the past what it wants. */
export async function addTrack(
  store: Store,
  { id, past, ...settings }: TrackSettings & { id: string; past?: Past },
  who: Who,
): Promise<Added> {
  const { db } = store;
  const { name, selector, accounts, target, sealed, format, compress, status } = settings;
  const [known, added] = await run(store, [
    db.prepare(KNOWN).bind(id),
    db
      .prepare(INSERT)
      .bind(
        id,
        name,
        JSON.stringify(selector),
        JSON.stringify(accounts),
        JSON.stringify(target),
        sealed ?? null,
        format,
        Number(compress),
        Number(status === 'on'),
        who.at,
        who.by,
      ),
    ...(past === undefined ? [] : [db.prepare(BACKFILL).bind(id, past.from, past.to, firstRowId(past.to))]),
    insertChangeDone(store, { ...who, track: id, kind: 'created', what: shown({ ...settings, past }) }),
  ]);
  if (known?.results.length !== 0) return 'taken';
  return added?.results.length === 1 ? 'added' : 'full';
}

/** Changes a set, unless there is none, or no room for what it would ask. */
export async function changeTrack(
  store: Store,
  id: string,
  change: SettingsChange,
  who: Who,
): Promise<'changed' | 'missing' | 'full'> {
  const { db } = store;
  const { name, selector, accounts, kept, format, compress, status } = change;
  const [known, changed] = await run(store, [
    db.prepare(KNOWN).bind(id),
    db
      .prepare(UPDATE)
      .bind(
        id,
        name ?? null,
        jsonOrNull(selector),
        jsonOrNull(accounts),
        jsonOrNull(kept?.target),
        kept?.sealed ?? null,
        format ?? null,
        compress === undefined ? null : Number(compress),
        status === undefined ? null : Number(status === 'on'),
        who.at,
        who.by,
      ),
    insertChangeDone(store, { ...who, track: id, kind: 'changed', what: shown(change) }),
    // What was put off is tried at once: it may go now.
    ...(kept === undefined && status !== 'on' ? [] : tryAtOnce(store, id)),
  ]);
  if (changed?.results.length === 1) return 'changed';
  return known?.results.length === 0 ? 'missing' : 'full';
}

/** Removes a set; its deliveries go by and by. False where there is none. */
export async function removeTrack(store: Store, id: string, who: Who): Promise<boolean> {
  const [removed] = await run(store, [
    store.db.prepare(`DELETE FROM track WHERE id = ?1 RETURNING id`).bind(id),
    insertChangeDone(store, { ...who, track: id, kind: 'deleted', what: {} }),
  ]);
  return removed?.results.length === 1;
}

/** What sending to a set needs. */
export interface Sending {
  number: number;
  id: string;
  name: string;
  target: Target;
  sealed?: string;
  format: Track['format'];
  compress: boolean;
  /** When it was changed last: what was read before then may not hold. */
  updated: number;
}

/** One set, to send to. */
export async function findSending(store: Store, id: string): Promise<Sending | undefined> {
  const [found] = await run(store, [store.db.prepare(`SELECT * FROM track WHERE id = ?1`).bind(id)]);
  return rows(found, readSending)[0];
}

/** The columns of a set that sending needs. */
export function readSending(row: Row): Sending {
  const sealed = maybeText(row, 'sealed');
  return {
    number: int(row, 'number'),
    id: text(row, 'id'),
    name: text(row, 'name'),
    target: fromJson(row, 'target', targetSchema),
    format: v.parse(v.picklist(['records', 'events']), row['format']),
    compress: int(row, 'compress') === 1,
    updated: int(row, 'updated'),
    ...(sealed === undefined ? {} : { sealed }),
  };
}

/** Settings as the history has them: nothing secret, and nothing that was not given. */
function shown({
  selector,
  kept,
  past,
  sealed: _sealed,
  ...rest
}: SettingsChange & { target?: Target; sealed?: string | undefined; past?: Past | undefined }): object {
  return {
    ...rest,
    ...selector,
    ...(kept === undefined ? {} : { target: kept.target }),
    ...(past === undefined ? {} : { backfill: { from: timeOf(past.from), to: timeOf(past.to) } }),
  };
}

function timeOf(second: number): string {
  return new Date(second * 1000).toISOString();
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

const KNOWN = `SELECT id FROM track WHERE id = ?1`;

/** Room for one more selector: a bound on what one event may be asked, whoever adds sets at once. */
const ROOM = (selector: string): string => `
  (SELECT coalesce(sum(length(selector)), 0) FROM track WHERE id <> ?1) + length(${selector}) <= ${MAX_TRACKS_TEXT}`;

// What is in the log already came in before.
const INSERT = `
  INSERT INTO track (id, name, selector, accounts, target, sealed, format, compress, active, created, updated,
    changed_by, since)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11,
    coalesce((SELECT last FROM change ORDER BY first DESC LIMIT 1), 0)
  WHERE (SELECT count(*) FROM track) < ${MAX_TRACKS} AND ${ROOM('?3')}
  ON CONFLICT (id) DO NOTHING RETURNING id`;

// Only where the statement before it added the set.
const BACKFILL = `
  INSERT INTO track_backfill (track, from_second, to_second, search, below, events, done)
  SELECT number, ?2, ?3, 0, ?4, 0, 0 FROM track WHERE id = ?1 AND changes() > 0`;

const UPDATE = `
  UPDATE track SET name = coalesce(?2, name), selector = coalesce(?3, selector), accounts = coalesce(?4, accounts),
    target = coalesce(?5, target), sealed = CASE WHEN ?5 IS NULL THEN sealed ELSE ?6 END,
    format = coalesce(?7, format), compress = coalesce(?8, compress), active = coalesce(?9, active),
    updated = max(updated + 1, ?10), changed_by = ?11
  WHERE id = ?1 AND ${ROOM('coalesce(?3, selector)')} RETURNING id`;

/** The statements that end all waiting of a set: what failed before tells nothing any more. */
export function tryAtOnce({ db }: Store, id: string): D1PreparedStatement[] {
  return [SET_AT_ONCE, DELIVERIES_AT_ONCE].map((statement) => db.prepare(statement).bind(id));
}

const SET_AT_ONCE = `UPDATE track SET failures = 0, failing = NULL, next_try = 0 WHERE id = ?1`;

// Those that the target refused wait each for itself.
const DELIVERIES_AT_ONCE = `
  UPDATE delivery INDEXED BY delivery_pending SET next_try = 0
  WHERE track = (SELECT number FROM track WHERE id = ?1) AND state = 'pending' AND next_try <> 0`;
