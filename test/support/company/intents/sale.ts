import { action } from '../actions.ts';
import type { Story } from '../agenda.ts';
import { localText } from '../calendar.ts';
import type { Resource } from '../estate.ts';
import { KINDS } from '../kinds.ts';
import { dealId, type Offer, priceOf, someTerms, type Terms } from '../offers.ts';
import { type Person, REGIONS } from '../people.ts';
import { act, type Actor, type Deed, type Stage, tell } from '../stage.ts';
import type { Hidden } from '../truth.ts';
import { atDesk, somebody } from './desk.ts';
import { release } from './lifecycle.ts';
import { look } from './perform.ts';

/** The pieces of every purchase: the wish, the delivery, the entry in the ledger. */

/** What somebody is about to buy. */
export interface Wish {
  offer: Offer;
  terms: Terms;
  person: Person;
}

/** What was bought, as it stands when it has been delivered. */
export interface Delivery {
  resources: Resource[];
  /** The billing system's numbers, whether the product tells them or not. */
  deals: string[];
}

/** The resources come to be. */
export function deliver(stage: Stage, { offer, terms }: Wish): Delivery {
  const resources = Array.from({ length: terms.count }, () => {
    const made = stage.estate.add(offer.kind, terms.region, terms.charge);
    made.settings[offer.sizeSetting] = terms.size;
    return made;
  });
  return { resources, deals: terms.charge === 'PREPAID' ? [dealId(stage.random, localText(stage.now))] : [] };
}

/** The call that delivers: its request, and its answer with the new ids. */
export function creation({ offer, terms }: Wish, { resources, deals }: Delivery): Deed {
  const ids = resources.map(({ id }) => id);
  return {
    region: terms.region,
    targets: resources,
    request: offer.request(terms),
    response: offer.response(ids, deals),
  };
}

interface Sale {
  wish: Wish;
  delivery: Delivery;
  requestIds: readonly string[];
  hidden?: Hidden;
}

/** Writes a purchase in the ledger. */
export function book(stage: Stage, { wish, delivery, requestIds, hidden }: Sale): void {
  const { offer, terms, person } = wish;
  const priceFen = priceOf(offer, terms);
  tell(stage, {
    of: 'purchase',
    kind: 'create',
    requestIds,
    time: stage.now,
    person: person.uin,
    product: KINDS[offer.kind].product,
    region: terms.region,
    resourceIds: delivery.resources.map(({ id }) => id),
    count: terms.count,
    chargeType: terms.charge,
    ...(terms.charge === 'PREPAID' && { periodMonths: terms.months }),
    dealIds: delivery.deals,
    ...(priceFen !== undefined && { priceFen }),
    ...(hidden && { hidden }),
  });
}

/** Orders, and gets what was ordered at once. */
export function order(stage: Stage, actor: Actor, wish: Wish, hidden?: Hidden): void {
  const delivery = deliver(stage, wish);
  const requestId = act(stage, actor, wish.offer.buys(wish.terms.charge), creation(wish, delivery));
  book(stage, { wish, delivery, requestIds: [requestId], ...(hidden && { hidden }) });
}

/** Somebody who may use every one of the products. */
export function buyer(stage: Stage, products: readonly string[]): Person {
  for (;;) {
    const found = somebody(stage.random);
    if (!products.some((product) => found.lacks.includes(product))) return found;
  }
}

/**
 * Somebody at their desk wants something, and `how` makes a purchase of it; where the company has enough
 * of it already, something of the kind is given back instead. The buyer may also use the products `also`.
 */
export function* wanting(
  stage: Stage,
  offer: Offer,
  how: (actor: Actor, wish: Wish) => Generator<number, void, void>,
  also: readonly string[] = [],
): Story {
  const { random, estate } = stage;
  if (estate.fullness(offer.kind) > 0.95) {
    yield* release(stage, offer.kind);
    return;
  }
  const region = REGIONS[random.rank(REGIONS.length)] ?? REGIONS[0];
  const person = buyer(stage, [KINDS[offer.kind].product, ...also]);
  const actor = yield* atDesk(stage, person);
  look(stage, actor, action('cvm:DescribeZones'));
  yield random.between(20, 120);
  yield* how(actor, { offer, terms: someTerms(random, offer, region), person });
}
