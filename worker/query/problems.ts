/** Which calls failed, for whom and why. */
import type { FailedCall } from '../../shared/api/problems.ts';
import { denialOf } from '../../shared/catalogue/permission.ts';
import type { FieldName, Fields } from '../../shared/columns/columns.ts';
import { type Dimension, type Group, groupBy } from '../../shared/columns/group.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import type { ResolvedQuery, ResolvedTerm } from '../../shared/query/query.ts';
import { rowIdOf } from '../store/day-columns.ts';
import type { Store } from '../store/meter.ts';
import { readPlaces } from '../store/places.ts';
import type { Scope } from '../store/scope.ts';
import { BY_ACCOUNT, BY_OPERATOR, identityOf, newestFirst, whoOf } from './by-operator.ts';
import { merged, spanOf } from './counts.ts';
import { pageOf, type Place } from './page.ts';
import { scan, type Scan } from './scan.ts';

export interface ProblemsAsked {
  query: ResolvedQuery;
  scope: Scope;
  /** Row id below which events are counted. */
  before?: number;
  limit: number;
  after?: Place;
}

export interface Problems extends Omit<Scan, 'parts'> {
  problems: FailedCall[];
  /** Where the next page begins. */
  after?: Place;
}

/** What all events of a group share. */
type Kind = Pick<FailedCall, 'account' | 'operator' | 'product' | 'event' | 'outcome' | 'error'>;

const FAILURES: ResolvedTerm = {
  kind: 'choice',
  key: 'outcome',
  negated: false,
  values: ['failed', 'denied'],
};

const DIMENSIONS: readonly Dimension[] = [
  BY_ACCOUNT,
  BY_OPERATOR,
  { column: 'call', keys: ({ product, event }) => [JSON.stringify({ product, event })] },
  { column: 'result', keys: (result) => [JSON.stringify(errorOf(result))] },
];

/** A page of the failures that a query finds, by operator, call and error. Two round trips. */
export async function problemsOf(store: Store, asked: ProblemsAsked): Promise<Problems> {
  const { scope, before } = asked;
  const fields: FieldName[] = ['operator', 'call', 'result'];
  const query = { ...asked.query, terms: [...asked.query.terms, FAILURES] };
  const { parts, ...found } = await scan(store, {
    query,
    scope,
    fields,
    ...(before === undefined ? {} : { before }),
  });

  const groups = [...merged(groupBy(parts, DIMENSIONS).map((group) => [textOf(kindOf(group)), group]))];
  const { shown, after } = pageOf(groups, asked, ([text, { count, last }]) => {
    return { at: count, key: `${newestFirst(last)} ${text}` };
  });
  const newest = await readPlaces(
    store,
    scope,
    shown.map(([, group]) => rowIdOf(group.newest)),
  );
  const examples = new Map(newest.map(({ rowId, summary }) => [rowId, summary]));
  const problems = shown.map(([, group]) => problemOf(group, examples.get(rowIdOf(group.newest))));
  return { problems, ...found, ...(after === undefined ? {} : { after }) };
}

/** Without an example where that was removed in between. */
function problemOf(group: Group, example: EventSummary | undefined): FailedCall {
  const kind = kindOf(group);
  const error = example?.error ?? { code: kind.error?.code ?? '', message: '' };
  return {
    ...kind,
    count: group.count,
    ...spanOf(group),
    ...(kind.outcome === 'denied' && { denial: denialOf(kind, error) }),
    ...(example && { example }),
  };
}

function errorOf({ outcome, layer, code }: Fields['result']): Pick<Kind, 'outcome' | 'error'> {
  const error = layer === undefined || code === undefined ? {} : { error: { layer, code } };
  return { outcome: outcome === 'denied' ? 'denied' : 'failed', ...error };
}

function kindOf({ keys: [account = '', who = '{}', call = '{}', result = '{}'] }: Group): Kind {
  const named: Pick<Kind, 'product' | 'event'> = JSON.parse(call);
  const ended: Pick<Kind, 'outcome' | 'error'> = JSON.parse(result);
  return { account, operator: whoOf(who), ...named, ...ended };
}

/** The same for groups that differ in nothing but the name of the operator. */
function textOf({ account, operator, product, event, outcome, error }: Kind): string {
  return JSON.stringify([account, identityOf(operator), product, event, outcome, error]);
}
