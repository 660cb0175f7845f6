/** What events are told apart by where a policy counts them for each operator, action, resource, error or region. */
import type { AlertGroup, Per } from '../api/alarms.ts';
import type { Operator, Resource } from '../event/event.ts';

/** What of an event decides about its groups. */
export interface GroupSubject {
  account: string;
  operator: Pick<Operator, 'id' | 'name'>;
  event: string;
  resources: readonly Pick<Resource, 'id' | 'name'>[];
  /** '' where it did not fail. */
  error: string;
  region: string;
}

export interface Group {
  /** Names it among the groups of its policy; '' where all events are one group. */
  key: string;
  of?: AlertGroup;
}

/**
 * The groups that an event is in: one where nothing tells events apart; else one for each value that it has of its
 * account, and none where it has no value.
 */
export function groupsOf(per: Per | undefined, subject: GroupSubject): Group[] {
  if (per === undefined) return [{ key: '' }];
  const { account } = subject;
  const named = new Map(VALUES[per](subject).map((each) => [each.value, each.label]));
  return [...named].flatMap(([value, label]) => {
    if (value === '') return [];
    const of = { per, account, value, ...(label && label !== value ? { label } : {}) };
    return [{ key: JSON.stringify([account, value]), of }];
  });
}

interface Named {
  value: string;
  label?: string | undefined;
}

const VALUES: { readonly [P in Per]: (subject: GroupSubject) => Named[] } = {
  // Who failed to sign in has a name and no id.
  operator: ({ operator: { id, name } }) => [{ value: id || name, label: name }],
  event: ({ event }) => [{ value: event }],
  resource: ({ resources }) => resources.map(({ id, name }) => ({ value: id, label: name })),
  error: ({ error }) => [{ value: error }],
  region: ({ region }) => [{ value: region }],
};
