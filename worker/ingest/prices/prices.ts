/** Looking up what the purchases of the last days cost, a few at each tick. */
import * as v from 'valibot';
import { parseJson } from '../../../shared/event/json.ts';
import type { ResolvedQuery } from '../../../shared/query/query.ts';
import { noteFeature, openFeature, type Feature } from '../../store/features.ts';
import { dropLease, takeLease } from '../../store/leases.ts';
import type { Store } from '../../store/meter.ts';
import { findPricings, savePricing, type Pricing } from '../../store/prices.ts';
import { readStoredPage } from '../../store/read.ts';
import type { SourceProblem } from '../../store/sources.ts';
import type { ApiClient } from '../../tencent/call.ts';
import type { Failed } from '../../tencent/failure.ts';
import { describeDeals, type Deal } from '../../tencent/prices.ts';
import type { CredentialEnv } from '../../tencent/credentials.ts';
import { problemOf, retryAfter } from '../again.ts';
import { clientOf, followedIn, type Followed, type Reaching } from '../followed.ts';
import { dealsOf, lookupsOf, MAX_CALLS, priceOf, wantedOf, type Price, type Wanted } from './priced.ts';

const DAY = 86_400;

/** Purchases of so many days are looked up: a deal that is not there by then does not come. */
const DAYS = 7;

/** Purchases that a tick looks at, and calls that it makes, for each account. */
const PURCHASES = 200;
const CALLS = 20;

/** A round goes over all purchases of these days; the next begins so many seconds after it ended. */
const BETWEEN = 600;

const LEASE_MS = 10 * 60_000;

/** After a failure. Whoever forbids it is asked again a few times a day. */
const AGAIN = { first: 60, most: 3600 };
const FORBIDDEN = 6 * 3600;

/** After so many attempts that found nothing there is no price: the last is about two days after the first. */
const TRIES = 10;
const NOT_YET = { first: 300, most: 12 * 3600 };

/** Looks up prices in each account whose key may. What it may not, its problem says. */
export async function lookUpPrices(
  { store, ...reaching }: Reaching & { store: Store },
  env: CredentialEnv,
): Promise<void> {
  for (const one of await followedIn(store, env)) {
    const feature = await openFeature(store, { ...one, name: 'prices' });
    const now = reaching.clock();
    if (feature.nextTry * 1000 > now) continue;
    const [name, holder] = [`prices ${one.source}`, crypto.randomUUID()];
    if (!(await takeLease(store, name, { holder, now, forMs: LEASE_MS }))) continue;
    try {
      await goOn(store, one, { feature, reaching });
    } finally {
      await dropLease(store, name, holder);
    }
  }
}

const stateSchema = v.object({ before: v.exactOptional(v.number()) });

/** Goes on with a round: what it found, and where the next tick goes on, are kept. */
async function goOn(
  store: Store,
  one: Followed,
  { feature, reaching }: { feature: Feature; reaching: Reaching },
): Promise<void> {
  const parsed = parseJson(feature.state);
  const { before } = v.parse(stateSchema, parsed.ok ? parsed.value : {});
  const looked = await lookAt(store, one, { before, reaching });
  const now = Math.floor(reaching.clock() / 1000);
  if (looked.problem !== undefined) {
    const { problem } = looked;
    const wait = problem.kind === 'permission' ? FORBIDDEN : retryAfter(feature.failures, AGAIN);
    await noteFeature(store, feature, { now, nextTry: now + wait, problem });
    return;
  }
  const isOver = looked.before === undefined;
  await noteFeature(store, feature, {
    now,
    nextTry: isOver ? now + BETWEEN : now,
    state: JSON.stringify(isOver ? {} : { before: looked.before }),
  });
}

/** Looks at a page of purchases; gives the row id below which to go on, or none where that was all of them. */
async function lookAt(
  store: Store,
  { account, key }: Followed,
  { before, reaching: { clock, fetch } }: { before: number | undefined; reaching: Reaching },
): Promise<{ before?: number; problem?: SourceProblem }> {
  const now = Math.floor(clock() / 1000);
  const page = await readStoredPage(store, {
    query: { ...BOUGHT, from: now - DAYS * DAY },
    scope: { accounts: [account], operators: '*' },
    limit: PURCHASES,
    ...(before !== undefined && { before }),
  });
  const pricings = await findPricings(
    store,
    page.events.map(({ rowId }) => rowId),
  );
  const budget = { calls: CALLS, client: clientOf(key, fetch), clock };
  for (const { rowId, summary } of page.events) {
    const pricing = pricings.get(rowId);
    const wanted = isDue(pricing, now) ? wantedOf(summary) : undefined;
    if (wanted === undefined) continue;
    if (budget.calls < MAX_CALLS) return { before: rowId + 1 };
    const found = await lookUp(wanted, budget);
    if (!found.ok) return { problem: problemOf(found.failure, 'finance:DescribeDealsByCond', clock()) };
    await savePricing(store, account, rowId, pricingOf(found.price, { pricing, now }));
  }
  return page.next === undefined ? {} : { before: page.next };
}

const BOUGHT: ResolvedQuery = {
  terms: [{ kind: 'choice', key: 'is', negated: false, values: ['purchase'] }],
};

function isDue(pricing: Pricing | undefined, now: number): boolean {
  return pricing === undefined || (pricing.kind === 'pending' && pricing.nextTry <= now);
}

function pricingOf(
  price: Price | undefined,
  { pricing, now }: { pricing: Pricing | undefined; now: number },
): Pricing {
  if (price !== undefined) return { kind: 'exact', price };
  const tries = pricing?.kind === 'pending' ? pricing.tries + 1 : 1;
  if (tries >= TRIES) return { kind: 'none' };
  return { kind: 'pending', tries, nextTry: now + retryAfter(tries, NOT_YET) };
}

/** Calls that may still be made. */
interface Budget {
  calls: number;
  client: ApiClient;
  clock: () => number;
}

/** The price of a purchase as far as billing knows it. What it knows of a part of it only is no price. */
async function lookUp(wanted: Wanted, budget: Budget): Promise<{ ok: true; price?: Price } | Failed> {
  const deals = new Map<string, Deal>();
  const covered = new Set<string>();
  const end = budget.calls - MAX_CALLS;
  for (const { name, lookups } of lookupsOf(wanted)) {
    if (covered.has(name)) continue;
    let found: readonly Deal[] = [];
    for (const lookup of lookups) {
      if (budget.calls === end) return { ok: true };
      budget.calls -= 1;
      const answer = await describeDeals(budget.client, lookup, budget.clock());
      if (!answer.ok) return answer;
      found = dealsOf(wanted, answer.deals);
      if (found.length > 0) break;
    }
    if (found.length === 0) return { ok: true };
    for (const deal of found) {
      deals.set(deal.id, deal);
      for (const known of [name, deal.id, ...deal.resources]) covered.add(known);
    }
  }
  const price = priceOf([...deals.values()]);
  return { ok: true, ...(price && { price }) };
}
