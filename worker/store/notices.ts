/**
 * The messages about alerts: rows that are written along with the change that they tell of, and sent afterwards, each
 * channel for itself.
 */
import * as v from 'valibot';
import type { Alert } from '../../shared/api/alerts.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { ALERT_COLUMNS, HUSHED, readAlert } from './alert-row.ts';
import { readStoredChannel, type StoredChannel } from './channels.ts';
import { insertChangeDone, type Who } from './history.ts';
import { fromJson, int, rows, run, text, type Store } from './meter.ts';
import { readPlaces } from './places.ts';

const NOTICE_KINDS = ['opened', 'summary', 'recovered'] as const;
type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The longest that a channel or a message is put off, in seconds: what is put off further was so by a wrong clock. */
export const LONGEST_WAIT = 1800;

/** A channel that something may be sent to. */
export interface DueChannel extends StoredChannel {
  /** Attempts that failed, in a row. */
  failures: number;
}

/** What is to be told now about one alert in one channel: all messages about it that wait there. */
export interface DueMessage {
  /** Oldest first; at least one. */
  notices: { id: number; kind: NoticeKind; attempts: number }[];
  /** As it is now. */
  alert: Alert;
  /** Its examples, newest first, as far as they are still kept. */
  events: EventSummary[];
  /** What this channel was told last about it. */
  before?: { count: number; at: number };
  /** IANA zone of the organisation. */
  zone: string;
}

/** Channels that something may be sent to at the unix second `now`; of one id where one is given. */
export async function dueChannels(store: Store, now: number, id?: string): Promise<DueChannel[]> {
  const [found] = await run(store, [store.db.prepare(DUE_CHANNELS).bind(now, id ?? null)]);
  return rows(found, (row) => ({ ...readStoredChannel(row), failures: int(row, 'failures') }));
}

/**
 * What is next for a channel at the unix second `now`: the oldest that is due, and what waits behind it about the same
 * alert. At most two round trips.
 */
export async function nextMessage(
  store: Store,
  channel: string,
  now: number,
): Promise<DueMessage | undefined> {
  const [found] = await run(store, [store.db.prepare(NEXT).bind(now, channel)]);
  const [due] = rows(found, (row) => ({
    ...readAlert(row, now),
    notices: fromJson(row, 'notices', NOTICES).toSorted((one, other) => one.id - other.id),
    before: row['before'] === null ? undefined : fromJson(row, 'before', BEFORE),
    zone: text(row, 'zone'),
  }));
  if (due === undefined) return undefined;
  const { rowIds, before, ...rest } = due;
  const events = await readPlaces(store, { accounts: '*', operators: '*' }, rowIds);
  return {
    ...rest,
    events: events.map(({ summary }) => summary),
    ...(before === undefined ? {} : { before }),
  };
}

const NOTICES = v.array(v.object({ id: v.number(), kind: v.picklist(NOTICE_KINDS), attempts: v.number() }));
const BEFORE = v.object({ count: v.number(), at: v.number() });

/** A channel may be sent to so often: a burst, and then once in so many ms. */
export interface Rate {
  everyMs: number;
  burst: number;
}

/** Takes the right to send one message to a channel at unix ms `now`; gives the ms to wait where it is too early. */
export async function takeTurn(
  store: Store,
  channel: string,
  { everyMs, burst }: Rate,
  now: number,
): Promise<number> {
  const { db } = store;
  const [paced, taken] = await run(store, [
    db.prepare(`SELECT paced FROM channel WHERE id = ?1`).bind(channel),
    db.prepare(TURN).bind(channel, now, everyMs, burst),
  ]);
  if (taken?.results.length === 1) return 0;
  const [used = now] = rows(paced, (row) => v.parse(v.number(), row['paced']));
  return Math.max(1, used - (burst - 1) * everyMs - now);
}

/** A message arrived at the unix second `now`, and told of so many events. */
export async function settleSent(
  store: Store,
  channel: string,
  { ids, count, now }: { ids: readonly number[]; count: number; now: number },
): Promise<void> {
  await run(store, [
    store.db.prepare(SENT).bind(JSON.stringify(ids), now, count),
    store.db.prepare(WELL).bind(channel, now),
  ]);
}

/** What becomes of a channel and its messages after one did not arrive. Times are unix seconds. */
export interface Setback {
  now: number;
  /** JSON of what went wrong, and its text. */
  problem: { json: string; text: string };
  /** Nothing is sent to the channel before. */
  channelAt: number;
  /** This message is not sent before. */
  messageAt: number;
  /** Messages that were made before are given up: of the whole channel, or this one only. */
  deadBefore: number;
  alone: boolean;
}

