/** Alarm policies: those of the code with what an admin decided about them, and those that an admin made. */
import * as v from 'valibot';
import { alarm as schema, type Alarm, MAX_ALARMS, MAX_ALARMS_TEXT } from '../../shared/api/alarms.ts';
import { ALARM_POLICIES, type ShippedAlarm } from '../../shared/catalogue/alarm-policies.ts';
import { readStoredQuery } from '../../shared/query/stored.ts';
import { insertChangeDone, type Who } from './history.ts';
import { fromJson, int, maybeInt, maybeText, rows, run, text, type Row, type Store } from './meter.ts';

const { entries } = schema;

/** The statements whose results `readAlarms` reads. */
export function alarmsOf({ db }: Store): [D1PreparedStatement, D1PreparedStatement] {
  return [db.prepare(`SELECT * FROM shipped_alarm`), db.prepare(`SELECT * FROM alarm ORDER BY id`)];
}

/** Every policy: the shipped ones first, in their order. */
export function readAlarms(shipped: D1Result | undefined, own: D1Result | undefined): Alarm[] {
  const choices = new Map(rows(shipped, readChoice));
  return [
    ...ALARM_POLICIES.map((policy) => ({ ...policy, ...choices.get(policy.id) })),
    ...rows(own, readAlarm),
  ];
}

type Choice = Partial<Pick<ShippedAlarm, 'severity' | 'schedule' | 'channels' | 'silence' | 'on'>>;

function readChoice(row: Row): [string, Choice] {
  const [severity, silence, active] = [
    maybeText(row, 'severity'),
    maybeInt(row, 'silence'),
    maybeInt(row, 'active'),
  ];
  return [
    text(row, 'id'),
    {
      ...(severity === undefined ? {} : { severity: v.parse(entries.severity, severity) }),
      ...(maybeText(row, 'schedule') === undefined
        ? {}
        : { schedule: fromJson(row, 'schedule', entries.schedule) }),
      ...(maybeText(row, 'channels') === undefined
        ? {}
        : { channels: fromJson(row, 'channels', entries.channels) }),
      ...(silence === undefined ? {} : { silence }),
      ...(active === undefined ? {} : { on: active === 1 }),
    },
  ];
}

/** A policy that an admin made. One whose query cannot be read any more is off, and says why. */
function readAlarm(row: Row): Alarm {
  const q = text(row, 'query');
  const read = readStoredQuery(q, 'an alarm policy');
  return {
    id: text(row, 'id'),
    name: fromJson(row, 'name', entries.name),
    q,
    condition: fromJson(row, 'condition', entries.condition),
    severity: v.parse(entries.severity, row['severity']),
    schedule: maybeText(row, 'schedule') === undefined ? null : fromJson(row, 'schedule', entries.schedule),
    channels: fromJson(row, 'channels', entries.channels),
    silence: int(row, 'silence'),
    old: int(row, 'old') === 1,
    on: read.ok && int(row, 'active') === 1,
    shipped: false,
    ...(read.ok
      ? {}
      : { problem: { message: read.error.message, at: read.error.at, length: read.error.length } }),
  };
}

/** One policy, shipped or not. */
export async function findAlarm(store: Store, id: string): Promise<Alarm | undefined> {
  const [shipped, own] = await run(store, alarmsOf(store));
  return readAlarms(shipped, own).find((policy) => policy.id === id);
}

/** What an admin makes of a policy. */
export type OwnAlarm = Omit<Alarm, 'shipped' | 'problem'>;

/**
 * `taken`: there is one with that id. `full`: there are as many policies, or queries as long, as every event may be
 * asked. `unknown`: it names a channel that there is not.
 */
export type AddedAlarm = 'added' | 'taken' | 'full' | 'unknown';

export async function addAlarm(store: Store, policy: OwnAlarm, who: Who): Promise<AddedAlarm> {
  const { db } = store;
  const bound = boundAlarm(policy);
  const [known, missing, added] = await run(store, [
    db.prepare(KNOWN).bind(policy.id),
    db.prepare(MISSING).bind(bound.channels),
    db
      .prepare(INSERT)
      .bind(
        policy.id,
        bound.name,
        bound.query,
        bound.condition,
        bound.severity,
        bound.schedule,
        bound.channels,
        bound.silence,
        bound.old,
        bound.active,
      ),
    insertChangeDone(store, 'alarm', { ...who, id: policy.id, kind: 'created', what: withoutId(policy) }),
  ]);
  if (known?.results.length !== 0) return 'taken';
  if (missing?.results.length !== 0) return 'unknown';
  return added?.results.length === 1 ? 'added' : 'full';
}

/** What of a policy an admin changes; the rest stays as it is, whoever changes that meanwhile. */
export type AlarmChange = { [K in Exclude<keyof OwnAlarm, 'id'>]?: OwnAlarm[K] | undefined };

