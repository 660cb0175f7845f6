import { action } from '../actions.ts';
import type { Story } from '../agenda.ts';
import { idFields } from '../bodies.ts';
import { localText } from '../calendar.ts';
import type { Resource } from '../estate.ts';
import { KINDS, type Kind } from '../kinds.ts';
import { dealId, monthPrice, offerOf } from '../offers.ts';
import { act, type Actor, type Stage, tell } from '../stage.ts';
import type { PurchaseKind } from '../truth.ts';
import { atDesk, somebody } from './desk.ts';

/** What becomes of what was bought: renewed, resized, paid another way, given back. */

interface Step {
  kind: PurchaseKind;
  event: string;
  request: object;
  months?: number;
  /** Positive: paid. Negative: paid back. */
  fen?: number;
  /** Whether the product's answer tells the deal. */
  tellsDeal?: boolean;
}

/** Does the step and writes it in the ledger. */
function take(stage: Stage, actor: Actor, resource: Resource, step: Step): string {
  const deals = step.fen === undefined ? [] : [dealId(stage.random, localText(stage.now))];
  const requestId = act(stage, actor, action(step.event), {
    targets: [resource],
    request: { ...idFields(resource.kind, [resource]), ...step.request },
    response: step.tellsDeal
      ? { DealId: deals[0] ?? '', DealName: deals[0] ?? '' }
      : { RequestId: stage.random.uuid() },
  });
  tell(stage, {
    of: 'purchase',
    kind: step.kind,
    requestIds: [requestId],
    time: stage.now,
    ...(actor.person !== undefined && { person: actor.person }),
    product: KINDS[resource.kind].product,
    region: resource.region,
    resourceIds: [resource.id],
    count: 1,
    chargeType: resource.charge,
    ...(step.months !== undefined && { periodMonths: step.months }),
    dealIds: deals,
    ...(step.fen !== undefined && { priceFen: step.fen }),
  });
  return requestId;
}

/** What the resource costs for a month at its present size, in fen. */
function monthlyFen({ kind, settings }: Resource): number {
  const offer = offerOf(kind);
  return monthPrice(offer, settings[offer.sizeSetting] ?? '');
}

/** Somebody whose policies cover the event's product, at their desk. */
function* keeper(stage: Stage, event: string): Generator<number, Actor, void> {
  const { product } = action(event);
  let person = somebody(stage.random);
  while (person.lacks.includes(product)) person = somebody(stage.random);
  return yield* atDesk(stage, person);
}

const RENEWALS: readonly {
  kind: Kind;
  event: string;
  field: (months: number) => object;
  tellsDeal: boolean;
}[] = [
  {
    kind: 'instance',
    event: 'cvm:RenewInstances',
    field: (Period) => ({ InstanceChargePrepaid: { Period, RenewFlag: 'NOTIFY_AND_MANUAL_RENEW' } }),
    tellsDeal: false,
  },
  {
    kind: 'disk',
    event: 'cbs:RenewDisk',
    field: (Period) => ({ DiskChargePrepaid: { Period } }),
    tellsDeal: false,
  },
  {
    kind: 'mysql',
    event: 'cdb:RenewDBInstance',
    field: (TimeSpan) => ({ TimeSpan, ModifyPayType: '' }),
    tellsDeal: true,
  },
  { kind: 'redis', event: 'redis:RenewInstance', field: (Period) => ({ Period }), tellsDeal: true },
];

/** Somebody pays for more months. */
export function* renewal(stage: Stage): Story {
  const { random, estate } = stage;
  const { kind, event, field, tellsDeal } = random.pick(RENEWALS);
  const actor = yield* keeper(stage, event);
  const resource = estate.find(kind, ({ charge }) => charge === 'PREPAID');
  if (resource === undefined) return;
  const months = random.pick([1, 3, 12]);
  const fen = monthlyFen(resource) * months;
  take(stage, actor, resource, { kind: 'renew', event, request: field(months), months, fen, tellsDeal });
}

const RESIZES = [
  { kind: 'instance', event: 'cvm:ResetInstancesType', tellsDeal: false },
  { kind: 'disk', event: 'cbs:ResizeDisk', tellsDeal: false },
  { kind: 'mysql', event: 'cdb:UpgradeDBInstance', tellsDeal: true },
  { kind: 'redis', event: 'redis:UpgradeInstance', tellsDeal: true },
  { kind: 'address', event: 'vpc:ModifyAddressesBandwidth', tellsDeal: false },
] as const;

