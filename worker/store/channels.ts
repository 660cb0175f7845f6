/** Channels as admins make them. */
import * as v from 'valibot';
import {
  channel as schema,
  MAX_CHANNELS,
  type AlertLanguage,
  type Channel,
  type ChannelKind,
} from '../../shared/api/channels.ts';
import { deliveryProblem } from '../../shared/api/tracks.ts';
import { insertChangeDone, type Who } from './history.ts';
import { fromJson, int, maybeInt, maybeText, rows, run, text, type Row, type Store } from './meter.ts';

/** What may be shown of an address. */
const channelSettings = v.object({ shown: v.string(), signed: v.boolean() });
export type ChannelSettings = v.InferOutput<typeof channelSettings>;

/** A channel as it is kept. */
export interface StoredChannel {
  id: string;
  name: string;
  kind: ChannelKind;
  settings: ChannelSettings;
  /** Its address and secret, sealed for its id. */
  sealed: string;
  language: AlertLanguage;
}

export type AddedChannel = 'added' | 'taken' | 'full';

/** Adds a channel. */
export async function addChannel(
  store: Store,
  { id, name, kind, settings, sealed, language }: StoredChannel,
  who: Who,
): Promise<AddedChannel> {
  const { db } = store;
  const what = { kind, name, language, url: settings.shown, signed: settings.signed };
  const created = Math.floor(who.at / 1000);
  const [known, added] = await run(store, [
    db.prepare(`SELECT id FROM channel WHERE id = ?1`).bind(id),
    db.prepare(INSERT).bind(id, name, kind, JSON.stringify(settings), sealed, language, created),
    insertChangeDone(store, 'channel', { ...who, id, kind: 'created', what }),
  ]);
  if (known?.results.length !== 0) return 'taken';
  return added?.results.length === 1 ? 'added' : 'full';
}

/** What of a channel is changed; an address comes with what may be shown of it. */
export interface ChannelChanges {
  name?: string;
  language?: AlertLanguage;
  kept?: Pick<StoredChannel, 'settings' | 'sealed'>;
}

/** Changes a channel; false where there is none. What waits for a new address is sent at once. */
export async function changeChannel(
  store: Store,
  id: string,
  { name, language, kept }: ChannelChanges,
  who: Who,
): Promise<boolean> {
  const settings = kept === undefined ? null : JSON.stringify(kept.settings);
  const what = { name, language, url: kept?.settings.shown, signed: kept?.settings.signed };
  const [changed] = await run(store, [
    store.db
      .prepare(UPDATE)
      .bind(id, name ?? null, language ?? null, settings, kept?.sealed ?? null, Number(kept !== undefined)),
    insertChangeDone(store, 'channel', { ...who, id, kind: 'changed', what }),
    ...(kept === undefined ? [] : [store.db.prepare(AT_ONCE).bind(id)]),
  ]);
  return changed?.results.length === 1;
}

/** Removes a channel that no policy names, with what waits for it; else the ids of the policies. */
export async function removeChannel(
  store: Store,
  id: string,
  who: Who,
): Promise<'removed' | 'missing' | string[]> {
  const [users, removed] = await run(store, [
    store.db.prepare(USERS).bind(id),
    store.db.prepare(`DELETE FROM channel WHERE id = ?1 AND NOT EXISTS (${USERS}) RETURNING id`).bind(id),
    insertChangeDone(store, 'channel', { ...who, id, kind: 'deleted', what: {} }),
  ]);
  if (removed?.results.length === 1) return 'removed';
  const names = rows(users, (row) => text(row, 'id'));
  return names.length > 0 ? names : 'missing';
}

/** One channel, to send to. */
export async function findChannel(store: Store, id: string): Promise<StoredChannel | undefined> {
  const [found] = await run(store, [store.db.prepare(`SELECT * FROM channel WHERE id = ?1`).bind(id)]);
  return rows(found, readStoredChannel)[0];
}

/** The statement whose result `readChannels` reads: every channel, or one. */
export function channelsOf({ db }: Store, id?: string): D1PreparedStatement {
  return db.prepare(SHOWN).bind(id ?? null);
}

/** Channels as admins see them, in the order of their ids. */
export function readChannels(found: D1Result | undefined): Channel[] {
  return rows(found, (row) => {
    const { id, name, kind, language, settings } = readStoredChannel(row);
    const [failing, sent] = [maybeInt(row, 'failing'), maybeInt(row, 'sent')];
    return {
      id,
      kind,
      name,
      url: settings.shown,
      signed: settings.signed,
      language,
      created: timeOf(int(row, 'created')),
      health: failing === undefined ? 'ok' : 'failing',
      lastSent: sent === undefined ? null : timeOf(sent),
      waiting: int(row, 'waiting'),
      dead: int(row, 'dead'),
      ...(failing === undefined
        ? {}
        : { problem: { ...fromJson(row, 'problem', deliveryProblem), since: timeOf(failing) } }),
    };
  });
}

/** The columns of a channel that sending needs. */
export function readStoredChannel(row: Row): StoredChannel {
  const { kind, language } = schema.entries;
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    kind: v.parse(kind, row['kind']),
    settings: fromJson(row, 'settings', channelSettings),
    sealed: maybeText(row, 'sealed') ?? '',
    language: v.parse(language, row['language']),
  };
}

function timeOf(second: number): string {
  return new Date(second * 1000).toISOString();
}

const INSERT = `
  INSERT INTO channel (id, name, kind, settings, sealed, language, created)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE (SELECT count(*) FROM channel) < ${MAX_CHANNELS}
  ON CONFLICT (id) DO NOTHING RETURNING id`;

const UPDATE = `
  UPDATE channel SET name = coalesce(?2, name), language = coalesce(?3, language), settings = coalesce(?4, settings),
    sealed = coalesce(?5, sealed), next_try = CASE ?6 WHEN 1 THEN 0 ELSE next_try END,
    failures = CASE ?6 WHEN 1 THEN 0 ELSE failures END
  WHERE id = ?1 RETURNING id`;

const AT_ONCE = `UPDATE notice SET next_try = made WHERE channel = ?1 AND state = 'pending'`;

const NAMES = `json_type(channels) = 'array' AND EXISTS (SELECT 1 FROM json_each(channels) WHERE value = ?1)`;

const USERS = `
  SELECT id FROM alarm WHERE ${NAMES} UNION ALL SELECT id FROM shipped_alarm WHERE channels IS NOT NULL AND ${NAMES}`;

const SHOWN = `
  SELECT channel.*,
    (SELECT count(*) FROM notice WHERE notice.channel = channel.id AND state = 'pending') AS waiting,
    (SELECT count(*) FROM notice WHERE notice.channel = channel.id AND state = 'dead') AS dead
  FROM channel WHERE ?1 IS NULL OR id = ?1 ORDER BY id`;
