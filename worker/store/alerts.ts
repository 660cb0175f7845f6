/** Alerts as people see them: lists and single ones in the caller's scope, and what somebody does about one. */
import type { Alert, AlertState } from '../../shared/api/alerts.ts';
import { ALERT_COLUMNS, HUSHED, readAlert } from './alert-row.ts';
import { int, rows, run, text, type Row, type Store } from './meter.ts';
import type { Scope } from './scope.ts';

/** Who looks: what they may see of events, and whether alerts about Sidetrail itself are for them. */
export interface AlertViewer {
  scope: Scope;
  admin: boolean;
}

export interface StoredAlert {
  /** Grows with each alert. */
  num: number;
  alert: Alert;
  /** Row ids of its examples, newest first. */
  rowIds: number[];
}

export interface AlertsRequest {
  viewer: AlertViewer;
  state?: AlertState | undefined;
  alarm?: string | undefined;
  /** Number of the alert before which to begin; the newest where absent. */
  before?: number | undefined;
  limit: number;
  /** Unix seconds. */
  now: number;
}

/** Alerts that the viewer may see, the newest first. */
export async function listAlerts(
  store: Store,
  { viewer, state, alarm, before, limit, now }: AlertsRequest,
): Promise<StoredAlert[]> {
  const [found] = await run(store, [
    store.db.prepare(listOf(state)).bind(...boundViewer(viewer), alarm ?? null, before ?? null, limit),
  ]);
  return rows(found, readStored(now));
}

/** One alert, if the viewer may see it. */
export async function findAlert(
  store: Store,
  viewer: AlertViewer,
  id: string,
  now: number,
): Promise<StoredAlert | undefined> {
  const [found] = await run(store, [store.db.prepare(FIND).bind(...boundViewer(viewer), id)]);
  return rows(found, readStored(now))[0];
}

function readStored(now: number): (row: Row) => StoredAlert {
  return (row) => ({ num: int(row, 'num'), ...readAlert(row, now) });
}

/** The ids of the policies of which there are alerts that the viewer may see. */
export async function alarmsSeen(store: Store, viewer: AlertViewer): Promise<Set<string>> {
  const [found] = await run(store, [
    store.db.prepare(`SELECT DISTINCT alarm FROM alert WHERE ${VISIBLE}`).bind(...boundViewer(viewer)),
  ]);
  return new Set(rows(found, (row) => text(row, 'alarm')));
}

function boundViewer({ scope: { accounts, operators }, admin }: AlertViewer): (string | number | null)[] {
  return [
    Number(admin),
    accounts === '*' ? null : JSON.stringify(accounts),
    operators === '*' ? null : JSON.stringify(operators),
  ];
}

// All of an alert is in the scope: each account that its events are of, and whoever each is of. Where that is not known,
// only those see it who see all.
const VISIBLE = `
  (alert.system = 0 OR ?1 = 1)
  AND (?2 IS NULL OR alert.accounts IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM json_each(alert.accounts) AS one WHERE one.value NOT IN (SELECT value FROM json_each(?2))
  ))
  AND (?3 IS NULL OR alert.whose IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM json_each(alert.whose) AS whose WHERE NOT EXISTS (
      SELECT 1 FROM json_each(?3) AS own
      WHERE own.value ->> 'account' = whose.value ->> 'account'
        AND own.value ->> 'id' IN (whose.value ->> 'operator', whose.value ->> 'person')
    )
  ))`;

/** Alerts that are not over are few, however many there were: they have an index of their own. */
const STATES: { readonly [S in AlertState]: { by: string; where: string } } = {
  open: {
    by: 'INDEXED BY alert_open',
    where: 'alert.recovered IS NULL AND alert.acknowledged IS NULL AND',
  },
  acknowledged: {
    by: 'INDEXED BY alert_open',
    where: 'alert.recovered IS NULL AND alert.acknowledged IS NOT NULL AND',
  },
  recovered: { by: '', where: 'alert.recovered IS NOT NULL AND' },
};

function listOf(state: AlertState | undefined): string {
  const { by, where } = state === undefined ? { by: '', where: '' } : STATES[state];
  return `
    SELECT ${ALERT_COLUMNS} FROM alert ${by} ${HUSHED}
    WHERE ${where} ${VISIBLE} AND (?4 IS NULL OR alert.alarm = ?4) AND (?5 IS NULL OR alert.num < ?5)
    ORDER BY alert.num DESC LIMIT ?6`;
}

const FIND = `SELECT ${ALERT_COLUMNS} FROM alert ${HUSHED} WHERE ${VISIBLE} AND alert.id = ?4`;

/** Who did something, and when (unix seconds). */
export interface Deed {
  by: string;
  at: number;
}

/** Notes that somebody takes care of an alert; undefined: nobody does. What is over stays as it is. */
export async function acknowledgeAlert(store: Store, id: string, deed: Deed | undefined): Promise<void> {
  await run(store, [
    store.db
      .prepare(
        `UPDATE alert SET acknowledged = ?2, acknowledged_by = ?3, due = 0 WHERE id = ?1 AND recovered IS NULL`,
      )
      .bind(id, deed?.at ?? null, deed?.by ?? null),
  ]);
}

/** Nobody is told about an alert's group until a unix second; undefined: they are again. */
export async function muteGroup(
  store: Store,
  id: string,
  mute: { by: string; until: number } | undefined,
): Promise<void> {
  await run(store, [
    store.db.prepare(MUTE).bind(id, mute?.until ?? null, mute?.by ?? null),
    store.db.prepare(LOOK_AGAIN).bind(id),
  ]);
}

/** Nobody is told about an alert's group any more; undefined: they are again. */
export async function expectGroup(store: Store, id: string, deed: Deed | undefined): Promise<void> {
  await run(store, [
    store.db.prepare(EXPECT).bind(id, deed?.at ?? null, deed?.by ?? null),
    store.db.prepare(LOOK_AGAIN).bind(id),
  ]);
}

const MUTE = `
  INSERT INTO hush (alarm, grp, muted_until, muted_by) SELECT alarm, grp, ?2, ?3 FROM alert WHERE id = ?1
  ON CONFLICT (alarm, grp) DO UPDATE SET muted_until = ?2, muted_by = ?3`;

const EXPECT = `
  INSERT INTO hush (alarm, grp, expected, expected_by) SELECT alarm, grp, ?2, ?3 FROM alert WHERE id = ?1
  ON CONFLICT (alarm, grp) DO UPDATE SET expected = ?2, expected_by = ?3`;

const LOOK_AGAIN = `
  UPDATE alert SET due = 0 WHERE recovered IS NULL
    AND (alarm, grp) = (SELECT alarm, grp FROM alert AS this WHERE this.id = ?1)`;
