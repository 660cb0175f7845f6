import { company, ledger } from '../company/company.ts';
import { ROLES, SERVICE_ROLES } from '../company/people.ts';
import { CLOUD_ACCOUNT, recordsOf } from './records.ts';
import type { Cloud } from './types.ts';

const SEED = 20_260_101;
const DAY = 86_400;
/** A little less than the vendor keeps. */
const HISTORY_DAYS = 89;
const HISTORY_RECORDS = 20_000;
/** So many that some happen in every minute, at night too. */
const RECORDS_A_DAY = 15_000;
const LIVE_DAYS = 30;
/** Records of so many seconds are made at once. */
const STEP = 5;

/**
 * Lets the demo company live in a cloud: what it did in the last 89 days is there, and what it does from now on, for
 * 30 days at most, is indexed as it happens. Gives a way to end that.
 */
export function letLive(cloud: Cloud): () => void {
  const now = Math.floor(cloud.now() / 1000);
  const from = now - HISTORY_DAYS * DAY;
  for (const { text, indexedAt } of recordsOf(SEED, HISTORY_RECORDS, from, now))
    cloud.add(text, { indexedAt });
  addAccount(cloud, now);

  const to = now + LIVE_DAYS * DAY;
  const coming = recordsOf(SEED, RECORDS_A_DAY * LIVE_DAYS, now, to, { beyond: 0 });
  let next = coming.next();
  const goOn = (): void => {
    const until = cloud.now() / 1000 + 2 * STEP;
    for (; !next.done && next.value.eventTime <= until; next = coming.next()) {
      const { text, requestId, indexedAt } = next.value;
      // The same seed, so that it goes on with the same resources, draws some of the same ids.
      cloud.add(text.replaceAll(requestId, `${requestId.slice(0, -4)}ffff`), { indexedAt });
    }
  };
  goOn();
  const timer = setInterval(goOn, STEP * 1000);
  return () => clearInterval(timer);
}

/** The company's people, roles and orders. */
function addAccount(cloud: Cloud, now: number): void {
  const { users, roles, deals } = cloud.account(CLOUD_ACCOUNT);
  users.push(...company.people.map(({ uin, name }) => ({ uin: Number(uin), name })));
  roles.push(...Object.values(ROLES));
  roles.push(...Object.values(SERVICE_ROLES).map((role) => ({ ...role, type: 'service_linked' as const })));
  const options = { seed: SEED, records: HISTORY_RECORDS, end: now, days: HISTORY_DAYS };
  for (const truth of ledger(options)) {
    if (truth.of !== 'purchase' || truth.priceFen === undefined) continue;
    const { time, person = CLOUD_ACCOUNT, product, priceFen, resourceIds } = truth;
    for (const orderId of truth.dealIds) {
      deals.push({
        orderId,
        bigDealId: orderId,
        createdAt: time * 1000,
        payer: CLOUD_ACCOUNT,
        creator: person,
        amount: Math.round(priceFen / truth.dealIds.length),
        currency: 'CNY',
        productCode: `p_${product}`,
        resourceIds,
      });
    }
  }
}