/** Changes a policy that an admin made; gives it as it is then. */
export async function changeAlarm(
  store: Store,
  id: string,
  change: AlarmChange,
  who: Who,
): Promise<Alarm | 'missing' | 'full' | 'unknown'> {
  const { db } = store;
  const bound = boundAlarm(change);
  const [known, missing, changed] = await run(store, [
    db.prepare(KNOWN).bind(id),
    db.prepare(MISSING).bind(bound.channels),
    db
      .prepare(UPDATE)
      .bind(
        id,
        bound.name,
        bound.query,
        bound.condition,
        bound.severity,
        bound.schedule,
        bound.channels,
        bound.silence,
        bound.old,
        bound.active,
        Number(change.schedule !== undefined),
      ),
    insertChangeDone(store, 'alarm', { ...who, id, kind: 'changed', what: change }),
  ]);
  const [policy] = rows(changed, readAlarm);
  if (policy !== undefined) return policy;
  if (known?.results.length === 0) return 'missing';
  return missing?.results.length === 0 ? 'full' : 'unknown';
}

/** What an admin may decide about a shipped policy. */
export type AlarmChoice = Pick<AlarmChange, 'severity' | 'schedule' | 'channels' | 'silence' | 'on'>;

/** Keeps what an admin decided about a shipped policy; false where it names a channel that there is not. */
export async function chooseForAlarm(
  store: Store,
  id: string,
  choice: AlarmChoice,
  who: Who,
): Promise<boolean> {
  const { db } = store;
  const { severity, channels, silence, active } = boundAlarm(choice);
  const schedule = choice.schedule === undefined ? null : JSON.stringify(choice.schedule);
  const [missing] = await run(store, [
    db.prepare(MISSING).bind(channels),
    db.prepare(CHOOSE).bind(id, severity, schedule, channels, silence, active),
    insertChangeDone(store, 'alarm', { ...who, id, kind: 'changed', what: choice }),
  ]);
  return missing?.results.length === 0;
}

/** Removes a policy that an admin made, and what it remembers; false where there is none. Its alerts stay. */
export async function removeAlarm(store: Store, id: string, who: Who): Promise<boolean> {
  const [removed] = await run(store, [
    store.db.prepare(`DELETE FROM alarm WHERE id = ?1 RETURNING id`).bind(id),
    insertChangeDone(store, 'alarm', { ...who, id, kind: 'deleted', what: {} }),
  ]);
  return removed?.results.length === 1;
}

function withoutId({ id: _id, ...policy }: OwnAlarm): object {
  return policy;
}

function boundAlarm({ name, q, condition, severity, schedule, channels, silence, old, on }: AlarmChange) {
  return {
    name: jsonOf(name),
    query: q ?? null,
    condition: jsonOf(condition),
    severity: severity ?? null,
    schedule: jsonOf(schedule ?? undefined),
    channels: jsonOf(channels),
    silence: silence ?? null,
    old: old === undefined ? null : Number(old),
    active: on === undefined ? null : Number(on),
  };
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

const KNOWN = `SELECT id FROM alarm WHERE id = ?1`;

/** Channels that are named and that there are not; none for "*", or where none are given. */
const UNKNOWN = (channels: string): string => `
  SELECT value FROM json_each(${channels}) WHERE json_type(${channels}) = 'array'
    AND value NOT IN (SELECT id FROM channel)`;

const MISSING = UNKNOWN('?1');

/** Room for one more query: a bound on what one event may be asked, whoever adds policies at once. */
const ROOM = (query: string): string => `
  (SELECT coalesce(sum(length(query)), 0) FROM alarm WHERE id <> ?1) + length(${query}) <= ${MAX_ALARMS_TEXT}`;

const INSERT = `
  INSERT INTO alarm (id, name, query, condition, severity, schedule, channels, silence, old, active)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
  WHERE (SELECT count(*) FROM alarm) < ${MAX_ALARMS} AND ${ROOM('?3')} AND NOT EXISTS (${UNKNOWN('?7')})
  ON CONFLICT (id) DO NOTHING RETURNING id`;

const UPDATE = `
  UPDATE alarm SET name = coalesce(?2, name), query = coalesce(?3, query), condition = coalesce(?4, condition),
    severity = coalesce(?5, severity), schedule = CASE ?11 WHEN 1 THEN ?6 ELSE schedule END,
    channels = coalesce(?7, channels), silence = coalesce(?8, silence), old = coalesce(?9, old),
    active = coalesce(?10, active)
  WHERE id = ?1 AND ${ROOM('coalesce(?3, query)')} AND NOT EXISTS (${UNKNOWN('?7')}) RETURNING *`;

const CHOOSE = `
  INSERT INTO shipped_alarm (id, severity, schedule, channels, silence, active)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (${UNKNOWN('?4')})
  ON CONFLICT (id) DO UPDATE SET severity = coalesce(?2, severity), schedule = coalesce(?3, schedule),
    channels = coalesce(?4, channels), silence = coalesce(?5, silence), active = coalesce(?6, active)`;
