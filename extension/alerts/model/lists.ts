/** Lists of alerts by state, in the order of the page. */
import type { Alert, AlertState } from '../../../shared/api/alerts.ts';
import type { KnownAlerts, ListedAlert } from '../../protocol/alerts.ts';

export type Filter = AlertState | 'all';

export interface Section {
  state: AlertState;
  alerts: readonly ListedAlert[];
  /** There are older ones. */
  more: boolean;
}

/** What a filter shows: open, then acknowledged, then recovered, each newest first. */
export function sectionsOf({ lists }: KnownAlerts, filter: Filter): Section[] {
  return STATES.filter((state) => filter === 'all' || filter === state).map((state) => ({
    state,
    ...lists[state],
  }));
}

const STATES: readonly AlertState[] = ['open', 'acknowledged', 'recovered'];

/** The same with an alert as it is now; its events stay as they were. */
export function withAlert(known: KnownAlerts, alert: Alert): KnownAlerts {
  const former = STATES.flatMap((state) => known.lists[state].alerts).find(({ id }) => id === alert.id);
  const listOf = (state: AlertState): KnownAlerts['lists'][AlertState] => {
    const { alerts, more } = known.lists[state];
    const others = alerts.filter(({ id }) => id !== alert.id);
    if (alert.state !== state) return { alerts: others, more };
    const listed = { ...alert, events: former?.events ?? [] };
    const at = others.findIndex(({ opened }) => Date.parse(opened) < Date.parse(alert.opened));
    return { alerts: others.toSpliced(at === -1 ? others.length : at, 0, listed), more };
  };
  const lists = {
    open: listOf('open'),
    acknowledged: listOf('acknowledged'),
    recovered: listOf('recovered'),
  };
  return { ...known, lists };
}

/** How many of open alerts call for somebody, and of how many nobody is told: muted or expected ones. */
export function countOf(open: readonly ListedAlert[]): { calling: number; quiet: number } {
  const quiet = open.filter(({ muted, expected }) => muted !== undefined || expected !== undefined).length;
  return { calling: open.length - quiet, quiet };
}
