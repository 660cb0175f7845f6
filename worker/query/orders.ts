/**
 * Orders: purchases whose records do not name what was bought. Who buys in the billing console leaves one; the thing
 * itself is made minutes later by a service of the vendor's, whose record names no human. Old consoles buy for their
 * users with calls whose parameters are not recorded; the thing is first named by what its buyer does next.
 */
import { boughtOf, isOneOf, thingsOf } from '../../shared/catalogue/bought.ts';
import { PURCHASES } from '../../shared/catalogue/purchase-table.ts';
import { valuesAt } from '../../shared/catalogue/values-at.ts';
import { details } from '../../shared/event/details.ts';
import type { EventSummary, Resource } from '../../shared/event/event.ts';
import { parseJson, text } from '../../shared/event/json.ts';
import { kindOf } from '../../shared/event/prefixes.ts';
import { expandRegion } from '../../shared/event/regions.ts';
import type { StoredEvent } from '../store/event-row.ts';

/** What is delivered later than this after an order is not taken for what was ordered, in seconds. */
export const DELIVERY_SECONDS = 900;

/** A purchase whose record does not name what was bought. */
export interface Order {
  event: EventSummary;
  /** Products of the goods, lower case, and their regions, where the request tells. */
  products: readonly string[];
  regions: readonly string[];
}

/** Whether an event buys something that its record does not name. */
export function isOrder(event: EventSummary): boolean {
  return event.purchase?.kind === 'create' && boughtOf(event).length === 0;
}

/** Whether an event makes something on behalf of somebody it does not name. */
export function isDelivery(event: EventSummary): boolean {
  return (
    event.purchase?.kind === 'create' &&
    event.operator.type === 'service' &&
    event.person?.status !== 'exact' &&
    boughtOf(event).length > 0
  );
}

/** An order with what its request says of the goods. A record that is kept elsewhere says nothing here. */
export function orderOf({ summary, record }: StoredEvent): Order {
  const parsed = record.kind === 'inline' ? parseJson(record.text) : undefined;
  const request = parsed?.ok ? details(parsed.value).request : null;
  const said = (path: string): string[] => valuesAt(request, path).map(text).filter(Boolean);
  return {
    event: summary,
    products: said('goods.goodsCategoryName').map((name) => name.toLowerCase()),
    regions: said('goods.region').map(expandRegion),
  };
}

/** Words that many products have for what they sell. */
const COMMON: ReadonlySet<string> = new Set(['cluster', 'dbinstance', 'instance', 'job', 'node']);

/** Whether an order is for things like this one, which an event of the product names. */
export function fitsThing({ event, products, regions }: Order, product: string, resource: Resource): boolean {
  const { region } = resource;
  if (region && regions.length > 0 && !regions.includes(region)) return false;
  if (products.length > 0) return products.includes(product);
  const common = COMMON.has(kindOf(resource.id) ?? resource.type ?? '');
  return isOneOf(thingsOf(event) ?? new Set(), resource) && (!common || product === event.product);
}

/** Whether a product sells such things, as far as the catalogue tells. */
export function sells(product: string, resource: Resource): boolean {
  const actions = Object.hasOwn(PURCHASES, product) ? Object.entries(PURCHASES[product] ?? {}) : [];
  return actions.some(
    ([event, { kind }]) => kind === 'create' && isOneOf(thingsOf({ product, event }) ?? new Set(), resource),
  );
}
