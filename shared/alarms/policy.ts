/** A policy as it is asked of events. */
import type { Alarm, EventCondition } from '../api/alarms.ts';
import type { ResolvedQuery } from '../query/query.ts';
import { readStoredQuery } from '../query/stored.ts';
import type { Manner } from './life.ts';
import { type Hours, hoursOf } from './schedule.ts';

export interface Policy {
  alarm: Alarm;
  condition: EventCondition;
  query: ResolvedQuery;
  hours: Hours;
}

/** The policies about events that are on and can be read. */
export function policiesOf(alarms: readonly Alarm[]): Policy[] {
  return alarms.flatMap((alarm) => {
    const { condition, on, q, schedule } = alarm;
    const read = readStoredQuery(q, 'an alarm policy');
    if (!on || !read.ok || condition.kind === 'system') return [];
    return [{ alarm, condition, query: read.query, hours: hoursOf(schedule) }];
  });
}

/** A shorter quiet is no recovery: sources are read once a minute and late. In seconds. */
const MIN_QUIET = 300;

/** After what quiet an alert that something was seen first is over, in seconds. */
const FIRST_QUIET = 3600;

/** How alerts of a policy go on and end. */
export function mannerOf({ condition, silence }: Pick<Alarm, 'condition' | 'silence'>): Manner {
  switch (condition.kind) {
    case 'count':
      return { quiet: Math.max(condition.within, MIN_QUIET), silence, tellsEnd: true };
    case 'first':
      return { quiet: FIRST_QUIET, silence, tellsEnd: false };
    case 'absence':
    case 'system':
      return { silence, tellsEnd: true };
  }
}

/** From one unix second to another, both included. */
export interface Span {
  first: number;
  last: number;
}

/** Whether what happened belongs to an alert of its group: it comes back before the alert's quiet and silence are over. */
export function belongs(alert: Span, { first, last }: Span, { quiet = 0, silence }: Manner): boolean {
  const gap = quiet + silence;
  return first - alert.last < gap && alert.first - last < gap;
}
