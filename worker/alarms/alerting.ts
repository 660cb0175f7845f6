/** Opening alerts, having them grow and end. */
import type { AlertGroup } from '../../shared/api/alarms.ts';
import { MAX_EXAMPLES } from '../../shared/api/alerts.ts';
import type { Alarm } from '../../shared/api/alarms.ts';
import { live, type Hush } from '../../shared/alarms/life.ts';
import { mannerOf } from '../../shared/alarms/policy.ts';
import { newId } from '../access/tokens.ts';
import type { AlertChange, AlertState } from '../store/alert-changes.ts';
import type { Whose } from '../store/scope.ts';
import type { Growth } from './remember.ts';

/** More than that are not listed. */
const MAX_WHOSE = 50;

/** What an alert is about. */
export interface About {
  /** Key of the group. */
  grp: string;
  of?: AlertGroup;
  /** What it is called, where it is no group of events. */
  label?: string;
  note?: { en: string; zh: string };
  accounts: string[] | null;
  whose: Whose[] | null;
}

/** A new alert of a policy, about nothing yet. */
export function openAlert(alarm: Alarm, about: About, at: { first: number; now: number }): AlertState {
  const { grp, of, note, accounts, whose } = about;
  const label = of?.label ?? about.label;
  return {
    id: newId(),
    alarm: alarm.id,
    grp,
    ...(label === undefined ? {} : { label }),
    ...(of === undefined ? {} : { per: of.per }),
    name: alarm.name,
    severity: alarm.severity,
    system: alarm.condition.kind === 'system',
    ...(note === undefined ? {} : { note }),
    accounts,
    whose,
    opened: at.now,
    first: at.first,
    last: at.first,
    examples: [],
    life: { count: 0, grown: at.now, acknowledged: false },
  };
}

/** The alert with more events. One that was over is open again if they are newer than all it had. */
export function grow(
  alert: AlertState,
  { first, last, gained }: Growth,
  { accounts, whose }: Pick<About, 'accounts' | 'whose'>,
  now: number,
): AlertState {
  const { recovered, ...life } = alert.life;
  // What claimed to be of the future keeps no later event from being news.
  const isBack = recovered === undefined || last > Math.min(alert.last, life.grown);
  return {
    ...alert,
    accounts: alert.accounts && accounts && [...new Set([...alert.accounts, ...accounts])],
    whose: alert.whose && whose && united(alert.whose, whose),
    first: Math.min(alert.first, first),
    last: Math.max(alert.last, last),
    examples: [...new Set([...gained.slice(-MAX_EXAMPLES), ...alert.examples])]
      .toSorted((one, other) => other - one)
      .slice(0, MAX_EXAMPLES),
    life: {
      ...life,
      count: life.count + gained.length,
      grown: now,
      acknowledged: recovered === undefined && life.acknowledged,
      ...(isBack ? {} : { recovered }),
    },
  };
}

function united(one: readonly Whose[], other: readonly Whose[]): Whose[] | null {
  const all = new Map([...one, ...other].map((whose) => [JSON.stringify(whose), whose]));
  return all.size > MAX_WHOSE ? null : [...all.values()];
}

/** An alert that something else than quiet opens and ends: it is back. */
export function reopen(alert: AlertState, now: number): AlertState {
  const { recovered: _recovered, ...life } = alert.life;
  return { ...alert, last: now, life: { ...life, count: life.count + 1, grown: now, acknowledged: false } };
}

/** An alert whose condition holds no more. */
export function end(alert: AlertState, now: number): AlertState {
  return { ...alert, last: Math.max(alert.last, now), life: { ...alert.life, recovered: now } };
}

/**
 * What there is to tell of an alert now. Where its policy is gone or off (`alarm` is undefined) it is over, and nothing is
 * told.
 */
export function look(alert: AlertState, alarm: Alarm | undefined, hush: Hush, now: number): AlertChange {
  if (alarm === undefined) {
    return {
      state: { ...alert, life: { ...alert.life, recovered: alert.life.recovered ?? now } },
      channels: [],
    };
  }
  const { life, tell, due } = live(alert.life, mannerOf(alarm), hush, now);
  return {
    state: { ...alert, life },
    channels: alarm.channels,
    ...(tell === undefined ? {} : { tell }),
    ...(due === undefined ? {} : { due }),
  };
}