/** A message did not arrive. */
export async function settleFailed(
  store: Store,
  channel: string,
  ids: readonly number[],
  { now, problem, channelAt, messageAt, deadBefore, alone }: Setback,
): Promise<void> {
  const { db } = store;
  const tried = JSON.stringify(ids);
  await run(store, [
    db.prepare(TRIED).bind(tried, problem.text, messageAt),
    db.prepare(GIVE_UP).bind(channel, deadBefore, now, problem.text, alone ? tried : null),
    db.prepare(ILL).bind(channel, now, problem.json, channelAt),
  ]);
}

/** A channel was tried by hand: what it answered stands, and what waits is sent at once where it answered well. */
export async function settleTested(
  store: Store,
  channel: string,
  { problem, who }: { problem?: object; who: Who },
): Promise<void> {
  const now = Math.floor(who.at / 1000);
  const ok = problem === undefined;
  await run(store, [
    ok
      ? store.db.prepare(WELL).bind(channel, now)
      : store.db.prepare(TESTED).bind(channel, now, JSON.stringify(problem)),
    insertChangeDone(store, 'channel', { ...who, id: channel, kind: 'tested', what: { ok } }),
  ]);
}

/** The statement that forgets messages that ended before a unix second. */
export function forgetNotices({ db }: Store, before: number): D1PreparedStatement {
  return db.prepare(`DELETE FROM notice WHERE ended < ?1`).bind(before);
}

/** Whether a time is one that was come to, or that a wrong clock made. */
const IS_DUE = (time: string): string => `(${time} <= ?1 OR ${time} > ?1 + ${2 * LONGEST_WAIT})`;

const DUE_CHANNELS = `
  SELECT * FROM channel WHERE ${IS_DUE('channel.next_try')} AND (?2 IS NULL OR id = ?2) AND EXISTS (
    SELECT 1 FROM notice INDEXED BY notice_pending
    WHERE notice.channel = channel.id AND state = 'pending' AND ${IS_DUE('notice.next_try')}
  )`;

const NEXT = `
  WITH head AS (
    SELECT alert, channel FROM notice INDEXED BY notice_pending
    WHERE channel = ?2 AND state = 'pending' AND ${IS_DUE('next_try')} AND NOT EXISTS (
      SELECT 1 FROM notice AS earlier WHERE earlier.alert = notice.alert AND earlier.channel = ?2
        AND earlier.id < notice.id AND earlier.state = 'pending'
    )
    ORDER BY id LIMIT 1
  )
  SELECT ${ALERT_COLUMNS}, (
    SELECT json_group_array(json_object('id', id, 'kind', kind, 'attempts', attempts)) FROM notice
    WHERE notice.alert = head.alert AND notice.channel = head.channel AND state = 'pending'
  ) AS notices, (
    SELECT json_object('count', count, 'at', ended) FROM notice
    WHERE notice.alert = head.alert AND notice.channel = head.channel AND state = 'sent' AND count IS NOT NULL
    ORDER BY id DESC LIMIT 1
  ) AS before, coalesce((SELECT value FROM setting WHERE key = 'zone'), 'UTC') AS zone
  FROM head CROSS JOIN alert ON alert.num = head.alert ${HUSHED}`;

// What is used further than a burst was used by a wrong clock.
const TURN = `
  UPDATE channel SET paced = CASE WHEN paced > ?2 + ?3 * ?4 THEN ?2 ELSE max(paced, ?2) END + ?3
  WHERE id = ?1 AND (paced <= ?2 + ?3 * (?4 - 1) OR paced > ?2 + ?3 * ?4) RETURNING id`;

const SENT = `
  UPDATE notice SET state = 'sent', attempts = attempts + 1, ended = ?2, count = ?3, problem = NULL
  WHERE id IN (SELECT value FROM json_each(?1)) AND state = 'pending'`;

const WELL = `
  UPDATE channel SET failures = 0, failing = NULL, problem = NULL, next_try = 0, sent = ?2 WHERE id = ?1`;

const TRIED = `
  UPDATE notice SET attempts = attempts + 1, problem = ?2, next_try = ?3
  WHERE id IN (SELECT value FROM json_each(?1)) AND state = 'pending'`;

const GIVE_UP = `
  UPDATE notice SET state = 'dead', ended = ?3, problem = ?4
  WHERE channel = ?1 AND state = 'pending' AND made <= ?2 AND (?5 IS NULL OR id IN (SELECT value FROM json_each(?5)))`;

const ILL = `
  UPDATE channel SET failures = failures + 1, failing = coalesce(failing, ?2), problem = ?3, next_try = ?4
  WHERE id = ?1`;

const TESTED = `UPDATE channel SET failing = coalesce(failing, ?2), problem = ?3 WHERE id = ?1`;
