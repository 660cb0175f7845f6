/** What time brings, once all events were looked at: alerts that are over, absences, and what is wrong with Sidetrail. */
import type { Alarm } from '../../shared/api/alarms.ts';
import { absentSince } from '../../shared/alarms/absence.ts';
import { policiesOf } from '../../shared/alarms/policy.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import {
  alertsDue,
  alertsOfGroups,
  alertsOpen,
  forgetAlerts,
  hushesOf,
  keepAlerts,
  lookAgainAtAhead,
  readAlertState,
  readHush,
  type AlertState,
} from '../store/alert-changes.ts';
import {
  endPass,
  forgetMemories,
  keepMemories,
  memoriesOf,
  readMemory,
  type GroupRef,
  type Memory,
  type PassState,
} from '../store/alarm-pass.ts';
import { rows, run, type Store } from '../store/meter.ts';
import { forgetNotices } from '../store/notices.ts';
import { loadWatched } from '../store/watched.ts';
import type { CredentialEnv } from '../tencent/credentials.ts';
import { end, look, openAlert, reopen, type About } from './alerting.ts';
import { lastMemory, readLast } from './remember.ts';
import { faultsOf } from './faults.ts';
import { inUse } from '../tencent/in-use.ts';

/** Alerts that are looked at at once; the next run goes on. */
const MAX_DUE = 500;

/** How often Sidetrail looks at itself, and forgets, in seconds. */
const WATCH = 55;

const DAY = 86_400;
/** Alerts are kept so long when they are over, and messages when they were sent. */
const KEPT = 90 * DAY;
const KEPT_NOTICES = 30 * DAY;

interface Context {
  env: CredentialEnv;
  state: PassState;
  alarms: readonly Alarm[];
  /** Unix seconds. */
  now: number;
}

/** Something that is wrong as long as it is found, rather than for a while after it happened. */
interface Lasting extends About {
  alarm: Alarm;
  /** Unix seconds. */
  since: number;
}

/** Does what is due; false where something changed meanwhile, and nothing was done. */
export async function tend(store: Store, { env, state, alarms, now }: Context): Promise<boolean> {
  const { turn, seq } = state;
  const watches = Math.abs(now - state.watched) >= WATCH;
  const faults = watches ? await wrongWith(store, { env, alarms, now }) : [];
  const { memories, absences, waiting } = await absencesOf(store, { env, alarms, now });
  const lasting = [...faults, ...absences];
  const looked = [...waiting, ...(watches ? systemIds(alarms) : [])];
  const alerts = await alertsNow(store, { lasting, looked, now });
  const on = new Map(alarms.filter((alarm) => alarm.on).map((alarm) => [alarm.id, alarm]));
  const hushes = await hushesNow(store, alerts);
  const changes = alerts.map((alert) => {
    const hush = hushes.get(nameOf(alert)) ?? { expected: false, mutedUntil: 0 };
    return look(alert, on.get(alert.alarm), hush, now);
  });
  const results = await run(store, [
    ...keepMemories(store, turn, memories),
    ...keepAlerts(store, turn, changes, now),
    ...(watches
      ? [
          lookAgainAtAhead(store, now),
          forgetMemories(store, turn, now),
          forgetAlerts(store, now - KEPT),
          forgetNotices(store, now - KEPT_NOTICES),
        ]
      : []),
    endPass(store, { turn, seq, watched: watches ? now : state.watched }),
  ]);
  return results.at(-1)?.results.length === 1;
}

function nameOf({ alarm, grp }: GroupRef): string {
  return JSON.stringify([alarm, grp]);
}

function systemIds(alarms: readonly Alarm[]): string[] {
  return alarms.flatMap(({ id, on, condition }) => (on && condition.kind === 'system' ? [id] : []));
}

/** What is wrong with Sidetrail itself, of what somebody wants to be told about. */
async function wrongWith(store: Store, { env, alarms, now }: Omit<Context, 'state'>): Promise<Lasting[]> {
  const watched = await loadWatched(store, now);
  const on = new Map(alarms.filter((alarm) => alarm.on).map((alarm) => [alarm.id, alarm]));
  const faults = faultsOf({ ...watched, inUse: inUse(env, watched.keys) }, now);
  return faults.flatMap(({ alarm: id, ...fault }) => {
    const alarm = on.get(id);
    return alarm ? [{ ...fault, alarm, accounts: null, whose: null }] : [];
  });
}

