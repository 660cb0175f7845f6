/** One resource: what is known of it, and who bought it. */
import type { Arrival } from '../../shared/api/coverage.ts';
import type { IdentifiedResource, ResourceCard } from '../../shared/api/resources.ts';
import { isChange } from '../../shared/catalogue/change.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { matches } from '../../shared/query/matches.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import type { StoredEvent } from '../store/event-row.ts';
import type { Store } from '../store/meter.ts';
import { readPricesNear } from '../store/prices.ts';
import { readResourceEvents, type Choice } from '../store/resource-events.ts';
import { secondOf, secondOfRow } from '../store/rowid.ts';
import type { Scope } from '../store/scope.ts';
import { identityOf as identityOfOperator } from './by-operator.ts';
import { DELIVERY_SECONDS } from './orders.ts';
import { purchaserOf } from './purchaser.ts';
import { identitiesOf, type Apart, type Identity } from './resource-identity.ts';

export interface ResourceAsked {
  id: string;
  scope: Scope;
  apart: Apart;
  /** Which of its events are asked about. */
  query: ResolvedQuery;
  /** Row id below which they are. */
  before?: number | undefined;
}

/** What an id may turn out to be. */
export type Resolved<T> =
  /** No event in the scope names it, or none that fits. */
  { kind: 'unknown' } | { kind: 'ambiguous'; resources: Namesake[]; arrivals: Arrival[] } | T;

/** One of several resources with the same id. */
export interface Namesake extends IdentifiedResource {
  events: number;
  last: string;
}

export type Card = Pick<
  ResourceCard,
  | 'resource'
  | 'purchaser'
  | 'prices'
  | 'lastChange'
  | 'lastProblem'
  | 'sensitive'
  | 'events'
  | 'first'
  | 'last'
  | 'operators'
>;

type CardFound = Resolved<{
  kind: 'found';
  card: Card;
  /** Set where there are more events than were counted: those with row ids below `before`. */
  partial?: { through: string; before: number; reason: string };
  arrivals: Arrival[];
}>;

/** Events that one card looks at, and its first ones and purchases beside them: what fits into memory at once. */
const MAX_EVENTS = 1_000;
const FIRST = 20;
const PURCHASES = 50;

const BOUGHT: Choice = { kind: 'choice', key: 'is', negated: false, values: ['purchase'] };

/**
 * The card of a resource: of the events that the query finds, but for its purchaser, who is that of the resource. Two
 * round trips: the second finds what it cost, and the purchaser where no record names one.
 */
export async function cardOf(
  store: Store,
  { id, scope, apart, query, before }: ResourceAsked,
): Promise<CardFound> {
  const {
    cuts: [asked, newest, first, purchases],
    arrivals,
  } = await readResourceEvents(store, { scope, id }, [
    { order: 'newest', query, before, limit: MAX_EVENTS },
    // Which resource the id means does not depend on what is asked of it.
    { order: 'newest', query: { terms: [] }, limit: isAll(query, before) ? 0 : MAX_EVENTS },
    { order: 'oldest', query: { terms: [] }, limit: FIRST },
    { order: 'oldest', query: { terms: [BOUGHT] }, limit: PURCHASES },
  ]);
  const all = distinct([...asked.events, ...newest.events, ...first.events, ...purchases.events]);
  const [found, ...others] = identitiesOf(id, all, { summaryOf, apart });
  if (found === undefined) return { kind: 'unknown' };
  if (others.length > 0) return { kind: 'ambiguous', resources: namesakes([found, ...others]), arrivals };
  const history = found.events.map(summaryOf);
  const wanted = new Set(asked.events.map(({ rowId }) => rowId));
  const counted = found.events.filter(({ rowId }) => wanted.has(rowId)).map(summaryOf);
  const { account, product, region } = found.resource;
  const [{ operator, person, ...bought }, { prices, state }] = await Promise.all([
    purchaserOf(store, scope, { id: found.resource.id, account, product, region, history }),
    readPricesNear(store, account, { times: boughtAt(history), seconds: ORDER_SECONDS }),
  ]);
  const price = bought.event === undefined ? undefined : prices.get(bought.event);
  return {
    kind: 'found',
    card: {
      resource: found.resource,
      purchaser: {
        ...bought,
        ...(operator && { operator }),
        ...(person && { person }),
        ...(price && { price: { ...price, status: 'exact' } }),
      },
      ...(state !== undefined && { prices: state }),
      ...factsOf(counted),
      first: history.findLast((event) => matches(query, event))?.time ?? null,
    },
    ...partialOf(asked.end),
    arrivals,
  };
}

/** An order is no farther from what first shows what came of it. */
const ORDER_SECONDS = 2 * DELIVERY_SECONDS;

/** When a resource may have been bought (unix seconds): where its records say so, and before the first of them. */
function boughtAt(history: readonly EventSummary[]): number[] {
  const creates = history.filter(({ purchase }) => purchase?.kind === 'create');
  return [...creates, ...history.slice(-1)].map(({ time }) => secondOf(time));
}

/** Whether every event is asked about. */
function isAll({ terms, from, to }: ResolvedQuery, before: number | undefined): boolean {
  return terms.length === 0 && [from, to, before].every((bound) => bound === undefined);
}

function partialOf(end: number | undefined): Pick<Extract<CardFound, { kind: 'found' }>, 'partial'> {
  if (end === undefined) return {};
  const through = new Date(secondOfRow(end) * 1000).toISOString();
  return {
    partial: { through, before: end, reason: `One answer counts ${MAX_EVENTS} events; go on with next.` },
  };
}

/** What the events of a resource say, newest first. */
function factsOf(events: readonly EventSummary[]): Omit<Card, 'resource' | 'purchaser' | 'prices' | 'first'> {
  return {
    lastChange: events.find(isChange) ?? null,
    lastProblem: events.find(({ outcome }) => outcome !== 'ok') ?? null,
    sensitive: events.filter(({ is }) => is.includes('sensitive')).length,
    events: events.length,
    last: events[0]?.time ?? null,
    operators: operatorsOf(events),
  };
}

const MAX_OPERATORS = 5;

function operatorsOf(events: readonly EventSummary[]): Card['operators'] {
  const byOperator = Map.groupBy(events, ({ operator }) => identityOfOperator(operator));
  return [...byOperator.values()]
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MAX_OPERATORS)
    .flatMap((group) => {
      const [newest] = group;
      return newest ? [{ operator: newest.operator, count: group.length, last: newest.time }] : [];
    });
}

/** Resources with the same id, the one that was touched last first. */
export function namesakes(identities: readonly Identity<StoredEvent>[]): Namesake[] {
  return identities
    .map(({ resource, events }) => ({
      ...resource,
      events: events.length,
      last: events[0]?.summary.time ?? '',
    }))
    .toSorted((one, other) => Date.parse(other.last) - Date.parse(one.last));
}

/** Each event once, newest first. */
export function distinct(events: readonly StoredEvent[]): StoredEvent[] {
  const byRow = new Map(events.map((event) => [event.rowId, event]));
  return [...byRow.values()].toSorted((one, other) => other.rowId - one.rowId);
}

export function summaryOf({ summary }: StoredEvent): EventSummary {
  return summary;
}
