/** Purchases, one by one, and who stands behind each. */
import { boughtOf } from '../../shared/catalogue/bought.ts';
import type { PurchaseEntry } from '../../shared/api/purchases.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import type { Store } from '../store/meter.ts';
import { readPrices, type PricesState, type StoredPrice } from '../store/prices.ts';
import { readStoredPage, type Page } from '../store/read.ts';
import type { Scope } from '../store/scope.ts';
import { callerOf, ordererOf } from './buyer.ts';
import type { Match } from './order-match.ts';
import { isDelivery, isOrder } from './orders.ts';
import { outcomesOf, type Outcome } from './outcomes.ts';
import { NOTHING, readAround } from './purchases-around.ts';
import { beforePage, repeatsIn } from './repeats.ts';

/** The query, of purchases only. */
export function purchasesIn({ terms, ...range }: ResolvedQuery): ResolvedQuery {
  return { ...range, terms: [...terms, { kind: 'choice', key: 'is', negated: false, values: ['purchase'] }] };
}

export interface PurchasesPage extends Omit<Page, 'events'> {
  purchases: PurchaseEntry[];
  /** Undefined where nobody looks prices up. */
  prices: PricesState;
}

/**
 * A page of purchases, newest first. In the second round trip their prices are read and, where the page has orders,
 * things that services made or a create at its end that may repeat one before it, what belongs together.
 */
export async function purchasesOf(
  store: Store,
  asked: { query: ResolvedQuery; scope: Scope; before?: number; limit: number },
): Promise<PurchasesPage> {
  const { events: stored, ...page } = await readStoredPage(store, {
    ...asked,
    query: purchasesIn(asked.query),
  });
  const events = stored.map(({ summary }) => summary);
  const open = events.filter((event) => isOrder(event) || isDelivery(event));
  const windows = page.next === undefined ? [] : beforePage(events);
  const scope = { ...asked.scope, accounts: [...new Set(events.map(({ account }) => account))] };
  const [around, { prices, state }] = await Promise.all([
    open.length + windows.length === 0 ? NOTHING : readAround(store, scope, { open, windows }),
    readPrices(
      store,
      asked.scope.accounts,
      stored.map(({ rowId }) => rowId),
    ),
  ]);
  const outcomes = outcomesOf(around.matches);
  const made = around.matches.filter(({ by }) => by !== 'sight');
  const orders = new Map(made.map((match) => [match.goods.event.id, match]));
  const repeats = repeatsIn([...stored, ...around.purchases]);
  return {
    ...page,
    prices: state,
    purchases: stored.flatMap(({ rowId, summary: event }) =>
      entryOf(event, {
        price: prices.get(rowId),
        match: orders.get(event.id),
        outcome: outcomes.get(event.id),
        repeats: repeats.get(event.id),
        isWhole: around.isWhole(event),
      }),
    ),
  };
}

/** What other events and billing tell of a purchase. */
interface Beside {
  price: StoredPrice | undefined;
  match: Match | undefined;
  outcome: Outcome | undefined;
  /** Id of the event that it repeats. */
  repeats: string | undefined;
  /** Whether all of them were looked at. */
  isWhole: boolean;
}

function entryOf(event: EventSummary, { price, match, outcome, repeats, isWhole }: Beside): PurchaseEntry[] {
  const { purchase } = event;
  if (purchase === undefined) return [];
  const { buyer, order, ...verdict } = isDelivery(event) ? ordererOf(event, match, isWhole) : callerOf(event);
  return [
    {
      event,
      ...purchase,
      ...verdict,
      buyer: buyer ?? { operator: event.operator },
      ...(order && { order: order.id }),
      ...(repeats !== undefined && { repeats }),
      ...(outcome && { delivery: deliveryOf(outcome) }),
      ...(price && { price: { ...price, status: 'exact' } }),
      resources: outcome === undefined || outcome.reason === 'tie' ? boughtOf(event) : outcome.resources,
    },
  ];
}

function deliveryOf(outcome: Outcome): NonNullable<PurchaseEntry['delivery']> {
  const { reason } = outcome;
  const status = reason === 'deal' ? 'exact' : 'approximate';
  return reason === 'tie'
    ? { status, reason, candidates: outcome.candidates }
    : { status, reason, event: outcome.event };
}
