/** What events that came in make of the memories and alerts of the policies they are about. */
import type { AlertGroup } from '../../shared/api/alarms.ts';
import { belongs, mannerOf, type Policy } from '../../shared/alarms/policy.ts';
import { secondOfHit } from '../../shared/alarms/hits.ts';
import {
  alertsOfGroups,
  hushesOf,
  readAlertState,
  readHush,
  type AlertChange,
  type AlertState,
} from '../store/alert-changes.ts';
import { memoriesOf, readMemory, type GroupRef, type Memory } from '../store/alarm-pass.ts';
import type { ArrivedEvent } from '../store/arrived.ts';
import { rows, run, type Store } from '../store/meter.ts';
import { readPlaces } from '../store/places.ts';
import { whoseIs, type Whose } from '../store/scope.ts';
import { grow, look, openAlert } from './alerting.ts';
import { gather, type Gathered } from './gather.ts';
import { remember, type Growth } from './remember.ts';
import { isNewOf } from './seen.ts';

export interface Followed {
  memories: Memory[];
  changes: AlertChange[];
}

/** Nobody hushed it. */
const LOUD = { expected: false, mutedUntil: 0 };

/** Earlier events that an alert begins with, whose operators are looked up; of more it is not said whose they are. */
const MAX_LOOKED_UP = 500;

/** Looks at events for all policies; `now` is unix seconds. Nothing is written. */
export async function followEvents(
  store: Store,
  { policies, events, now }: { policies: readonly Policy[]; events: readonly ArrivedEvent[]; now: number },
): Promise<Followed> {
  const gathered = gather(policies, events);
  if (gathered.length === 0) return { memories: [], changes: [] };
  const known = await knownOf(store, gathered);
  const isNew = await newOnes(store, gathered, known.memories);
  const memories: Memory[] = [];
  const grown: { each: Gathered; growths: Growth[] }[] = [];
  for (const each of gathered) {
    const name = nameOf(refOf(each));
    const { memory, growths } = remember(each, known.memories.get(name), isNew.has(name));
    if (memory !== undefined) memories.push(memory);
    if (growths.length > 0) grown.push({ each, growths });
  }
  const whose = await whoseOf(store, grown);
  const changes = grown.flatMap(({ each, growths }) => {
    const name = nameOf(refOf(each));
    const alerts = alertsAfter(each, growths, { alerts: known.alerts.get(name) ?? [], whose, now });
    const hush = known.hushes.get(name) ?? LOUD;
    return alerts.map((alert) => look(alert, each.policy.alarm, hush, now));
  });
  return { memories, changes };
}

function refOf({ policy, group }: Gathered): GroupRef {
  return { alarm: policy.alarm.id, grp: group.key };
}

function nameOf({ alarm, grp }: GroupRef): string {
  return JSON.stringify([alarm, grp]);
}

interface Known {
  memories: Map<string, Memory>;
  alerts: Map<string, AlertState[]>;
  hushes: Map<string, { expected: boolean; mutedUntil: number }>;
}

/** What there is already of the groups. One round trip. */
async function knownOf(store: Store, gathered: readonly Gathered[]): Promise<Known> {
  const refs = gathered.map(refOf);
  const recent = gathered.map((each) => ({ ...refOf(each), since: sinceOf(each) }));
  const statements = [memoriesOf(store, refs), alertsOfGroups(store, recent), hushesOf(store, refs)];
  const results = await run(store, statements.flat());
  const [memories, alerts, hushes] = statements.map((part) => results.splice(0, part.length));
  return {
    memories: new Map(
      (memories ?? []).flatMap((result) => rows(result, readMemory)).map((each) => [nameOf(each), each]),
    ),
    alerts: Map.groupBy(
      (alerts ?? []).flatMap((result) => rows(result, readAlertState)),
      nameOf,
    ),
    hushes: new Map(
      (hushes ?? []).flatMap((result) => rows(result, readHush)).map((each) => [nameOf(each), each]),
    ),
  };
}

/** Alerts whose last event is older have nothing to do with what came in. */
function sinceOf({ policy: { alarm, condition }, hits }: Gathered): number {
  const { quiet = 0, silence } = mannerOf(alarm);
  const within = condition.kind === 'count' ? condition.within : 0;
  return Math.min(...hits.map(({ rowId }) => secondOfHit(rowId))) - within - quiet - silence;
}

/** Names of the groups that are seen for the first time ever. */
async function newOnes(
  store: Store,
  gathered: readonly Gathered[],
  memories: ReadonlyMap<string, Memory>,
): Promise<Set<string>> {
  const unseen = gathered.flatMap((each) => {
    const { policy, group, hits } = each;
    const name = nameOf(refOf(each));
    const asks =
      policy.condition.kind === 'first' && !memories.has(name) && hits.some(({ counts }) => counts);
    return asks && group.of !== undefined
      ? [{ name, policy, of: group.of, oldest: Math.min(...hits.map(({ rowId }) => rowId)) }]
      : [];
  });
  const answers = await isNewOf(store, unseen);
  return new Set(unseen.filter((_, i) => answers[i]).map(({ name }) => name));
}

/** Whose the events are that alerts are to be about: those that came in earlier are looked up. */
async function whoseOf(
  store: Store,
  grown: readonly { each: Gathered; growths: Growth[] }[],
): Promise<Map<number, Whose>> {
  const whose = new Map(grown.flatMap(({ each }) => each.hits.map((hit) => [hit.rowId, hit.whose] as const)));
  const earlier = grown.flatMap(({ growths }) => growths.flatMap(({ gained }) => gained));
  const wanted = [...new Set(earlier)].filter((rowId) => !whose.has(rowId)).slice(-MAX_LOOKED_UP);
  const found = await readPlaces(store, { accounts: '*', operators: '*' }, wanted);
  for (const { rowId, summary } of found) whose.set(rowId, whoseIs(summary));
  return whose;
}

/** The alerts of a group that grew, each once: those that were there, and new ones. */
function alertsAfter(
  { policy: { alarm }, group }: Gathered,
  growths: readonly Growth[],
  { alerts, whose, now }: { alerts: readonly AlertState[]; whose: ReadonlyMap<number, Whose>; now: number },
): AlertState[] {
  const manner = mannerOf(alarm);
  const all = [...alerts];
  const touched = new Set<string>();
  for (const growth of growths) {
    const about = {
      grp: group.key,
      ...ownersOf(growth, group.of, whose),
      ...(group.of ? { of: group.of } : {}),
    };
    const fitting = all.filter((alert) => belongs(alert, growth, manner));
    const known = fitting.toSorted((one, other) => other.last - one.last)[0];
    const before = known ?? openAlert(alarm, about, { first: growth.first, now });
    const after = grow(before, growth, about, now);
    if (known === undefined) all.push(after);
    else all.splice(all.indexOf(known), 1, after);
    touched.add(after.id);
  }
  return all.filter(({ id }) => touched.has(id));
}

/** Whose the events of a growth are; null where that is not known of all. */
function ownersOf(
  { gained }: Growth,
  of: AlertGroup | undefined,
  whose: ReadonlyMap<number, Whose>,
): { accounts: string[] | null; whose: Whose[] | null } {
  const each = gained.map((rowId) => whose.get(rowId));
  const known = each.filter((one) => one !== undefined);
  const isWhole = known.length === each.length;
  const accounts = of === undefined ? known.map(({ account }) => account) : [of.account];
  return {
    accounts: isWhole || of !== undefined ? [...new Set(accounts)] : null,
    whose: isWhole ? [...new Map(known.map((one) => [JSON.stringify(one), one])).values()] : null,
  };
}
