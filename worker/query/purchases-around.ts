/** Purchases near points in time, and what may have come of those that do not name it. */
import { boughtOf } from '../../shared/catalogue/bought.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { kindOf } from '../../shared/event/prefixes.ts';
import type { StoredEvent } from '../store/event-row.ts';
import { readSightings, sightingsOf, type Sighting, type Stretch } from '../store/first-seen.ts';
import type { Store } from '../store/meter.ts';
import { secondOf } from '../store/rowid.ts';
import type { Scope } from '../store/scope.ts';
import { readWindows, unite, type Window } from '../store/windows.ts';
import { matchOrders, type Goods, type Match } from './order-match.ts';
import { DELIVERY_SECONDS, isDelivery, isOrder, orderOf } from './orders.ts';

export interface Around {
  /** Newest first. */
  purchases: readonly StoredEvent[];
  matches: readonly Match[];
  /** Whether all around an event of `open` was looked at, so that what was not found there is not on record. */
  isWhole: (event: EventSummary) => boolean;
}

/** Around nothing. */
export const NOTHING: Around = { purchases: [], matches: [], isWhole: () => true };

/**
 * The purchases in windows of time and around events whose other side is wanted: orders, deliveries, and events that
 * are the first to name something. Orders matched with what came of them. One round trip.
 */
export async function readAround(
  store: Store,
  scope: Scope,
  { open, windows = [] }: { open: readonly EventSummary[]; windows?: readonly Window[] },
): Promise<Around> {
  // Whether others saw a thing before does not show to who may only see what some operators did.
  const stretches = scope.operators === '*' ? stretchesOf(open) : [];
  const {
    events: purchases,
    since,
    beside: [seen],
  } = await readWindows(
    store,
    { mark: 'purchase', scope, windows: [...windows, ...open.map(aroundOf)] },
    stretches.length === 0 ? [] : [sightingsOf(store, stretches)],
  );
  const orders = purchases.filter(({ summary }) => isOrder(summary)).map(orderOf);
  const made = purchases
    .map(({ summary }) => summary)
    .filter(isDelivery)
    .map((event) => ({ event, things: boughtOf(event) }));
  const { sightings, looked } =
    seen === undefined ? { sightings: [], looked: stretches.length } : readSightings(seen);
  const unseen = stretches.slice(looked);
  return {
    purchases,
    matches: matchOrders(orders, { made, seen: seenOf(sightings, purchases) }),
    isWhole: (event) => since <= aroundOf(event).from && !unseen.some((stretch) => isIn(stretch, event)),
  };
}

function isIn({ account, operator, from, to }: Stretch, event: EventSummary): boolean {
  const second = secondOf(event.time);
  return event.account === account && event.operator.id === operator && from <= second && second <= to;
}

/** What has to be known to match a purchase: what it may belong to, and what else that may belong to. */
function aroundOf({ time }: EventSummary): Window {
  const second = secondOf(time);
  return { from: second - 2 * DELIVERY_SECONDS, to: second + 2 * DELIVERY_SECONDS };
}

/** Where those who order may have seen what came of it, newest first. What services make names itself. */
function stretchesOf(open: readonly EventSummary[]): Stretch[] {
  const orders = open.filter(({ operator }) => operator.id !== '' && operator.type !== 'service');
  const byOperator = Map.groupBy(orders, ({ account, operator }) => JSON.stringify([account, operator.id]));
  const stretches = [...byOperator.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { account, operator } = first;
    return unite(own.map(aroundOf)).map((window) => ({ account, operator: operator.id, ...window }));
  });
  return stretches.toSorted((one, other) => other.to - one.to);
}

/** Goods of one kind each, without those whose purchase is on record. */
function seenOf(sightings: readonly Sighting[], purchases: readonly StoredEvent[]): Goods[] {
  const known = new Set(
    purchases
      .filter(({ summary }) => summary.purchase?.kind === 'create')
      .flatMap(({ summary }) => boughtOf(summary).map(({ id }) => `${summary.account} ${id}`)),
  );
  return sightings.flatMap(({ event, things }) => {
    const unknown = things.filter(({ id }) => !known.has(`${event.account} ${id}`));
    const byKind = Map.groupBy(unknown, ({ id, type = '' }) => kindOf(id) ?? type);
    return [...byKind.values()].map((alike) => ({ event, things: alike }));
  });
}
