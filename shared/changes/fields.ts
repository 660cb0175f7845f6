/** Fields of requests that set nothing on the resource. */

const CALL = new Set(
  `Action ClientIp ClientToken DryRun Filters Language Limit MaxResults NextToken Nonce Offset Order OrderField
  PageNumber PageSize Region RequestClient RequestId RequestOperator RequestSource SecretId Signature
  SignatureMethod Timestamp Token`.split(/\s+/),
);
/** How the call is to be carried out. */
const MANNER = new Set(
  `DeploymentMode ForceDelete ForceReboot ForceStop SkipCheck StopType StoppedMode TaskStartTime
  WaitSwitch`.split(/\s+/),
);
/** How many are made, and for how long they are paid: of the order, not of each. */
const ORDER = new Set(
  `AddressCount AutoVoucher Count DiskCount GoodsNum HostCount InstanceCount InstanceNum Number Period PeriodUnit
  TimeSpan TimeUnit VoucherIds`.split(/\s+/),
);
const ORDERS = /^(?:Allocate|Buy|Clone|Create|Purchase|Renew|Run)/;
const COUNTS = /^(?:AddressCount|Count|DiskCount|GoodsNum|HostCount|InstanceCount|InstanceNum|Number)$/;
const NOTES = /^(?:Remark|Comment|Reason)$/;
const DESCRIBES = /Update|Attribute|Remark|Description|Info|^Create/;

/** Whether a field at the top of a request is about the call rather than what it sets. */
export function isOfCall(field: string, event: string): boolean {
  // A call that sets one thing may carry a note that explains it; one that describes the resource sets the note.
  return CALL.has(field) || MANNER.has(field) || (NOTES.test(field) && !DESCRIBES.test(event));
}

/** Whether a value is about an order: how many were bought, or for how long. */
export function isOfOrder({ path, field }: { path: string; field: string }, event: string): boolean {
  return ORDER.has(field) && (ORDERS.test(event) || /Prepaid\./.test(path));
}

/** Whether a request makes several things of one form, which then get names of their own. */
export function makesSeveral(request: { readonly [field: string]: unknown }): boolean {
  return Object.entries(request).some(([field, value]) => COUNTS.test(field) && Number(value) > 1);
}

/** Fields that say which part of the resource a write is about, rather than what it sets. */
const PARTS = new Set(
  `AccountName Accounts AliasName Host ListenerId LocationId Namespace NodePoolId Qualifier UserName`.split(
    /\s+/,
  ),
);

/** Whether a field says which part of a resource a call is about. */
export function isPart(field: string): boolean {
  return PARTS.has(field);
}
