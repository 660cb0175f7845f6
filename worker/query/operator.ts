/** One operator: who it is, and what they did. */
import type { OperatorAnswers } from '../../shared/api/operators.ts';
import { groupBy, type Part } from '../../shared/columns/group.ts';
import { testOf } from '../../shared/columns/select.ts';
import type { Query, ResolvedQuery } from '../../shared/query/query.ts';
import { rows, run, type Store } from '../store/meter.ts';
import { operatorsWith, readOperator, type KnownOperator } from '../store/operators.ts';
import { placesOf, readPlacesOf } from '../store/places.ts';
import type { Scope } from '../store/scope.ts';
import { BY_OPERATOR, whoOf, type Who } from './by-operator.ts';
import { countsOf, NO_COUNTS, spanOf } from './counts.ts';
import { narrowed } from './narrow.ts';
import { DEED_FIELDS, deedsOf, placesShown, type Deeds } from './operator-deeds.ts';
import { identified } from './operators.ts';
import { scan, type Scan } from './scan.ts';

export interface OperatorAsked {
  query: ResolvedQuery;
  /** The query as it was written: what is said to list more goes on from it. */
  written: Query;
  scope: Scope;
  /** Row id below which events are counted. */
  before?: number | undefined;
  id: string;
  /** Where the id occurs in several. */
  account?: string | undefined;
}

export type OperatorFound =
  /** Nobody in the scope has acted under that id, or is known to be behind who did. */
  | { kind: 'unknown' }
  | { kind: 'several'; accounts: string[] }
  | (Omit<Scan, 'parts'> & { kind: 'found'; answers: Deeds & Pick<OperatorAnswers, 'operator'> });

/**
 * What one operator did, in sessions of others too where the record is exact about who is behind them. Two round
 * trips.
 */
export async function answersOf(store: Store, asked: OperatorAsked): Promise<OperatorFound> {
  const { query, written, scope, before, id } = asked;
  const { parts: all, ...found } = await scan(store, { query, scope, fields: DEED_FIELDS, before });
  const own = narrowed(all, (day) => [
    testOf(day, 'operator', (operator) => operator.id === id),
    testOf(day, 'person', (person) => person?.status === 'exact' && person.id === id),
  ]).filter(({ day }) => asked.account === undefined || day.account === asked.account);
  const [listed, places] = await run(store, [
    operatorsWith(store, scope, [id]),
    placesOf(store, placesShown(own)),
  ]);

  const directory = rows(listed, readOperator).filter(
    ({ account }) => asked.account === undefined || account === asked.account,
  );
  const accounts = new Set([...directory, ...own.map(({ day }) => day)].map(({ account }) => account));
  const [account, ...others] = accounts;
  if (account === undefined) return { kind: 'unknown' };
  if (others.length > 0) return { kind: 'several', accounts: [...accounts].toSorted() };

  const operator = actorOf(own, { id, account }, directory[0]);
  const events = readPlacesOf(places, scope);
  const isBehind = operator.sessions > 0;
  const deeds = deedsOf({ parts: own, events, written, id, account, isBehind });
  return { kind: 'found', answers: { operator, ...deeds }, ...found };
}

function actorOf(
  parts: readonly Part[],
  { id, account }: { id: string; account: string },
  known: KnownOperator | undefined,
): OperatorAnswers['operator'] {
  const [total] = groupBy(parts, []);
  const groups = groupBy(parts, [BY_OPERATOR]).filter(({ keys: [key = '{}'] }) => whoOf(key).id === id);
  const [newest] = groups.toSorted((one, other) => other.last - one.last);
  const who = newest === undefined ? personIn(parts, { id, account }) : whoOf(newest.keys[0] ?? '{}');
  const acted = groups.reduce((sum, { count }) => sum + count, 0);
  return {
    ...identified({ ...who, account }, known, newest),
    ...countsOf(total ?? NO_COUNTS),
    ...(total === undefined ? { first: null, last: null } : spanOf(total)),
    sessions: (total?.count ?? 0) - acted,
  };
}

/** Who has only acted in sessions of others: their records say no more than an id and a name. */
function personIn(parts: readonly Part[], { id, account }: { id: string; account: string }): Who {
  const names = groupBy(parts, [
    { column: 'person', keys: (person) => (person?.id === id ? [person.name ?? ''] : []) },
  ]);
  const [newest] = names
    .filter(({ keys: [name] }) => name !== '')
    .toSorted((one, other) => other.last - one.last);
  return { id, type: id === account ? 'root' : 'user', name: newest?.keys[0] ?? '' };
}
