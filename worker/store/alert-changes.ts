/** Alerts as a pass of the policies reads and writes them, and the messages that go out about them. */
import * as v from 'valibot';
import type { Life, Told } from '../../shared/alarms/life.ts';
import type { Alarm } from '../../shared/api/alarms.ts';
import { AT_TURN, type GroupRef } from './alarm-pass.ts';
import { boundParts } from './bound-parts.ts';
import { fromJson, int, maybeInt, maybeText, text, type Row, type Store } from './meter.ts';
import type { Whose } from './scope.ts';

/** An alert on its way through a pass. Times are unix seconds. */
export interface AlertState extends GroupRef {
  id: string;
  label?: string;
  per?: string;
  name: Alarm['name'];
  severity: Alarm['severity'];
  system: boolean;
  note?: { en: string; zh: string };
  /** Accounts of its events; null where that may be all. */
  accounts: string[] | null;
  /** Whose its events are; null: too many to list. */
  whose: Whose[] | null;
  opened: number;
  first: number;
  last: number;
  /** Row ids, newest first. */
  examples: number[];
  life: Life;
}

const WHOSE = v.array(
  v.object({ account: v.string(), operator: v.string(), person: v.nullable(v.string()) }),
);
const NOTE = v.object({ en: v.string(), zh: v.string() });
const NAME = v.object({ en: v.string(), zh: v.exactOptional(v.string()) });
const SEVERITY = v.picklist(['info', 'low', 'medium', 'high', 'critical']);
const TOLD = v.picklist(['opened', 'summary', 'recovered']);

/** The statements whose rows `readAlertState` reads: alerts of these groups whose last event is not before a second. */
export function alertsOfGroups(
  { db }: Store,
  groups: readonly (GroupRef & { since: number })[],
): D1PreparedStatement[] {
  return Array.from(boundParts(groups), (part) => db.prepare(OF_GROUPS).bind(JSON.stringify(part)));
}

const OF_GROUPS = `
  SELECT alert.* FROM json_each(?1) AS asked CROSS JOIN alert ON alert.alarm = asked.value ->> 'alarm'
    AND alert.grp = asked.value ->> 'grp' AND alert.last >= asked.value ->> 'since'`;

/** The statement whose rows `readAlertState` reads: alerts that have to be looked at at the unix second `now`. */
export function alertsDue({ db }: Store, now: number, limit: number): D1PreparedStatement {
  return db
    .prepare(`SELECT * FROM alert WHERE due IS NOT NULL AND due <= ?1 ORDER BY due LIMIT ?2`)
    .bind(now, limit);
}

/** How far two clocks may be apart, in seconds. */
const SKEW = 60;

/** The statement that has those open alerts looked at again of which a clock that ran ahead of the second `now` wrote. */
export function lookAgainAtAhead({ db }: Store, now: number): D1PreparedStatement {
  return db
    .prepare(`UPDATE alert SET due = 0 WHERE recovered IS NULL AND (grown > ?1 OR told_at > ?1)`)
    .bind(now + SKEW);
}

/** The statement whose rows `readAlertState` reads: open alerts of these policies. */
export function alertsOpen({ db }: Store, alarms: readonly string[]): D1PreparedStatement {
  return db
    .prepare(
      `SELECT * FROM alert WHERE recovered IS NULL AND alarm IN (SELECT value FROM json_each(?1)) LIMIT 1000`,
    )
    .bind(JSON.stringify(alarms));
}

export function readAlertState(row: Row): AlertState {
  const [label, per] = [maybeText(row, 'label'), maybeText(row, 'per')];
  const [recovered, told] = [maybeInt(row, 'recovered'), maybeText(row, 'told')];
  return {
    id: text(row, 'id'),
    alarm: text(row, 'alarm'),
    grp: text(row, 'grp'),
    ...(label === undefined ? {} : { label }),
    ...(per === undefined ? {} : { per }),
    name: fromJson(row, 'name', NAME),
    severity: v.parse(SEVERITY, row['severity']),
    system: int(row, 'system') === 1,
    ...(maybeText(row, 'note') === undefined ? {} : { note: fromJson(row, 'note', NOTE) }),
    accounts:
      maybeText(row, 'accounts') === undefined ? null : fromJson(row, 'accounts', v.array(v.string())),
    whose: maybeText(row, 'whose') === undefined ? null : fromJson(row, 'whose', WHOSE),
    opened: int(row, 'opened'),
    first: int(row, 'first'),
    last: int(row, 'last'),
    examples: fromJson(row, 'examples', v.array(v.number())),
    life: {
      count: int(row, 'count'),
      grown: int(row, 'grown'),
      ...(recovered === undefined ? {} : { recovered }),
      acknowledged: maybeInt(row, 'acknowledged') !== undefined,
      ...(told === undefined
        ? {}
        : {
            told: {
              kind: v.parse(TOLD, told),
              at: int(row, 'told_at'),
              count: int(row, 'told_count'),
            },
          }),
    },
  };
}

