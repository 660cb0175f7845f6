/** Orders and what came of them, matched: by deal, else by time, type and number, else by who first saw it. */
import type { EventSummary, Purchase, Resource } from '../../shared/event/event.ts';
import { secondOf } from '../store/rowid.ts';
import { DELIVERY_SECONDS, fitsThing, sells, type Order } from './orders.ts';

/** Things that may have been ordered, and the event that shows them. */
export interface Goods {
  event: EventSummary;
  /** Of one kind. */
  things: readonly Resource[];
}

/** The order, or the several that are equally good, that goods came of. */
export interface Match {
  by: 'deal' | 'order' | 'sight';
  goods: Goods;
  orders: readonly EventSummary[];
}

/**
 * Matches orders with what services `made`, and those that nothing was made for with what was `seen` for the first
 * time by whoever ordered. An order that alone fits some goods is no candidate for others.
 */
export function matchOrders(
  orders: readonly Order[],
  { made, seen }: { made: readonly Goods[]; seen: readonly Goods[] },
): Match[] {
  const ofDeal = Map.groupBy(
    orders.flatMap(({ event }) => dealsOf(event).map((deal) => ({ deal, event }))),
    ({ deal }) => deal,
  );
  const byDeal = made.flatMap((goods): Match[] => {
    const named = dealsOf(goods.event).flatMap((deal) => ofDeal.get(deal) ?? []);
    const own = [...new Set(named.map(({ event }) => event))];
    return own.length === 0 ? [] : [{ by: 'deal', goods, orders: own }];
  });
  const dealt = new Set(byDeal.map(({ goods }) => goods));
  const byFit = settle('order', without(orders, byDeal), {
    goods: made.filter((goods) => !dealt.has(goods)),
    fits: fitsMade,
  });
  const bySight = settle('sight', without(orders, [...byDeal, ...byFit]), { goods: seen, fits: fitsSeen });
  return [...byDeal, ...byFit, ...bySight];
}

/** The orders that nothing came of yet. */
function without(orders: readonly Order[], matches: readonly Match[]): Order[] {
  const taken = new Set(matches.flatMap((match) => match.orders));
  return orders.filter(({ event }) => !taken.has(event));
}

/** Gives each of the goods that any order fits the orders that do, without those that others need. */
function settle(
  by: Match['by'],
  orders: readonly Order[],
  { goods: all, fits }: { goods: readonly Goods[]; fits: (order: Order, goods: Goods) => boolean },
): Match[] {
  const shortlyBefore = byTime(orders);
  const open = new Map<Goods, Set<EventSummary>>();
  const wanting = new Map<EventSummary, Goods[]>();
  for (const goods of all) {
    const fitting = shortlyBefore(goods.event).filter((order) => fits(order, goods));
    open.set(goods, new Set(fitting.map(({ event }) => event)));
    for (const { event } of fitting) {
      const others = wanting.get(event);
      if (others === undefined) wanting.set(event, [goods]);
      else others.push(goods);
    }
  }

  const matches: Match[] = [];
  for (;;) {
    const sure = [...open].filter(([, fitting]) => fitting.size === 1);
    if (sure.length === 0) break;
    for (const [goods, fitting] of sure) {
      matches.push({ by, goods, orders: [...fitting] });
      open.delete(goods);
    }
    for (const order of new Set(sure.flatMap(([, fitting]) => [...fitting]))) {
      for (const goods of wanting.get(order) ?? []) open.get(goods)?.delete(order);
    }
  }
  const tied = [...open].filter(([, fitting]) => fitting.size > 1);
  return [...matches, ...tied.map(([goods, fitting]) => ({ by, goods, orders: [...fitting] }))];
}

/**
 * Gives the orders of an event's account that came so shortly before it that it may have come of them, in the order
 * of all, which is newest first. Found by their time, since there may be thousands of both.
 */
function byTime(orders: readonly Order[]): (event: EventSummary) => Order[] {
  const timed = orders
    .toReversed()
    .map((order) => ({ order, second: secondOf(order.event.time) }))
    .toSorted((one, other) => one.second - other.second);
  const ofAccount = Map.groupBy(timed, ({ order }) => order.event.account);
  return ({ account, time }) => {
    const own = ofAccount.get(account) ?? [];
    const second = secondOf(time);
    return own
      .slice(countBefore(own, second - DELIVERY_SECONDS), countBefore(own, second + 1))
      .map(({ order }) => order)
      .toReversed();
  };
}

/** How many are before a second, of which the earliest come first. */
function countBefore(timed: readonly { second: number }[], second: number): number {
  let [low, high] = [0, timed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timed[middle]?.second ?? Infinity) < second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Shorter numbers are of flows and logs, and may be the same by chance. */
const MIN_DEAL = 8;

/** The deals of an event, each with its account. */
function dealsOf({ account, purchase }: EventSummary): string[] {
  const deals = (purchase?.deals ?? []).filter((deal) => deal.length >= MIN_DEAL);
  return deals.map((deal) => `${account} ${deal}`);
}

function fitsMade(order: Order, { event, things }: Goods): boolean {
  const [thing] = things;
  return thing !== undefined && fitsHere(order, event, thing) && alike(order.event.purchase, event.purchase);
}

function fitsSeen(order: Order, { event, things }: Goods): boolean {
  return (
    order.event.operator.id === event.operator.id &&
    !differ(provenOf(order.event), provenOf(event)) &&
    things.every((thing) => fitsHere(order, event, thing)) &&
    // An order that only names a product is not for everything that its buyer does with that.
    (order.products.length === 0 || things.every((thing) => sells(event.product, thing)))
  );
}

/** Id of the human who is proven to be behind a session. */
function provenOf({ person }: EventSummary): string | undefined {
  return person?.status === 'exact' ? person.id : undefined;
}

function fitsHere(order: Order, { product, region }: EventSummary, thing: Resource): boolean {
  return fitsThing(order, product, { ...thing, region: thing.region ?? region });
}

/** Whether two purchases say nothing different of number and length. */
function alike(one: Purchase | undefined, other: Purchase | undefined): boolean {
  return (
    !differ(one?.count, other?.count) &&
    !differ(one?.period?.length, other?.period?.length) &&
    !differ(one?.period?.unit, other?.period?.unit)
  );
}

function differ<T>(one: T | undefined, other: T | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
