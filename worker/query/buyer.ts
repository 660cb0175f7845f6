/** Who stands behind a purchase, and how sure that is. */
import type { EventSummary, Operator, Person } from '../../shared/event/event.ts';
import type { Match } from './order-match.ts';

/** Somebody who may have bought. */
export interface Candidate {
  operator: Operator;
  person?: Person;
  /** The event by which they did. */
  event: string;
  time: string;
}

export type Why =
  /** The record and the order carry the same deal. */
  | 'deal'
  /** An order that fits came shortly before. */
  | 'order'
  /** Several orders fit equally. */
  | 'tie'
  /** A call without parameters came shortly before the thing was first seen. */
  | 'parameterless'
  /** A role did it, and the record does not prove which human. */
  | 'role'
  /** A service did it, and no order fits. */
  | 'service'
  /** More happened around it than one answer looks at, an order that fits perhaps among it. */
  | 'bound'
  /** Sources or records contradict each other. */
  | 'conflict'
  /** No record of a purchase; see how far the records reach back. */
  | 'before-records'
  /** Others may have bought it: the caller sees only some of the events. */
  | 'scope';

export interface Verdict {
  status: 'exact' | 'approximate' | 'unavailable';
  reason?: Why;
  /** Who did it as far as that is known: of an order whoever ordered. */
  buyer?: { operator: Operator; person?: Person };
  /** The order that it came of. */
  order?: EventSummary;
  /** Where several are equally likely. */
  candidates?: Candidate[];
}

/** Who made the call of a purchase: exact only where the record itself proves which human. */
export function callerOf({ operator, person, is }: EventSummary): Verdict {
  const buyer = { operator, ...(person && { person }) };
  if (operator.type === 'service' && person?.status !== 'exact') {
    return { status: 'unavailable', reason: 'service', buyer };
  }
  if (is.includes('conflict')) return { status: 'approximate', reason: 'conflict', buyer };
  if (operator.type === 'user' || operator.type === 'root') {
    return operator.id === '' ? { status: 'unavailable', reason: 'role', buyer } : { status: 'exact', buyer };
  }
  if (person?.status === 'exact') return { status: 'exact', buyer };
  return { status: person ? 'approximate' : 'unavailable', reason: 'role', buyer };
}

/**
 * Who ordered what a service delivered. Only a deal that both carry proves it. Without a match: `isWhole` where all
 * orders that it could have come of were looked at.
 */
export function ordererOf(
  delivery: EventSummary,
  match: Pick<Match, 'by' | 'orders'> | undefined,
  isWhole = true,
): Verdict {
  const caller = callerOf(delivery);
  if (match === undefined) return isWhole ? caller : { ...caller, reason: 'bound' };
  const [first, ...others] = distinct(match.orders);
  if (first === undefined) return caller;
  if (others.length > 0) {
    return { ...caller, status: 'approximate', reason: 'tie', candidates: candidatesOf([first, ...others]) };
  }
  const orderer = callerOf(first);
  const proven = match.by === 'deal' && !delivery.is.includes('conflict');
  return proven
    ? { ...orderer, ...(orderer.status === 'exact' && { reason: 'deal' }), order: first }
    : {
        ...orderer,
        ...(orderer.status === 'exact' && { status: 'approximate', reason: 'order' }),
        order: first,
      };
}

/** One order for everybody who ordered: who orders the same twice is one buyer. */
export function distinct(orders: readonly EventSummary[]): EventSummary[] {
  const byBuyer = new Map(
    orders.map((order) => [JSON.stringify([order.operator.id, order.person?.id, order.person?.name]), order]),
  );
  return [...byBuyer.values()];
}

/** Equally good ones that an answer names. */
const MAX_CANDIDATES = 20;

/** The first of those who may have bought. */
export function candidatesOf(orders: readonly EventSummary[]): Candidate[] {
  return orders.slice(0, MAX_CANDIDATES).map(candidateOf);
}

function candidateOf({ operator, person, id, time }: EventSummary): Candidate {
  return { operator, ...(person && { person }), event: id, time };
}
