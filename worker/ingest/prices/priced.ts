/** Which purchases have a price, how billing is asked for it, and which of its deals are that price. Pure. */
import { boughtOf } from '../../../shared/catalogue/bought.ts';
import { line } from '../../../shared/event/clean.ts';
import type { EventSummary, PurchaseKind } from '../../../shared/event/event.ts';
import type { Deal, DealsAsked } from '../../tencent/prices.ts';

/** What is known of a purchase that billing can find it by. */
export interface Wanted {
  kind: PurchaseKind;
  /** Unix ms. */
  time: number;
  /** Numbers of orders or sub-orders. */
  deals: readonly string[];
  /** Ids of what was bought, where no number is known. */
  resources: readonly string[];
}

export interface Price {
  /** Decimal, in units of the currency. */
  amount: string;
  /** ISO 4217. */
  currency: string;
  /** Uin; absent where billing does not say. */
  payer?: string;
}

/** Calls that one purchase may cost: of one that needs more there is no price. */
export const MAX_CALLS = 10;

/** What is paid by the hour has no deal that says what it costs. */
const LATER = /POSTPAID|POST_PAY|HOUR|TRAFFIC|BANDWIDTH_PACKAGE/i;

/** What to look a purchase up by; undefined where billing would know no price of it. */
export function wantedOf(event: EventSummary): Wanted | undefined {
  const { purchase } = event;
  if (purchase === undefined) return undefined;
  const { kind, chargeType = '' } = purchase;
  const { deals = [] } = purchase;
  const wanted = { kind, time: Date.parse(event.time) };
  if (deals.length > 0) return { ...wanted, deals, resources: [] };
  if (ACTIONS[kind].length === 0 || LATER.test(chargeType)) return undefined;
  const resources = boughtOf(event).map(({ id }) => id);
  return resources.length === 0 ? undefined : { ...wanted, deals: [], resources };
}

/** What billing calls it. */
const ACTIONS: Readonly<Record<PurchaseKind, readonly string[]>> = {
  create: ['purchase'],
  renew: ['renew'],
  resize: ['upgrade', 'downgrade', 'modifyNetworkSize'],
  'charge-type': ['modifyNetworkMode', 'preToPost', 'postToPre'],
  'renew-flag': [],
  pay: [],
  refund: ['refund'],
  release: ['refund'],
};

/** Milliseconds between a call and its deal where only the resource joins them. */
const NEAR_MS = 3_600_000;

/** How to ask for each name that is known of a purchase: one way after the other, until one finds something. */
export function lookupsOf({ time, deals, resources }: Wanted): { name: string; lookups: DealsAsked[] }[] {
  const second = Math.floor(time / 1000);
  // An order may have been paid long after it was made.
  const ever = { from: second - 30 * DAY, to: second + DAY };
  const near = { from: second - NEAR_MS / 1000, to: second + NEAR_MS / 1000 };
  return [
    // Products name the sub-order or the order, and do not say which.
    ...deals.map((name) => ({
      name,
      lookups: [
        { ...ever, deal: name },
        { ...ever, order: name },
      ],
    })),
    ...resources.map((name) => ({ name, lookups: [{ ...near, resource: name }] })),
  ];
}

const DAY = 86_400;

/** Which of the deals that were found are of the purchase: by a resource only those that did the same, then. */
export function dealsOf({ kind, time, deals: named }: Wanted, deals: readonly Deal[]): readonly Deal[] {
  if (named.length > 0) return deals;
  const near = deals.filter(
    ({ action, created }) =>
      ACTIONS[kind].includes(action) && Math.abs(Date.parse(inBeijing(created)) - time) <= NEAR_MS,
  );
  // Twice within the hour: which of them it was cannot be told.
  return new Set(near.map(({ order }) => order)).size > 1 ? [] : near;
}

function inBeijing(time: string): string {
  return `${time.replace(' ', 'T')}+08:00`;
}

/** What deals cost together; undefined where one does not say, or they do not add up to one sum. */
export function priceOf(deals: readonly Deal[]): Price | undefined {
  const [first] = deals;
  if (first === undefined) return undefined;
  let sum = 0;
  for (const { paid, currency } of deals) {
    if (paid === undefined || currency !== first.currency) return undefined;
    sum += paid;
  }
  const payer = deals.every((deal) => deal.payer === first.payer) ? line(first.payer) : '';
  const currency = line(first.currency);
  if (currency === '' || !Number.isFinite(sum)) return undefined;
  return { amount: decimalOf(sum), currency, ...(payer !== '' && { payer }) };
}

/** Hundredths as units. */
function decimalOf(hundredths: number): string {
  return Number.isInteger(hundredths) ? (hundredths / 100).toFixed(2) : String(hundredths / 100);
}
