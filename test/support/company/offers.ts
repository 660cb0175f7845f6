import { action, type Action } from './actions.ts';
import type { Kind } from './kinds.ts';
import type { Random } from './rng.ts';
import type { ChargeType } from './truth.ts';

/** What can be bought, and how the request and the answer of each purchase look. */

/** What a buyer asks for. */
export interface Terms {
  region: string;
  count: number;
  charge: ChargeType;
  /** For `PREPAID`. */
  months: number;
  size: string;
  token: string;
}

export interface Offer {
  kind: Kind;
  /** Sizes, smallest first. */
  sizes: readonly string[];
  /** The setting that holds the size. */
  sizeSetting: string;
  /** False where it can be had by the hour only. */
  monthly: boolean;
  /** Price of the smallest size for a month, in fen; each next size costs twice as much. */
  monthFen: number;
  buys: (charge: ChargeType) => Action;
  request: (terms: Terms) => object;
  /** The answer; not every product tells the deal. */
  response: (ids: readonly string[], deals: readonly string[]) => object;
}

/** `InstanceChargePrepaid` and its like: present for what is paid by the month. */
function prepaid(key: string, { charge, months }: Terms): object {
  return charge === 'PREPAID' ? { [key]: { Period: months, RenewFlag: 'NOTIFY_AND_MANUAL_RENEW' } } : {};
}

const MEMORY = ['4000', '8000', '16000', '32000'];

export const OFFERS: readonly Offer[] = [
  {
    kind: 'instance',
    sizes: ['S5.MEDIUM4', 'S5.LARGE8', 'S5.2XLARGE16', 'S5.4XLARGE32'],
    sizeSetting: 'InstanceType',
    monthly: true,
    monthFen: 16_800,
    buys: () => action('cvm:RunInstances'),
    request: (terms) => ({
      InstanceChargeType: terms.charge,
      ...prepaid('InstanceChargePrepaid', terms),
      Placement: { Zone: `${terms.region}-3`, ProjectId: 0 },
      InstanceType: terms.size,
      ImageId: 'img-487zeit5',
      SystemDisk: { DiskType: 'CLOUD_BSSD', DiskSize: 50 },
      InternetAccessible: { InternetMaxBandwidthOut: 5, PublicIpAssigned: false },
      InstanceCount: terms.count,
      LoginSettings: { Password: `Demo!${terms.token.slice(0, 8)}` },
      UserData: 'IyEvYmluL3NoCmVjaG8gcmVhZHkK',
      ClientToken: terms.token,
    }),
    response: (ids) => ({ InstanceIdSet: ids }),
  },
  {
    kind: 'disk',
    sizes: ['50', '100', '200', '400'],
    sizeSetting: 'DiskSize',
    monthly: true,
    monthFen: 3_500,
    buys: () => action('cbs:CreateDisks'),
    request: (terms) => ({
      DiskChargeType: terms.charge,
      ...prepaid('DiskChargePrepaid', terms),
      DiskType: 'CLOUD_HSSD',
      DiskSize: Number(terms.size),
      DiskCount: terms.count,
      Placement: { Zone: `${terms.region}-3` },
      ClientToken: terms.token,
    }),
    response: (ids) => ({ DiskIdSet: ids }),
  },
  {
    kind: 'balancer',
    sizes: ['clb.c1.small', 'clb.c2.medium'],
    sizeSetting: 'SlaType',
    monthly: false,
    monthFen: 0,
    buys: () => action('clb:CreateLoadBalancer'),
    request: (terms) => ({
      LoadBalancerType: 'OPEN',
      LBChargeType: terms.charge,
      Number: terms.count,
      SlaType: terms.size,
      ClientToken: terms.token,
    }),
    response: (ids, deals) => ({ LoadBalancerIds: ids, DealName: deals[0] ?? '' }),
  },
  {
    kind: 'mysql',
    sizes: MEMORY,
    sizeSetting: 'Memory',
    monthly: true,
    monthFen: 29_600,
    buys: (charge) => action(charge === 'PREPAID' ? 'cdb:CreateDBInstance' : 'cdb:CreateDBInstanceHour'),
    request: (terms) => ({
      GoodsNum: terms.count,
      Memory: Number(terms.size),
      Volume: 200,
      EngineVersion: '8.0',
      Zone: `${terms.region}-3`,
      ...(terms.charge === 'PREPAID' && { Period: terms.months }),
      AutoRenewFlag: 0,
      ClientToken: terms.token,
    }),
    response: (ids, deals) => ({ DealIds: deals, InstanceIds: ids }),
  },
  {
    kind: 'redis',
    sizes: MEMORY,
    sizeSetting: 'MemSize',
    monthly: true,
    monthFen: 21_000,
    buys: () => action('redis:CreateInstances'),
    request: (terms) => ({
      TypeId: 15,
      MemSize: Number(terms.size),
      GoodsNum: terms.count,
      BillingMode: terms.charge === 'PREPAID' ? 1 : 0,
      Period: terms.charge === 'PREPAID' ? terms.months : 1,
      AutoRenew: 0,
      NoAuth: true,
    }),
    response: (ids, deals) => ({ DealId: deals[0] ?? '', DealName: deals[0] ?? '', InstanceIds: ids }),
  },
  {
    kind: 'address',
    sizes: ['10', '50', '100'],
    sizeSetting: 'InternetMaxBandwidthOut',
    monthly: false,
    monthFen: 0,
    buys: () => action('vpc:AllocateAddresses'),
    request: (terms) => ({
      AddressCount: terms.count,
      InternetChargeType: 'TRAFFIC_POSTPAID_BY_HOUR',
      InternetMaxBandwidthOut: Number(terms.size),
      ClientToken: terms.token,
    }),
    response: (ids) => ({ AddressSet: ids, TaskId: '30271' }),
  },
];

/** The offer of a kind of resource. Throws where it is not for sale. */
export function offerOf(kind: Kind): Offer {
  const found = OFFERS.find((offer) => offer.kind === kind);
  if (found === undefined) throw new Error(`${kind} is not for sale`);
  return found;
}

/** What somebody may want of an offer. */
export function someTerms(random: Random, { sizes, monthly }: Offer, region: string): Terms {
  return {
    region,
    count: random.chance(0.7) ? 1 : random.between(2, 4),
    charge: monthly && random.chance(0.55) ? 'PREPAID' : 'POSTPAID_BY_HOUR',
    months: random.pick([1, 1, 3, 6, 12]),
    size: sizes[random.rank(sizes.length)] ?? '',
    token: random.uuid(),
  };
}

/** What `terms` cost in fen; undefined where it is paid by the hour. */
export function priceOf(offer: Offer, { charge, months, count, size }: Terms): number | undefined {
  return charge === 'PREPAID' ? monthPrice(offer, size) * months * count : undefined;
}

/** What one of the offer's kind costs for a month, in fen. */
export function monthPrice({ sizes, monthFen }: Offer, size: string): number {
  return monthFen * 2 ** Math.max(0, sizes.indexOf(size));
}

/** A billing deal's id: the local time, then digits. */
export function dealId(random: Random, localTime: string): string {
  return localTime.replaceAll(/\D/gu, '') + String(random.between(100_000, 999_999));
}