/** Groups that somebody hushed: the statement, and what each of its rows says. */
export function hushesOf({ db }: Store, groups: readonly GroupRef[]): D1PreparedStatement[] {
  return Array.from(boundParts(groups), (part) => db.prepare(HUSHES).bind(JSON.stringify(part)));
}

export function readHush(row: Row): GroupRef & { expected: boolean; mutedUntil: number } {
  return {
    alarm: text(row, 'alarm'),
    grp: text(row, 'grp'),
    expected: maybeInt(row, 'expected') !== undefined,
    mutedUntil: maybeInt(row, 'muted_until') ?? 0,
  };
}

const HUSHES = `
  SELECT hush.* FROM json_each(?1) AS asked CROSS JOIN hush
    ON hush.alarm = asked.value ->> 'alarm' AND hush.grp = asked.value ->> 'grp'`;

/** An alert that changed: what it is now, what to tell about it and where, and when to look at it again. */
export interface AlertChange {
  state: AlertState;
  tell?: Told;
  channels: Alarm['channels'];
  due?: number;
}

/** The statements that keep changed alerts and write the messages about them, at a turn, at the unix second `now`. */
export function keepAlerts(
  { db }: Store,
  turn: number,
  changes: readonly AlertChange[],
  now: number,
): D1PreparedStatement[] {
  const notices = changes.flatMap(({ state, tell, channels }) =>
    tell === undefined ? [] : [{ alert: state.id, kind: tell, channels }],
  );
  return [
    ...Array.from(boundParts(changes.map(boundAlert)), (part) =>
      db.prepare(KEEP).bind(JSON.stringify(part), turn),
    ),
    ...Array.from(boundParts(notices), (part) => db.prepare(UNSENT).bind(JSON.stringify(part), turn)),
    ...Array.from(boundParts(notices), (part) => db.prepare(TELL).bind(JSON.stringify(part), turn, now)),
  ];
}

function boundAlert({ state, due }: AlertChange) {
  const { life, label, per, note, accounts, whose, system, ...same } = state;
  const { told } = life;
  return {
    ...same,
    label: label ?? null,
    per: per ?? null,
    note: note ?? null,
    accounts,
    whose,
    system: Number(system),
    count: life.count,
    grown: life.grown,
    recovered: life.recovered ?? null,
    acknowledged: life.acknowledged,
    told: told?.kind ?? null,
    toldAt: told?.at ?? null,
    toldCount: told?.count ?? null,
    due: due ?? null,
  };
}

// What somebody did meanwhile stays; an alert that comes back is nobody's again.
const KEEP = `
  INSERT INTO alert (id, alarm, grp, label, per, name, severity, system, note, accounts, whose, opened, first, last,
    count, examples, grown, recovered, told, told_at, told_count, due)
  SELECT value ->> 'id', value ->> 'alarm', value ->> 'grp', value ->> 'label', value ->> 'per', value ->> 'name',
    value ->> 'severity', value ->> 'system', value ->> 'note', value ->> 'accounts', value ->> 'whose',
    value ->> 'opened', value ->> 'first', value ->> 'last', value ->> 'count', value ->> 'examples', value ->> 'grown',
    value ->> 'recovered', value ->> 'told', value ->> 'toldAt', value ->> 'toldCount', value ->> 'due'
  FROM json_each(?1) WHERE ${AT_TURN('?2')}
  ON CONFLICT (id) DO UPDATE SET label = excluded.label, note = excluded.note, accounts = excluded.accounts,
    whose = excluded.whose, first = excluded.first, last = excluded.last, count = excluded.count,
    examples = excluded.examples, grown = excluded.grown,
    acknowledged = CASE WHEN recovered IS NOT NULL AND excluded.recovered IS NULL THEN NULL ELSE acknowledged END,
    recovered = excluded.recovered, told = excluded.told, told_at = excluded.told_at,
    told_count = excluded.told_count, due = excluded.due`;

// A summary that was not sent yet would tell what the next message tells.
const UNSENT = `
  DELETE FROM notice WHERE state = 'pending' AND attempts = 0 AND kind = 'summary' AND ${AT_TURN('?2')} AND alert IN (
    SELECT alert.num FROM json_each(?1) AS told JOIN alert ON alert.id = told.value ->> 'alert'
  )`;

const TELL = `
  INSERT INTO notice (alert, channel, kind, made, next_try)
  SELECT alert.num, channel.id, told.value ->> 'kind', ?3, ?3
  FROM json_each(?1) AS told JOIN alert ON alert.id = told.value ->> 'alert' CROSS JOIN channel
  WHERE (told.value ->> 'channels' = '*' OR channel.id IN (SELECT value FROM json_each(told.value -> 'channels')))
    AND ${AT_TURN('?2')}`;

/** The statement that removes alerts that were over before a unix second, with their messages. */
export function forgetAlerts({ db }: Store, before: number): D1PreparedStatement {
  return db.prepare(`DELETE FROM alert WHERE recovered IS NOT NULL AND recovered < ?1`).bind(before);
}
