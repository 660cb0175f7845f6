/** What can be done about an alert as it is, and where to go on after it moved. */
import type { Deed, ListedAlert } from '../../protocol/alerts.ts';
import type { Section } from './lists.ts';

/** To acknowledge it, or to take that back; undefined where it is over. */
export function acknowledging({ state }: Pick<ListedAlert, 'state'>): Deed | undefined {
  return state === 'recovered' ? undefined : { kind: 'acknowledge', undo: state === 'acknowledged' };
}

/** To mark it expected, or to take that back. */
export function expecting({ expected }: Pick<ListedAlert, 'expected'>): Deed {
  return { kind: 'expect', undo: expected !== undefined };
}

/** The alert that takes the place of one that leaves its section; itself where it was the only one there. */
export function neighbourOf(sections: readonly Section[], id: string): string {
  const ids = sections.map(({ alerts }) => alerts.map((alert) => alert.id)).find((all) => all.includes(id));
  const at = ids?.indexOf(id) ?? -1;
  return ids?.[at + 1] ?? ids?.[at - 1] ?? id;
}
