/** The ledger: what truly happened. Nothing in here reaches the renderer. */

interface Told {
  /** The records that show it, if any do. */
  requestIds: readonly string[];
  /** Unix seconds. */
  time: number;
  /**
   * Uin of the human who did it; absent where a service acted on its own. For root it is the root account,
   * and for the intruder it is the person whose key was stolen: no record can tell more.
   */
  person?: string;
}

export type PurchaseKind = 'create' | 'renew' | 'resize' | 'chargeType' | 'refund' | 'release';

/** Why the records do not plainly show who bought what. */
export type Hidden = 'delegated' | 'console-order' | 'before-range' | 'role' | 'tie';

export type ChargeType = 'PREPAID' | 'POSTPAID_BY_HOUR';

export interface Purchase extends Told {
  of: 'purchase';
  kind: PurchaseKind;
  product: string;
  region: string;
  resourceIds: readonly string[];
  count: number;
  chargeType: ChargeType;
  periodMonths?: number;
  dealIds: readonly string[];
  /** What was paid, in 1/100 yuan; absent where the resource is paid by the hour. */
  priceFen?: number;
  hidden?: Hidden;
}

export interface Change extends Told {
  of: 'change';
  product: string;
  region: string;
  resource: string;
  setting: string;
  /** '' where it was not set. */
  before: string;
  after: string;
}

export interface Failure extends Told {
  of: 'failure';
  product: string;
  event: string;
  /** `api`: the service said no. `cam`: authorisation said no. */
  layer: 'api' | 'cam';
  /** The permission that was missing, `cvm:RunInstances`, for layer `cam`. */
  permission?: string;
  resource?: string;
}

export interface Sensitive extends Told {
  of: 'sensitive';
  product: string;
  event: string;
}

export interface Access extends Told {
  of: 'access';
  ip: string;
  /** Name of the office, `outside`, or `service` where a service acted on its own. */
  where: string;
}

export type Truth = Purchase | Change | Failure | Sensitive | Access;