/** Somebody makes something larger or smaller: a purchase and a change in one. */
export function* resize(stage: Stage): Story {
  const { random, estate } = stage;
  const { kind, event, tellsDeal } = random.pick(RESIZES);
  const actor = yield* keeper(stage, event);
  const resource = estate.pick(kind);
  const offer = offerOf(kind);
  const { sizes, sizeSetting } = offer;
  const before = resource.settings[sizeSetting] ?? sizes[0] ?? '';
  const after = random.pick(sizes.filter((size) => size !== before));
  const requestId = take(stage, actor, resource, {
    kind: 'resize',
    event,
    request: { [sizeSetting]: /^\d+$/u.test(after) ? Number(after) : after },
    tellsDeal,
    ...(resource.charge === 'PREPAID' && {
      fen: monthPrice(offer, after) - monthPrice(offer, before),
    }),
  });
  resource.settings[sizeSetting] = after;
  tellChange(stage, actor, resource, { requestId, setting: sizeSetting, before, after });
}

const CHARGE_CHANGES = [
  { kind: 'instance', event: 'cvm:ModifyInstancesChargeType', field: 'InstanceCharge' },
  { kind: 'disk', event: 'cbs:ModifyDisksChargeType', field: 'DiskCharge' },
] as const;

/** Somebody goes over from paying by the hour to paying by the month. */
export function* chargeTypeChange(stage: Stage): Story {
  const { random, estate } = stage;
  const { kind, event, field } = random.pick(CHARGE_CHANGES);
  const actor = yield* keeper(stage, event);
  const resource = estate.find(kind, ({ charge }) => charge === 'POSTPAID_BY_HOUR');
  if (resource === undefined) return;
  const months = random.pick([1, 12]);
  resource.charge = 'PREPAID';
  const requestId = take(stage, actor, resource, {
    kind: 'chargeType',
    event,
    request: { [`${field}Type`]: 'PREPAID', [`${field}Prepaid`]: { Period: months } },
    months,
    fen: monthlyFen(resource) * months,
  });
  const [before, after] = ['POSTPAID_BY_HOUR', 'PREPAID'];
  tellChange(stage, actor, resource, { requestId, setting: 'chargeType', before, after });
}

/** Writes in the ledger that a step changed a setting too. */
function tellChange(
  stage: Stage,
  actor: Actor,
  resource: Resource,
  change: { requestId: string; setting: string; before: string; after: string },
): void {
  const { requestId, setting, before, after } = change;
  tell(stage, {
    of: 'change',
    requestIds: [requestId],
    time: stage.now,
    ...(actor.person !== undefined && { person: actor.person }),
    product: KINDS[resource.kind].product,
    region: resource.region,
    resource: resource.id,
    setting,
    before,
    after,
  });
}

const RELEASES: Readonly<Partial<Record<Kind, string>>> = {
  instance: 'cvm:TerminateInstances',
  disk: 'cbs:TerminateDisks',
  mysql: 'cdb:IsolateDBInstance',
  redis: 'redis:DestroyPostpaidInstance',
  address: 'vpc:ReleaseAddresses',
  balancer: 'clb:DeleteLoadBalancer',
};
const RELEASED: readonly Kind[] = [
  'instance',
  'instance',
  'disk',
  'disk',
  'address',
  'balancer',
  'redis',
  'mysql',
];

/** Somebody gives back what is paid by the hour; of `kind`, where one is named. */
export function* release(stage: Stage, kind: Kind = stage.random.pick(RELEASED)): Story {
  const event = RELEASES[kind];
  if (event === undefined || stage.estate.fullness(kind) < 0.35) return;
  const actor = yield* keeper(stage, event);
  const resource = stage.estate.find(kind, ({ charge }) => charge === 'POSTPAID_BY_HOUR');
  if (resource === undefined) return;
  stage.estate.remove(resource);
  take(stage, actor, resource, { kind: 'release', event, request: {} });
}

const REFUNDS = [
  { kind: 'instance', event: 'cvm:TerminateInstances', tellsDeal: false },
  { kind: 'redis', event: 'redis:DestroyPrepaidInstance', tellsDeal: true },
  { kind: 'disk', event: 'billing:RefundInstance', tellsDeal: false },
] as const;

/** Somebody gives back what was paid for months ahead, and gets some of it back. */
export function* refund(stage: Stage): Story {
  const { random, estate } = stage;
  const { kind, event, tellsDeal } = random.pick(REFUNDS);
  const actor = yield* keeper(stage, event);
  const resource = estate.find(kind, ({ charge }) => charge === 'PREPAID');
  if (resource === undefined || estate.fullness(kind) < 0.25) return;
  estate.remove(resource);
  const fen = -Math.floor(monthlyFen(resource) * random.unit());
  take(stage, actor, resource, {
    kind: 'refund',
    event,
    request: { InstanceId: resource.id },
    fen,
    tellsDeal,
  });
}
