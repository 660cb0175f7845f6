/** Which events a rule would find. */
import { groupBy } from '../../shared/columns/group.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import type { Store } from '../store/meter.ts';
import { readPlaces } from '../store/places.ts';
import type { Scope } from '../store/scope.ts';
import { BY_ACCOUNT, BY_OPERATOR, identityOf, newestFirst, type Who, whoOf } from './by-operator.ts';
import { merged, timeOf } from './counts.ts';
import { newestRows } from './newest.ts';
import { pageOf } from './page.ts';
import { scan, type Scan } from './scan.ts';

export interface Preview extends Omit<Scan, 'parts'> {
  count: number;
  /** Those who would have been found most often. */
  operators: { account: string; operator: Who; count: number; last: string }[];
  /** How many there are. */
  distinct: number;
  /** Newest first. */
  examples: EventSummary[];
}

const MAX_OPERATORS = 50;
const MAX_EXAMPLES = 10;

/** Counts what a query finds, by who acted, with the newest of it. Two round trips. */
export async function previewOf(
  store: Store,
  { query, scope }: { query: ResolvedQuery; scope: Scope },
): Promise<Preview> {
  const { parts, ...found } = await scan(store, { query, scope, fields: ['operator', 'call', 'result'] });
  const groups = groupBy(parts, [BY_ACCOUNT, BY_OPERATOR]).map((group) => {
    const [account = '', who = '{}'] = group.keys;
    return { ...group, account, operator: whoOf(who) };
  });
  const byWhom = merged(groups.map((group) => [`${group.account}/${identityOf(group.operator)}`, group]));
  const { shown } = pageOf([...byWhom], { limit: MAX_OPERATORS }, ([text, { count, last }]) => {
    return { at: count, key: `${newestFirst(last)} ${text}` };
  });
  const examples = await readPlaces(store, scope, newestRows(parts, MAX_EXAMPLES));
  return {
    ...found,
    count: groups.reduce((sum, { count }) => sum + count, 0),
    operators: shown.map(
      ([
        ,
        {
          keys: [account = '', who = '{}'],
          count,
          last,
        },
      ]) => {
        return { account, operator: whoOf(who), count, last: timeOf(last) };
      },
    ),
    distinct: byWhom.size,
    examples: examples.map(({ summary }) => summary),
  };
}
