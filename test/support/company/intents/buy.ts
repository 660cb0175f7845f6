import { action } from '../actions.ts';
import type { Story } from '../agenda.ts';
import { localText } from '../calendar.ts';
import { OK } from '../call.ts';
import { KINDS } from '../kinds.ts';
import { dealId, OFFERS, offerOf } from '../offers.ts';
import { SERVICE_ROLES } from '../people.ts';
import { serviceActor } from '../sessions.ts';
import { act, type Actor, begin, type Stage } from '../stage.ts';
import type { Hidden } from '../truth.ts';
import { atDesk } from './desk.ts';
import { look } from './perform.ts';
import { claimedRole, takeRole } from './roles.ts';
import { book, buyer, creation, deliver, order, wanting, type Wish } from './sale.ts';

/** Purchases, plain and in every way that the records hide. */

/** Somebody buys something. */
export function purchase(stage: Stage): Story {
  return wanting(stage, stage.random.pick(OFFERS), function* plain(actor, wish) {
    order(stage, actor, wish);
    yield stage.random.between(2, 20);
    look(stage, actor, action('billing:DescribeAccountBalance'));
  });
}

const WITH_TOKEN = OFFERS.filter(({ kind }) => kind !== 'redis');

/** One purchase in two records with one client token: the first failed, or its answer never arrived. */
export function retriedPurchase(stage: Stage): Story {
  const { random } = stage;
  return wanting(stage, random.pick(WITH_TOKEN), function* retried(actor, wish) {
    const { offer, terms } = wish;
    const buys = offer.buys(terms.charge);
    // Where only the answer was lost, the second call gets what the first one made.
    const early = random.chance(0.5) ? deliver(stage, wish) : undefined;
    const failed = {
      region: terms.region,
      request: offer.request(terms),
      outcome: { kind: 'failed', code: 'InternalError.RequestTimeout', message: 'Timed out. Please retry.' },
    } as const;
    const first = act(stage, actor, buys, early ? creation(wish, early) : failed);
    yield random.between(8, 40);
    const delivery = early ?? deliver(stage, wish);
    const second = act(stage, actor, buys, creation(wish, delivery));
    book(stage, { wish, delivery, requestIds: [first, second] });
  });
}

/** A rehearsal: everything but the purchase. */
export function dryRun(stage: Stage): Story {
  return wanting(stage, offerOf('instance'), function* rehearse(actor, { offer, terms }) {
    act(stage, actor, offer.buys(terms.charge), {
      region: terms.region,
      request: { ...offer.request(terms), DryRun: true },
      outcome: stage.random.chance(0.7)
        ? OK
        : { kind: 'failed', code: 'DryRunOperation', message: 'DryRun passed.' },
    });
    yield 0;
  });
}

/** The old console buys a disk for its user: the record has neither parameters nor address nor answer. */
export function delegatedPurchase(stage: Stage): Story {
  return wanting(
    stage,
    offerOf('disk'),
    function* delegated(actor, wish) {
      const delivery = deliver(stage, wish);
      const bought = act(stage, actor, action('cvm:CreateCbsStorages'), {
        ...creation(wish, delivery),
        delegated: true,
      });
      book(stage, { wish, delivery, requestIds: [bought], hidden: 'delegated' });
      yield stage.random.between(30, 200);
      look(stage, actor, action('cvm:DescribeCbsStorages'), delivery.resources);
    },
    ['cvm'],
  );
}

/** An order in the billing console; the resources are made later, by the vendor's own service. */
function orderInConsole(stage: Stage, actor: Actor, wish: Wish, hidden: Hidden): void {
  const { random } = stage;
  const { offer, terms } = wish;
  const bigDealId = dealId(random, localText(stage.now));
  const event = random.chance(0.3) ? 'finance:CreateOrdersAndPay' : 'finance:CreateOrders';
  const ordered = act(stage, actor, action(event), {
    request: {
      goods: [
        {
          goodsCategoryName: KINDS[offer.kind].product,
          region: terms.region,
          goodsNum: terms.count,
          goodsDetail: { timeSpan: terms.months, timeUnit: 'm', spec: terms.size },
        },
      ],
      remark: '控制台下单',
    },
    response: { bigDealId, status: 2 },
  });
  begin(stage, random.between(40, 300), fulfil(stage, { wish, bigDealId, ordered, hidden }));
}

interface OpenOrder {
  wish: Wish;
  bigDealId: string;
  ordered: string;
  hidden: Hidden;
}

function* fulfil(stage: Stage, { wish, bigDealId, ordered, hidden }: OpenOrder): Story {
  const actor = serviceActor(stage, SERVICE_ROLES.orders);
  const made = deliver(stage, wish);
  const created = act(stage, actor, wish.offer.buys(wish.terms.charge), creation(wish, made));
  const delivery = { ...made, deals: [bigDealId, ...made.deals] };
  book(stage, { wish, delivery, requestIds: [ordered, created], hidden });
  yield 0;
}

/** Somebody orders in the billing console. */
export function consoleOrder(stage: Stage): Story {
  return wanting(
    stage,
    stage.random.pick(OFFERS),
    function* ordering(actor, wish) {
      orderInConsole(stage, actor, wish, 'console-order');
      yield 0;
    },
    ['finance'],
  );
}

/** Two people order the same in the same second: which of the two deliveries is whose does not show. */
export function tiedOrders(stage: Stage): Story {
  return wanting(
    stage,
    offerOf('instance'),
    function* tie(_, wish) {
      let person = wish.person;
      while (person === wish.person) person = buyer(stage, ['cvm', 'finance']);
      const rival = yield* atDesk(stage, person);
      const terms = { ...wish.terms, token: stage.random.uuid() };
      const first = yield* atDesk(stage, wish.person);
      orderInConsole(stage, first, wish, 'tie');
      orderInConsole(stage, rival, { ...wish, terms, person }, 'tie');
    },
    ['finance'],
  );
}

/** Somebody buys as a role: the record names the role. */
export function rolePurchase(stage: Stage): Story {
  return wanting(stage, stage.random.pick(OFFERS), function* byRole(desk, wish) {
    const taking = { role: 'admin', sessionName: wish.person.name } as const;
    const told = stage.random.chance(0.5);
    order(
      stage,
      told ? yield* takeRole(stage, desk, taking) : claimedRole(stage, desk, taking),
      wish,
      'role',
    );
  });
}
