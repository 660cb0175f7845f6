/** Who bought a resource. */
import { boughtOf } from '../../shared/catalogue/bought.ts';
import type { EventSummary, Purchase } from '../../shared/event/event.ts';
import { kindOf } from '../../shared/event/prefixes.ts';
import { oldestOf, readEdge } from '../store/edges.ts';
import { rows, run, type Store } from '../store/meter.ts';
import { secondOf } from '../store/rowid.ts';
import type { Scope } from '../store/scope.ts';
import { callerOf, candidatesOf, distinct, ordererOf, type Candidate, type Verdict } from './buyer.ts';
import { isDelivery } from './orders.ts';
import { readAround } from './purchases-around.ts';

/** A resource, and what its events say of where it came from. */
export interface Provenance {
  account: string;
  id: string;
  /** Tell ambiguous ids apart. */
  product?: string;
  region?: string;
  /** Its first event, its purchases (`is:purchase`) and whatever else of its history is at hand, in any order. */
  history: readonly EventSummary[];
}

export interface Purchaser extends Omit<Verdict, 'buyer' | 'order' | 'candidates'> {
  operator?: EventSummary['operator'];
  person?: EventSummary['person'];
  /** When it was bought: of an order when that was placed. */
  time?: string;
  /** Id of the event that tells who bought: the order, where there is one. */
  event?: string;
  purchase?: Purchase;
  candidates?: Candidate[];
  /** How far the records reach back, where no purchase is in them; RFC 3339. */
  since?: string;
}

/** Who bought the resource, how, and how sure that is. At most one round trip; none where a record says it. */
export async function purchaserOf(store: Store, scope: Scope, resource: Provenance): Promise<Purchaser> {
  const history = historyOf(resource);
  const creates = history.filter((event) => event.purchase?.kind === 'create' && isAbout(event, resource.id));
  // What a service makes because somebody called for it has two records; the other one names them.
  const called = creates.filter((event) => !isDelivery(event));
  const create = called[0] ?? creates[0];
  if (create === undefined) return await byFirstEvent(store, scope, resource, history[0]);
  if (isDelivery(create)) {
    const within = { ...scope, accounts: [create.account] };
    const { matches, isWhole } = await readAround(store, within, { open: [create] });
    const match = matches.find(({ goods }) => goods.event.id === create.id);
    return purchaserBy(create, ordererOf(create, match, isWhole(create)));
  }
  const verdict = callerOf(create);
  // An id is made once: another create of it by somebody else makes both of them doubtful.
  const buyers = distinct(called);
  return purchaserBy(
    create,
    buyers.length > 1 && verdict.status === 'exact'
      ? {
          ...verdict,
          status: 'approximate',
          reason: 'conflict',
          candidates: candidatesOf(buyers),
        }
      : verdict,
  );
}

/** Events of the resource that was asked for, oldest first. An id with a known prefix means one thing everywhere. */
function historyOf({ account, id, product, region, history }: Provenance): EventSummary[] {
  const unique = kindOf(id) !== undefined;
  return history
    .filter((event) => {
      const named = event.resources.find((resource) => resource.id === id);
      if (event.account !== account || named === undefined) return false;
      const here = region === undefined || (named.region ?? region) === region;
      return unique || (here && (product === undefined || event.product === product));
    })
    .toSorted((one, other) => secondOf(one.time) - secondOf(other.time));
}

function isAbout(event: EventSummary, id: string): boolean {
  return boughtOf(event).some((resource) => resource.id === id);
}

function purchaserBy(create: EventSummary, { buyer, order, ...verdict }: Verdict): Purchaser {
  const { time, id } = order ?? create;
  return { ...verdict, ...buyer, time, event: id, ...(create.purchase && { purchase: create.purchase }) };
}

/**
 * No record makes it. If its first event is by somebody who had just bought such a thing with a call that does not
 * name it, it is probably that one.
 */
async function byFirstEvent(
  store: Store,
  scope: Scope,
  { account, id }: Provenance,
  first: EventSummary | undefined,
): Promise<Purchaser> {
  // Somebody else's events may be hidden, the first one and the purchase among them.
  if (scope.operators !== '*') return { status: 'unavailable', reason: 'scope' };
  const within = { ...scope, accounts: [account] };
  const [around, [edge]] = await Promise.all([
    first === undefined ? undefined : readAround(store, within, { open: [first] }),
    run(store, [oldestOf(store, within)]),
  ]);
  const orders = (around?.matches ?? [])
    .filter(({ by, goods }) => by === 'sight' && goods.things.some((thing) => thing.id === id))
    .flatMap((match) => match.orders);
  const [order, ...others] = distinct(orders);
  if (order !== undefined) return blindly(order, others);
  if (first !== undefined && around?.isWhole(first) === false)
    return { status: 'unavailable', reason: 'bound' };
  const [since] = rows(edge, readEdge);
  return { status: 'unavailable', reason: 'before-records', ...(since !== undefined && { since }) };
}

/** By an order that does not name what was bought; of several people behind one role it may be any of theirs. */
function blindly(order: EventSummary, others: readonly EventSummary[]): Purchaser {
  if (others.length > 0) {
    const candidates = candidatesOf([order, ...others]);
    return { status: 'approximate', reason: 'tie', operator: order.operator, candidates };
  }
  const verdict = callerOf(order);
  return purchaserBy(
    order,
    verdict.status === 'exact' ? { ...verdict, status: 'approximate', reason: 'parameterless' } : verdict,
  );
}
