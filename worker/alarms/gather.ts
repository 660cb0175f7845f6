/** Which policies events that came in are about, in which groups. */
import { type Group, groupsOf } from '../../shared/alarms/groups.ts';
import { secondOfHit } from '../../shared/alarms/hits.ts';
import type { Policy } from '../../shared/alarms/policy.ts';
import { ruleFinder } from '../../shared/classify/rules.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import type { ArrivedEvent } from '../store/arrived.ts';
import { whoseIs, type Whose } from '../store/scope.ts';

/** An event that a policy is about. */
export interface Hit {
  rowId: number;
  /** Whether it may have been looked at before. */
  again: boolean;
  whose: Whose;
  /** Whether it is young enough and of the policy's hours; what is not has only been seen. */
  counts: boolean;
  /** Unix seconds when it came in. */
  at: number;
}

/** What came in of one group of a policy. */
export interface Gathered {
  policy: Policy;
  group: Group;
  hits: Hit[];
}

/** Events older than that when they came in do not count, unless asked for; in seconds. */
export const FRESH = 86_400;

/** Nor do events that claim to be from further ahead than clocks are wrong; in seconds. */
export const AHEAD = 3600;

/** Each event is asked what it may answer: policies that name actions are asked only about these. */
export function gather(policies: readonly Policy[], events: readonly ArrivedEvent[]): Gathered[] {
  const byId = new Map(policies.map((policy) => [policy.alarm.id, policy]));
  const find = ruleFinder(policies.map(({ alarm, query }) => ({ id: alarm.id, query })));
  const gathered = new Map<string, Gathered>();
  for (const event of events) {
    for (const id of find(event.summary)) {
      const policy = byId.get(id);
      if (policy === undefined) continue;
      const hit = hitOf(policy, event);
      for (const group of groupsOf(perOf(policy), subjectOf(event.summary))) {
        const key = JSON.stringify([id, group.key]);
        const known = gathered.get(key);
        if (known === undefined) gathered.set(key, { policy, group, hits: [hit] });
        else known.hits.push(hit);
      }
    }
  }
  return [...gathered.values()];
}

function hitOf({ alarm, hours }: Policy, { rowId, summary, revised, at }: ArrivedEvent): Hit {
  const second = secondOfHit(rowId);
  const counts = (alarm.old || at - second <= FRESH) && second - at <= AHEAD && hours(second);
  return { rowId, again: revised, whose: whoseIs(summary), counts, at };
}

function perOf({ condition }: Policy) {
  return condition.kind === 'absence' ? undefined : condition.per;
}

function subjectOf({ account, operator, event, resources, error, region }: EventSummary) {
  return { account, operator, event, resources, error: error?.code ?? '', region };
}
