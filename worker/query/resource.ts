/** One resource: what is known of it, and who bought it. */
import type { Arrival } from '../../shared/api/coverage.ts';
import type { IdentifiedResource, ResourceCard } from '../../shared/api/resources.ts';
import { isChange } from '../../shared/catalogue/change.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import type { ResolvedTerm } from '../../shared/query/query.ts';
import type { StoredEvent } from '../store/event-row.ts';
import type { Store } from '../store/meter.ts';
import { readResourceEvents } from '../store/resource-events.ts';
import { secondOfRow } from '../store/rowid.ts';
import type { Scope } from '../store/scope.ts';
import { purchaserOf } from './purchaser.ts';
import { identitiesOf, type Apart, type Identity } from './resource-identity.ts';

export interface ResourceAsked {
  id: string;
  scope: Scope;
  apart: Apart;
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
  | 'lastChange'
  | 'lastProblem'
  | 'sensitive'
  | 'events'
  | 'first'
  | 'last'
  | 'operators'
  | 'partial'
>;

/** Events that one card looks at, and its first ones and purchases beside them: what fits into memory at once. */
const MAX_EVENTS = 1_000;
const FIRST = 20;
const PURCHASES = 50;

const BOUGHT: ResolvedTerm = { kind: 'choice', key: 'is', negated: false, values: ['purchase'] };

/** The card of a resource. One round trip, and those of its purchaser where no record names one. */
export async function cardOf(
  store: Store,
  { id, scope, apart }: ResourceAsked,
): Promise<Resolved<{ kind: 'found'; card: Card; arrivals: Arrival[] }>> {
  const {
    cuts: [newest, first, purchases],
    arrivals,
  } = await readResourceEvents(store, { scope, id }, [
    { terms: [], order: 'newest', limit: MAX_EVENTS },
    { terms: [], order: 'oldest', limit: FIRST },
    { terms: [BOUGHT], order: 'oldest', limit: PURCHASES },
  ]);
  const all = distinct([...newest.events, ...first.events, ...purchases.events]);
  const [found, ...others] = identitiesOf(id, all, { summaryOf, apart });
  if (found === undefined) return { kind: 'unknown' };
  if (others.length > 0) return { kind: 'ambiguous', resources: namesakes([found, ...others]), arrivals };
  const history = found.events.map(summaryOf);
  const { end = 0 } = newest;
  const counted = found.events.filter(({ rowId }) => rowId >= end).map(summaryOf);
  const { account, product, region } = found.resource;
  const { operator, person, ...bought } = await purchaserOf(store, scope, {
    id: found.resource.id,
    account,
    product,
    region,
    history,
  });
  return {
    kind: 'found',
    card: {
      resource: found.resource,
      purchaser: { ...bought, ...(operator && { operator }), ...(person && { person }) },
      ...factsOf(counted, history),
      ...partialOf(end),
    },
    arrivals,
  };
}

function partialOf(end: number): Pick<Card, 'partial'> {
  if (end === 0) return {};
  const through = new Date(secondOfRow(end) * 1000).toISOString();
  return { partial: { through, reason: `The newest ${MAX_EVENTS} events with this id were counted.` } };
}

/** What the events of a resource say; `counted` are the newest, `history` reaches back to the first. Newest first. */
function factsOf(
  counted: readonly EventSummary[],
  history: readonly EventSummary[],
): Omit<Card, 'resource' | 'purchaser' | 'partial'> {
  return {
    lastChange: counted.find(isChange) ?? null,
    lastProblem: counted.find(({ outcome }) => outcome !== 'ok') ?? null,
    sensitive: counted.filter(({ is }) => is.includes('sensitive')).length,
    events: counted.length,
    first: history.at(-1)?.time ?? '',
    last: history[0]?.time ?? '',
    operators: operatorsOf(counted),
  };
}

const MAX_OPERATORS = 5;

function operatorsOf(events: readonly EventSummary[]): Card['operators'] {
  const byOperator = Map.groupBy(events, ({ operator }) => operator.id || operator.name);
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
