/** What the events of one operator answer to each of the six questions. */
import type { OperatorAnswers } from '../../shared/api/operators.ts';
import type { FieldName, Fields } from '../../shared/columns/columns.ts';
import { groupBy, type Group, type Part } from '../../shared/columns/group.ts';
import { testOf } from '../../shared/columns/select.ts';
import { NETWORKS, PURCHASE_KINDS, type EventSummary, type Mark } from '../../shared/event/event.ts';
import { literal } from '../../shared/query/pattern.ts';
import { printQuery } from '../../shared/query/print.ts';
import type { FieldTerm, Query } from '../../shared/query/query.ts';
import type { StoredEvent } from '../store/event-row.ts';
import { spanOf, timeOf } from './counts.ts';
import { narrowed } from './narrow.ts';
import { newestRows } from './newest.ts';
import { pageOf } from './page.ts';
import { described, RESOURCE_FIELDS, touchedBy } from './resources.ts';

export type Deeds = Pick<
  OperatorAnswers,
  'resources' | 'problems' | 'purchases' | 'changes' | 'sensitive' | 'access'
>;

/** The fields that days need for all of it. */
export const DEED_FIELDS: readonly FieldName[] = [
  ...RESOURCE_FIELDS,
  'address',
  'is',
  'sensitive',
  'purchase',
];

/** How many groups, and how many events, each answer shows. */
const TOP = 20;
const NEWEST = 10;

export interface DeedsAsked {
  /** The events of the operator. */
  parts: readonly Part[];
  /** Those at `placesShown`. */
  events: readonly StoredEvent[];
  written: Query;
  account: string;
  id: string;
  /** Whether some of the events are of other operators, with this one behind them. */
  isBehind: boolean;
}

/** Row ids of the events that the answers show. */
export function placesShown(parts: readonly Part[]): number[] {
  return [...new Set(SHOWN.flatMap((mark) => newestRows(marked(parts, mark), NEWEST)))];
}

const SHOWN = ['purchase', 'change'] as const satisfies readonly Mark[];

/** The six answers. */
export function deedsOf(asked: DeedsAsked): Deeds {
  const { parts, events } = asked;
  const more = (...terms: FieldTerm[]): string[] => queriesOf(asked, terms);
  const [purchases, changes] = [marked(parts, 'purchase'), marked(parts, 'change')];
  const newestOf = (mark: (typeof SHOWN)[number]): EventSummary[] =>
    events
      .map(({ summary }) => summary)
      .filter(({ is }) => is.includes(mark))
      .slice(0, NEWEST);

  return {
    resources: { ...resourcesOf(parts), more: more(term('resource', '*')) },
    problems: { ...problemsOf(parts), more: more(term('outcome', 'failed', 'denied')) },
    purchases: {
      count: countOf(purchases),
      kinds: kindsOf(purchases),
      newest: newestOf('purchase'),
      more: more(term('is', 'purchase')),
    },
    changes: { count: countOf(changes), newest: newestOf('change'), more: more(term('is', 'change')) },
    sensitive: { ...sensitiveOf(marked(parts, 'sensitive')), more: more(term('is', 'sensitive')) },
    access: { ...accessOf(parts), more: more() },
  };
}

type Answer<K extends keyof Deeds> = Omit<Deeds[K], 'more'>;

function resourcesOf(parts: readonly Part[]): Answer<'resources'> {
  const all = touchedBy(parts);
  const { shown } = pageOf(all, { limit: TOP }, ({ count, identity }) => ({ at: count, key: identity }));
  const top = described(parts, shown).map(({ account: _a, operators: _o, by: _b, ...resource }) => resource);
  return { distinct: all.length, top };
}

function problemsOf(parts: readonly Part[]): Answer<'problems'> {
  const failed = narrowed(parts, (day) => [testOf(day, 'result', ({ outcome }) => outcome !== 'ok')]);
  const groups = groupBy(failed, [
    { column: 'call', keys: ({ product, event }) => [JSON.stringify({ product, event })] },
    { column: 'result', keys: ({ outcome, code = '' }) => [JSON.stringify({ outcome, error: code })] },
  ]);
  const top = greatest(groups).map(({ keys: [call = '{}', result = '{}'], count, last }) => {
    const { product, event }: Pick<Problem, 'product' | 'event'> = JSON.parse(call);
    const { outcome, error }: Pick<Problem, 'outcome' | 'error'> = JSON.parse(result);
    return { product, event, outcome, error, count, last: timeOf(last) };
  });
  return { count: countOf(failed), top };
}

type Problem = Deeds['problems']['top'][number];

function kindsOf(purchases: readonly Part[]): Deeds['purchases']['kinds'] {
  const groups = groupBy(purchases, [
    { column: 'purchase', keys: (purchase) => (purchase === null ? [] : [purchase.kind]) },
  ]);
  return greatest(groups).flatMap(({ keys: [key], count }) => {
    const kind = PURCHASE_KINDS.find((each) => each === key);
    return kind === undefined ? [] : [{ kind, count }];
  });
}

function sensitiveOf(sensitive: readonly Part[]): Answer<'sensitive'> {
  const groups = groupBy(sensitive, [{ column: 'sensitive', keys: (rules) => rules }]);
  const rules = greatest(groups).map(({ keys: [rule = ''], count, last }) => {
    return { rule, count, last: timeOf(last) };
  });
  return { count: countOf(sensitive), rules };
}

function accessOf(parts: readonly Part[]): Answer<'access'> {
  const networks = groupBy(parts, [{ column: 'address', keys: ({ network }) => [network] }]);
  const addresses = groupBy(parts, [
    { column: 'address', keys: (address) => (address.ip === '' ? [] : [JSON.stringify(address)]) },
  ]);
  return {
    networks: greatest(networks).flatMap(({ keys: [key], count, last }) => {
      const network = NETWORKS.find((each) => each === key);
      return network === undefined ? [] : [{ network, count, last: timeOf(last) }];
    }),
    distinct: addresses.length,
    addresses: greatest(addresses).map((group) => {
      const address: Fields['address'] = JSON.parse(group.keys[0] ?? '{}');
      return { ...address, count: group.count, ...spanOf(group) };
    }),
  };
}

/** The greatest groups; of those with as many events the newest first. */
function greatest(groups: readonly Group[]): Group[] {
  return groups.toSorted((one, other) => other.count - one.count || other.last - one.last).slice(0, TOP);
}

function marked(parts: readonly Part[], mark: Mark): Part[] {
  return narrowed(parts, (day) => [testOf(day, 'is', (is) => is.includes(mark))]);
}

function countOf(parts: readonly Part[]): number {
  return parts.reduce((total, { rows }) => total + rows.length, 0);
}

/** Queries that find what was counted: of the operator, and of sessions that they are behind. */
function queriesOf({ written, account, id, isBehind }: DeedsAsked, terms: readonly FieldTerm[]): string[] {
  const keys = isBehind ? (['operator', 'person'] as const) : (['operator'] as const);
  return keys.map((key) => {
    const who = [term('account', account), term(key, literal(id))];
    return printQuery({ terms: [...written.terms, ...who, ...terms] });
  });
}

function term(key: FieldTerm['key'], ...values: string[]): FieldTerm {
  return { key, negated: false, values };
}
