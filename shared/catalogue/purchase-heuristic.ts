/** What speaks for a purchase where the catalogue does not know the action: its name, and its parameters. */
import type { Json, PurchaseKind } from '../event/event.ts';
import { isList, isObject } from '../event/json.ts';
import type { PurchaseFacts } from './purchase-facts.ts';

const NAME =
  /^(?:Create|Run|Allocate|Purchase|Buy|Renew|Resize|Upgrade|Clone|Generate.*Deal|Pay|Place.*Order|.*ChargeType|.*RenewFlag|ScaleOut|ScaleUp)/;

/** The first that the name fits. */
const KINDS: readonly [RegExp, PurchaseKind][] = [
  [/RenewFlag/, 'renew-flag'],
  [/ChargeType/, 'charge-type'],
  [/^Renew/, 'renew'],
  [/^(?:Resize|Upgrade|Scale)/, 'resize'],
  [/^Pay/, 'pay'],
  [/^/, 'create'],
];

const CHARGE_TYPE = /ChargeType$|^PayMode$/i;
const PREPAID = /ChargePrepaid$/i;
const LENGTH = /^(?:Period|TimeSpan)$/i;
const COUNT = /^(?:GoodsNum|Quantity|Count|(?!.*(?:Node|Replica)).*(?:Instance|Disk|Host|Address)Count)$/i;
const RENEWAL = /^AutoRenew/i;
/** Parameters that only what costs something has. */
const MONEY =
  /^(?:TimeSpan|PayMode|GoodsNum|AutoRenew.*|.*Vouchers?(?:Ids?)?|.*ChargeType|.*ChargePrepaid)$/i;
const DEAL = /^(?:Big)?(?:Deal|Order)(?:Ids?|Names?|No|(?:Id|Name)?List|s)?$/i;
/** How deep parameters are looked through: `Goods[].GoodsDetail.TimeSpan`. */
const DEPTH = 5;
const MAX_KEYS = 500;

/** Where the facts of such a purchase are; undefined where nothing speaks for one. `response` is without wrapping. */
export function guessFacts(event: string, request: Json, response: Json): PurchaseFacts | undefined {
  if (!NAME.test(event)) return undefined;
  const asked = isObject(request) ? Object.keys(request) : [];
  const deals = isObject(response) ? Object.keys(response).filter((key) => DEAL.test(key)) : [];
  const forMoney =
    asked.some((key) => /^Period$/i.test(key)) || keysOf(request).some((key) => MONEY.test(key));
  if (!forMoney && deals.length === 0) return undefined;

  const [count, charge, block, length, renew] = [COUNT, CHARGE_TYPE, PREPAID, LENGTH, RENEWAL].map((form) =>
    asked.find((key) => form.test(key)),
  );
  const at = length ?? (block && `${block}.Period`);
  const period = asked.some((key) => /^TimeUnit$/i.test(key)) ? { unitAt: 'TimeUnit' } : MONTHS;
  return {
    kind: KINDS.find(([form]) => form.test(event))?.[1] ?? 'create',
    ...(count && { count }),
    ...(charge && { charge }),
    ...(at && { period: { at, ...period } }),
    ...(renew && { renew }),
    ...(deals.length > 0 && { deals }),
  };
}

const MONTHS = { unit: 'month' } as const;

/** Names of members at any depth that is looked at. */
function keysOf(parameters: Json): string[] {
  const keys: string[] = [];
  const visit = (value: Json, depth: number): void => {
    if (depth === 0 || keys.length >= MAX_KEYS) return;
    if (isList(value)) for (const item of value.slice(0, MAX_KEYS)) visit(item, depth - 1);
    else if (isObject(value)) {
      keys.push(...Object.keys(value).slice(0, MAX_KEYS));
      for (const child of Object.values(value).slice(0, MAX_KEYS)) visit(child, depth - 1);
    }
  };
  visit(parameters, DEPTH);
  return keys;
}
