/** When a policy would have fired: the same counting, over what is stored. */
import type { AlertGroup, EventCondition } from '../../shared/api/alarms.ts';
import type { Arrival } from '../../shared/api/coverage.ts';
import { firingsOf, type Firing } from '../../shared/alarms/firings.ts';
import { type GroupSubject, groupsOf } from '../../shared/alarms/groups.ts';
import type { Hours } from '../../shared/alarms/schedule.ts';
import { valueAt } from '../../shared/columns/decode.ts';
import type { Part } from '../../shared/columns/group.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { AHEAD } from './gather.ts';
import { scan } from '../query/scan.ts';
import { rowIdOf } from '../store/day-columns.ts';
import type { Store } from '../store/meter.ts';
import type { Scope } from '../store/scope.ts';

export interface PreviewAsked {
  query: ResolvedQuery;
  condition: EventCondition;
  hours: Hours;
  silence: number;
  scope: Scope;
  /** Unix seconds: alerts that begin from then on are told. */
  from: number;
  now: number;
}

export interface Previewed {
  /** Events that would have counted. */
  count: number;
  /** Newest first. */
  firings: (Firing & { of?: AlertGroup })[];
  arrivals: Arrival[];
  partial?: { through: string; reason: string };
}

/** Events that one preview counts. */
const MAX_EVENTS = 200_000;

/** What would have been, as far as one answer reaches. */
export async function previewAlarm(store: Store, asked: PreviewAsked): Promise<Previewed> {
  const { query, condition, hours, scope, from } = asked;
  // Whether something is the first of its kind is not known without all there is.
  const since = condition.kind === 'first' ? {} : { from: from - condition.within };
  const found = await scan(store, {
    query: { ...query, ...since, to: asked.now + AHEAD + 1 },
    scope,
    fields: ['operator', 'call', 'result', 'resources', 'region'],
  });
  const counts = condition.kind === 'count' ? hours : () => true;
  const { groups, count, cut } = grouped(found.parts, asked, counts);
  const firings = [...groups.values()].flatMap(({ hits, of }) => {
    const ascending = hits.toSorted((one, other) => one - other);
    return firingsOf(ascending, asked).map((firing) => (of === undefined ? firing : { ...firing, of }));
  });
  const partial = cut === undefined ? found.partial : { through: cut, reason: TOO_MANY };
  return {
    count,
    firings: firings.toSorted((one, other) => other.at - one.at),
    arrivals: found.arrivals,
    ...(partial === undefined ? {} : { partial: { through: partial.through, reason: partial.reason } }),
  };
}

const TOO_MANY = `More than ${MAX_EVENTS} events answer the query.`;

interface Hits {
  of?: AlertGroup;
  hits: number[];
}

/** The events by group, the newest of them; `cut` is the time from which on they are all. */
function grouped(
  parts: readonly Part[],
  { condition, from }: PreviewAsked,
  counts: Hours,
): { groups: Map<string, Hits>; count: number; cut?: string } {
  const per = condition.kind === 'absence' ? undefined : condition.per;
  // What never happens is missed too.
  const groups = new Map<string, Hits>(condition.kind === 'absence' ? [['', { hits: [] }]] : []);
  let [count, looked] = [0, 0];
  for (const { day, rows } of parts) {
    const [seconds, keys, subjectAt] = [day.seconds(), day.keys(), subjectsOf(day)];
    for (const row of rows) {
      const second = seconds[row] ?? 0;
      looked += 1;
      if (looked > MAX_EVENTS) return { groups, count, cut: new Date((second + 1) * 1000).toISOString() };
      if (!counts(second)) continue;
      if (second >= from) count += 1;
      const hit = rowIdOf({ second, key: valueAt(keys, row) });
      for (const { key, of } of groupsOf(per, subjectAt(row))) {
        const known = groups.get(key);
        if (known === undefined) groups.set(key, { ...(of === undefined ? {} : { of }), hits: [hit] });
        else known.hits.push(hit);
      }
    }
  }
  return { groups, count };
}

function subjectsOf(day: Part['day']): (row: number) => GroupSubject {
  const operators = day.column('operator');
  const calls = day.column('call');
  const results = day.column('result');
  const resources = day.column('resources');
  const regions = day.column('region');
  return (row) => ({
    account: day.account,
    operator: valueAt(operators, row),
    event: valueAt(calls, row).event,
    error: valueAt(results, row).code ?? '',
    resources: valueAt(resources, row),
    region: valueAt(regions, row),
  });
}
