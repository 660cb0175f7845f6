/** What came of orders. */
import type { EventSummary, Resource } from '../../shared/event/event.ts';
import type { Goods, Match } from './order-match.ts';

/** What an event shows. */
interface Delivered {
  event: string;
  resources: Resource[];
}

/** What came of an order, and the newest event that shows it; one of the candidates where several fit equally. */
export type Outcome =
  | ({ reason: 'deal' | 'order' | 'parameterless' } & Delivered)
  | { reason: 'tie'; candidates: Delivered[] };

const REASONS = { deal: 'deal', order: 'order', sight: 'parameterless' } as const;

/** Equally good ones that an answer names. */
const MAX_CANDIDATES = 20;

/** What came of each order that something may have come of, by the id of its event. */
export function outcomesOf(matches: readonly Match[]): Map<string, Outcome> {
  const byOrder = new Map<string, { order: EventSummary; matches: Match[] }>();
  for (const match of matches) {
    for (const order of match.orders) {
      const known = byOrder.get(order.id) ?? { order, matches: [] };
      known.matches.push(match);
      byOrder.set(order.id, known);
    }
  }
  return new Map([...byOrder].map(([id, { order, matches: own }]) => [id, outcomeOf(order, own)]));
}

function outcomeOf(order: EventSummary, matches: readonly Match[]): Outcome {
  const candidates = deliveredIn(matches.map(({ goods }) => goods));
  const [match] = matches;
  const [only, ...others] = candidates;
  const ordered = order.purchase?.count ?? Number.POSITIVE_INFINITY;
  const tied =
    matches.some(({ orders }) => orders.length > 1) ||
    // What carries the same deal belongs together, however much it is.
    (match?.by !== 'deal' && (others.length > 0 || (only?.resources.length ?? 0) > ordered));
  if (tied || match === undefined || only === undefined) {
    return { reason: 'tie', candidates: candidates.slice(0, MAX_CANDIDATES) };
  }
  const resources = candidates.flatMap((delivered) => delivered.resources);
  return { reason: REASONS[match.by], event: only.event, resources };
}

function deliveredIn(goods: readonly Goods[]): Delivered[] {
  const byEvent = Map.groupBy(goods, ({ event }) => event.id);
  return [...byEvent].map(([event, of]) => ({ event, resources: of.flatMap(({ things }) => things) }));
}
