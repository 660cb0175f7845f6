/** What was paid: the deals of an account, from billing. */

import type { Json } from '../../shared/event/event.ts';
import { isList, isObject, text, type JsonObject } from '../../shared/event/json.ts';
import { callApi, type ApiClient } from './call.ts';
import type { Failed } from './failure.ts';

/** One sub-order. Amounts are in hundredths of the currency. */
export interface Deal {
  id: string;
  /** The order that it is part of. */
  order: string;
  /** Ids of what was bought, as far as they are given. */
  resources: string[];
  /** What was paid in money and what vouchers paid, undefined where it is not said. */
  paid?: number;
  vouchers?: number;
  /** Before discounts. */
  listed?: number;
  /** ISO 4217, '' where it is not said. */
  currency: string;
  /** Uins. */
  payer: string;
  creator: string;
  /** `purchase`, `renew`, `upgrade`, `refund` … as the vendor names them. */
  action: string;
  /** `prePay`, `postPay`, `riPay`. */
  mode: string;
  product: string;
  /** `2026-11-22 14:03:00`, Beijing time. */
  created: string;
}

export interface DealsAsked {
  /** Unix seconds; the vendor suggests at most three months. */
  from: number;
  to: number;
  /** Only this sub-order, this order, or what bought this resource. */
  deal?: string;
  order?: string;
  resource?: string;
}

/** With more to a page the vendor leaves out the resources. */
const PAGE = 200;
const MAX_PAGES = 200;

/**
 * All delivered deals that were made in a time. Whether the vendor's `Offset` counts pages, as its text says, or
 * deals, as its name says, shows on the second page: one that mostly repeats the first was counted in deals.
 */
export async function describeDeals(
  client: ApiClient,
  asked: DealsAsked,
  now: number,
): Promise<{ ok: true; deals: Deal[] } | Failed> {
  const deals = new Map<string, Deal>();
  let offset = 0;
  let inDeals = false;
  for (let calls = 0; calls < MAX_PAGES; calls += 1) {
    const payload = payloadOf(asked, offset);
    const answer = await callApi(
      client,
      { service: 'billing', version: '2018-07-09', action: 'DescribeDealsByCond', payload },
      now,
    );
    if (!answer.ok) return answer;
    const page = dealsIn(answer.response['Deals']);
    if (!page) {
      const { requestId } = answer;
      const message = 'the answer holds no list of deals';
      return { ok: false, failure: { kind: 'unreadable', code: 'NoDeals', message, requestId } };
    }
    const known = page.filter(({ id }) => deals.has(id)).length;
    for (const deal of page) deals.set(deal.id, deal);
    if (page.length === known || deals.size >= Number(text(answer.response['TotalCount']))) break;
    inDeals ||= known * 2 > page.length;
    offset = inDeals ? deals.size : offset + 1;
  }
  return { ok: true, deals: [...deals.values()] };
}

function payloadOf({ from, to, deal, order, resource }: DealsAsked, offset: number): string {
  return JSON.stringify({
    StartTime: inBeijing(from),
    EndTime: inBeijing(to),
    Limit: PAGE,
    Offset: offset,
    ...(deal !== undefined && { OrderId: deal }),
    ...(order !== undefined && { BigDealId: order }),
    ...(resource !== undefined && { ResourceId: resource }),
  });
}

function dealsIn(list: Json | undefined): Deal[] | undefined {
  const items = list === null ? [] : list;
  if (!isList(items)) return undefined;
  return items
    .filter(isObject)
    .map(dealOf)
    .filter(({ id }) => id !== '');
}

function dealOf(deal: JsonObject): Deal {
  const resources = deal['ResourceId'];
  const paid = amount(deal['RealTotalCost']);
  const vouchers = amount(deal['VoucherDecline']);
  const listed = amount(deal['TotalCost']);
  return {
    id: text(deal['OrderId']),
    order: text(deal['BigDealId']),
    resources: (isList(resources) ? resources : [resources]).map(text).filter((id) => id !== ''),
    ...(paid !== undefined && { paid }),
    ...(vouchers !== undefined && { vouchers }),
    ...(listed !== undefined && { listed }),
    currency: text(deal['Currency']),
    payer: text(deal['Payer']),
    creator: text(deal['Creator']),
    action: text(deal['Action']),
    mode: text(deal['PayMode']),
    product: text(deal['ProductCode']),
    created: text(deal['CreateTime']),
  };
}

function amount(value: Json | undefined): number | undefined {
  const said = text(value);
  return said === '' || !Number.isFinite(Number(said)) ? undefined : Number(said);
}

function inBeijing(seconds: number): string {
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