/** Policies that wait for absence: which of them found it, and from when on those wait that are new. */
async function absencesOf(
  store: Store,
  { env, alarms, now }: Omit<Context, 'state'>,
): Promise<{ memories: Memory[]; absences: Lasting[]; waiting: string[] }> {
  const policies = policiesOf(alarms).filter(({ condition }) => condition.kind === 'absence');
  if (policies.length === 0) return { memories: [], absences: [], waiting: [] };
  const refs = policies.map(({ alarm }) => ({ alarm: alarm.id, grp: '' }));
  const found = await run(store, memoriesOf(store, refs));
  // What a clock that ran ahead remembers is nothing to wait for.
  const known = new Map(
    found
      .flatMap((result) => rows(result, readMemory))
      .map((memory) => [memory.alarm, readLast(memory)] as const)
      .filter(([, last]) => last <= now),
  );
  const waits = policies.flatMap(({ alarm, condition, hours, query }) => {
    const within = condition.kind === 'absence' ? [condition.within] : [];
    return within.map((each) => ({ alarm, query, hours, within: each, last: known.get(alarm.id) ?? now }));
  });
  const isQuiet = waits.some((wait) => absentSince(wait, now) !== undefined);
  const until = isQuiet ? await readUpTo(store, env, now) : now;
  return {
    memories: waits.flatMap(({ alarm }) => (known.has(alarm.id) ? [] : [lastMemory(alarm.id, now)])),
    absences: waits.flatMap((wait) => {
      const since = absentSince(wait, until);
      const { alarm, query } = wait;
      return since === undefined ? [] : [{ alarm, grp: '', accounts: accountsIn(query), whose: null, since }];
    }),
    waiting: refs.map(({ alarm }) => alarm),
  };
}

/** The unix second up to which every source that is asked for events was read: what is not read is not absent. */
async function readUpTo(store: Store, env: CredentialEnv, now: number): Promise<number> {
  const { sources, keys } = await loadWatched(store, now);
  const used = inUse(env, keys).sources;
  const read = sources.filter(({ id, kind }) => kind === 'api' && used.has(id));
  return Math.min(now, ...read.map(({ seenTo, since }) => seenTo ?? since ?? now));
}

/** The accounts that a query asks for by id; null where it may be any. */
function accountsIn({ terms }: ResolvedQuery): string[] | null {
  for (const term of terms) {
    if (term.kind !== 'text' || term.key !== 'account' || term.negated) continue;
    const ids = term.values.flatMap((value) => (value.kind === 'exact' ? [value.text] : []));
    if (ids.length === term.values.length) return ids;
  }
  return null;
}

/** The alerts to look at: those that are due, those of policies that were looked at just now, and new ones. */
async function alertsNow(
  store: Store,
  { lasting, looked, now }: { lasting: readonly Lasting[]; looked: readonly string[]; now: number },
): Promise<AlertState[]> {
  const recent = lasting.map(({ alarm, grp }) => ({ alarm: alarm.id, grp, since: now - alarm.silence }));
  const found = await run(store, [
    alertsDue(store, now, MAX_DUE),
    alertsOpen(store, looked),
    ...alertsOfGroups(store, recent),
  ]);
  const [due, open, ...earlier] = found.map((result) => rows(result, readAlertState));
  const wrong = new Map(
    lasting.map((each) => [nameOf({ alarm: each.alarm.id, grp: each.grp }), each] as const),
  );
  const alerts = new Map((due ?? []).map((alert) => [alert.id, alert]));
  for (const alert of open ?? []) {
    // What is still wrong stays as it is.
    if (!wrong.delete(nameOf(alert))) alerts.set(alert.id, end(alert, now));
  }
  const before = new Map(earlier.flat().map((alert) => [nameOf(alert), alert]));
  for (const [name, each] of wrong) {
    const known = before.get(name);
    const alert = known
      ? { ...reopen(known, now), ...(each.note === undefined ? {} : { note: each.note }) }
      : { ...openAlert(each.alarm, each, { first: each.since, now }) };
    alerts.set(alert.id, alert);
  }
  return [...alerts.values()];
}

async function hushesNow(
  store: Store,
  alerts: readonly AlertState[],
): Promise<Map<string, { expected: boolean; mutedUntil: number }>> {
  if (alerts.length === 0) return new Map();
  const found = await run(
    store,
    hushesOf(
      store,
      alerts.map(({ alarm, grp }) => ({ alarm, grp })),
    ),
  );
  return new Map(found.flatMap((result) => rows(result, readHush)).map((each) => [nameOf(each), each]));
}
