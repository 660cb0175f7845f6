/**
 * An event: one CloudAudit operation record, normalised. Every form that CloudAudit sends a record in
 * parses to this one shape; the record itself (redacted) is kept beside it.
 */

/** Where an event came in, most trusted first: the order decides whose content stands. */
export const SOURCES = ['api', 'files', 'eventbridge', 'push', 'demo'] as const;
export type Source = (typeof SOURCES)[number];

export const OPERATOR_TYPES = ['root', 'user', 'role', 'federated', 'service'] as const;
export type OperatorType = (typeof OPERATOR_TYPES)[number];

export const ACTIONS = ['read', 'write'] as const;
export type Action = (typeof ACTIONS)[number];

export const OUTCOMES = ['ok', 'failed', 'denied'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const VIAS = ['console', 'api', 'miniprogram', 'service'] as const;
export type Via = (typeof VIAS)[number];

export const NETWORKS = ['inside', 'outside', 'service', 'unknown'] as const;
export type Network = (typeof NETWORKS)[number];

export const MARKS = ['purchase', 'change', 'sensitive', 'login', 'root', 'conflict'] as const;
export type Mark = (typeof MARKS)[number];

export interface Operator {
  type: OperatorType;
  /** The record's `principalId`: what identifies the acting account. Decimal digits, never a number. */
  id: string;
  name: string;
  /** Access key id (`AKID…`), where the record has one. */
  key?: string;
  /** Whether the session passed multi-factor authentication, where the record says so. */
  mfa?: boolean;
}

/** The human behind a role session. `claimed` was chosen by the caller, so it never grants access. */
export interface Person {
  id?: string;
  name?: string;
  status: 'exact' | 'claimed';
}

export interface Resource {
  /** Kind as the record names it, lower case: `instance`, `volume`, `disk`. */
  type?: string;
  id: string;
  name?: string;
  region?: string;
}

export interface EventError {
  /** `api`: the service said no. `cam`: authentication or authorisation said no. */
  layer: 'api' | 'cam';
  code: string;
  message: string;
}

export interface Arrival {
  source: Source;
  /** RFC 3339 UTC. */
  received: string;
}

export interface Title {
  zh?: string;
  en?: string;
  /** True when the title was derived from the event name rather than given. */
  made?: boolean;
}

/** What can become of money: bought, prolonged, changed in size or in the way it is paid, given back. */
export const PURCHASE_KINDS = [
  'create',
  'renew',
  'resize',
  'charge-type',
  'renew-flag',
  'pay',
  'refund',
  'release',
] as const;
export type PurchaseKind = (typeof PURCHASE_KINDS)[number];

/** What a purchase says about itself. What it cost is in no record. */
export interface Purchase {
  kind: PurchaseKind;
  /** How many were bought: what the request says, else 1; absent where nothing is counted. */
  count?: number;
  /** As the product writes it: `PREPAID`, `POSTPAID_BY_HOUR`, `BANDWIDTH_PACKAGE`. */
  chargeType?: string;
  /** What was paid for ahead. */
  period?: { length: number; unit: 'hour' | 'day' | 'month' | 'year' };
  /** Numbers of the billing system. */
  deals?: string[];
  /** True where the catalogue does not know the action, and its name and parameters speak for a purchase. */
  guessed?: true;
}

/** Fields that one source may have and another lack. Who acted as whom is never among them. */
export const FILLABLE = [
  'requestId',
  'eventId',
  'product',
  'title',
  'action',
  'via',
  'region',
  'resources',
  'ip',
  'place',
  'agent',
  'tags',
] as const;
export type Fillable = (typeof FILLABLE)[number];

/** What lists and changes give: an event without `request`, `response` and record. */
export interface EventSummary {
  /** 26 characters of base32 over the identity of the record (see identity.ts). */
  id: string;
  /** Number of the last change of this event in the store; 0 before it is stored. */
  seq: number;
  /** Root account (uin) that the event belongs to. */
  account: string;
  /** RFC 3339 UTC; milliseconds where the record has them. Ordered by whole seconds only. */
  time: string;
  requestId: string;
  /** CloudAudit's own id where the form carries one; searchable, never a key. */
  eventId?: string;
  operator: Operator;
  person?: Person;
  /** `resourceType` of the record, lower case: `cvm`, `cam`; '' where unreadable. */
  product: string;
  /** API or console action: `RunInstances`. */
  event: string;
  title?: Title;
  /** '' where the record does not say. */
  action: Action | '';
  via: Via | '';
  region: string;
  resources: Resource[];
  /** Effective address of the caller, or '' where none is valid. */
  ip: string;
  network: Network;
  /** Geography of the address as CloudAudit wrote it. */
  place?: string;
  agent: string;
  outcome: Outcome;
  error?: EventError;
  is: Mark[];
  /** Why it is sensitive: ids of rules, and `record` where CloudAudit itself says so. */
  sensitive?: string[];
  /** What it did with money, where it is a purchase. */
  purchase?: Purchase;
  /** The version of the rules and networks that `is`, `sensitive` and `network` come from; absent before any. */
  classified?: number;
  sources: Arrival[];
  /** Fields that the most trusted source lacked, and the source that they are from. */
  filled?: { [F in Fillable]?: Source };
  /** `key=value`. */
  tags: string[];
}

/** JSON as it is parsed here: integers past 2^53 are kept as their source text (see json.ts). */
export type Json = string | number | boolean | null | object | Json[] | { [key: string]: Json };

/** An event with everything: parsed parameters where they parse, text where they do not. */
export interface AuditEvent extends EventSummary {
  request: Json;
  response: Json;
  /** The record as CloudAudit gave it, redacted. */
  record: Json;
}

/** What a parser gives for one record it understood. */
export interface ParsedEvent {
  /** `seq` is 0 and `sources` holds the one arrival. */
  summary: EventSummary;
  /** The record, redacted, as JSON text. */
  record: string;
}

/** What a parser gives for one record it could not take. `record` is redacted and bounded. */
export interface Refusal {
  reason: string;
  record: string;
}

export type Parsed = { ok: true; event: ParsedEvent } | { ok: false; refusal: Refusal };
