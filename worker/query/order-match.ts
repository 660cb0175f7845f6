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
  const byDeal = made.flatMap((goods): Match[] => {
    const named = orders.filter(({ event }) => sameDeal(event, goods.event));
    return named.length === 0 ? [] : [{ by: 'deal', goods, orders: named.map(({ event }) => event) }];
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
  const matches: Match[] = [];
  let open = all.map((goods): Match => {
    const fitting = orders.filter((order) => fits(order, goods));
    return { by, goods, orders: fitting.map(({ event }) => event) };
  });
  for (;;) {
    const sure = open.filter((match) => match.orders.length === 1);
    if (sure.length === 0) break;
    matches.push(...sure);
    const taken = new Set(sure.flatMap((match) => match.orders));
    open = open
      .filter((match) => match.orders.length > 1)
      .map((match) => ({ ...match, orders: match.orders.filter((order) => !taken.has(order)) }));
  }
  return [...matches, ...open.filter((match) => match.orders.length > 1)];
}

/** Shorter numbers are of flows and logs, and may be the same by chance. */
const MIN_DEAL = 8;

function sameDeal(order: EventSummary, made: EventSummary): boolean {
  const deals = order.purchase?.deals ?? [];
  return (
    order.account === made.account &&
    deals.some((deal) => deal.length >= MIN_DEAL && made.purchase?.deals?.includes(deal))
  );
}

function fitsMade(order: Order, { event, things }: Goods): boolean {
  const [thing] = things;
  return (
    isSoonAfter(order.event, event) &&
    thing !== undefined &&
    fitsHere(order, event, thing) &&
    alike(order.event.purchase, event.purchase)
  );
}

function fitsSeen(order: Order, { event, things }: Goods): boolean {
  return (
    isSoonAfter(order.event, event) &&
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

function isSoonAfter(order: EventSummary, event: EventSummary): boolean {
  const delay = secondOf(event.time) - secondOf(order.time);
  return order.account === event.account && delay >= 0 && delay <= DELIVERY_SECONDS;
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
