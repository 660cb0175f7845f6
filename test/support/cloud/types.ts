/** What a test sets up and reads of the fake cloud. Times are unix milliseconds unless a comment says otherwise. */

/** A credential that the cloud knows. */
export interface CloudKey {
  secretId: string;
  secretKey: string;
  /** Makes it a temporary key: calls must carry this session token. */
  token?: string;
  /** From when a temporary key is refused. */
  expires?: number;
  /** The root uin that it belongs to, and whose records it reads. */
  account: string;
  /** Member accounts whose records it reads too. */
  members?: readonly string[];
  /** Actions like `cloudaudit:DescribeEvents`, `cam:*` or `*` (the default). */
  permissions?: readonly string[];
}

/** How often each fault strikes, from 0 (the default of each) to 1 of the calls. */
export interface FaultRates {
  /** `RequestLimitExceeded`, below the real limit. */
  limit: number;
  /** `InternalError` in an answer with status 200. */
  internal: number;
  /** Status 500, 502 or 503 with a page of HTML. */
  server: number;
  /** An answer that ends in the middle, with the whole one's length or with a length that fits. */
  truncated: number;
  /** A connection that is closed without an answer. */
  dropped: number;
  /** An answer that comes `slowMs` late. */
  slow: number;
}

/** What goes wrong; tests change it while the cloud runs. */
export interface Faults {
  rates: FaultRates;
  /** How late a slow answer is. */
  slowMs: number;
  /** How far the cloud's clock is ahead when it checks signatures, ms. Over 5 minutes refuses everybody. */
  skewMs: number;
  /** Answers these, in order, before any rate applies: each is taken by one call. */
  next: FaultKind[];
}

export type FaultKind = keyof FaultRates;

/** One call that came in, refused or not. */
export interface CloudCall {
  /** The cloud's time when it came. */
  at: number;
  /** `cloudaudit:DescribeEvents`; `cls:structuredlog` for uploads of logs. */
  action: string;
  region: string;
  secretId: string;
  /** The root uin of the key; '' where the key is not known. */
  account: string;
  /** The request's body as text; '' for uploads. */
  body: string;
  /** `ok`, the error's code, or the kind of fault that replaced the answer. */
  outcome: string;
  /** How many records or list items were in the answer. */
  items: number;
}

/** A sub-user as CAM lists it. */
export interface CloudUser {
  uin: number;
  name: string;
  nickName?: string;
}

/** A role as CAM lists it. */
export interface CloudRole {
  id: string;
  name: string;
  type?: 'user' | 'system' | 'service_linked';
}

/** An order as billing lists it; amounts in hundredths. */
export interface CloudDeal {
  orderId: string;
  bigDealId: string;
  /** Unix ms. */
  createdAt: number;
  payer: string;
  creator: string;
  amount: number;
  currency: string;
  productCode: string;
  resourceIds: readonly string[];
  /** 4, shipped, unless said. */
  status?: number;
}

/** What an account has besides records. Tests change the lists while the cloud runs. */
export interface CloudAccount {
  users: CloudUser[];
  roles: CloudRole[];
  deals: CloudDeal[];
}

export interface CloudOptions {
  keys: readonly CloudKey[];
  /** Unix ms; the machine's own clock unless given. */
  clock?: () => number;
  /** The order of pages, by the time when records were indexed. */
  order?: 'newest' | 'oldest';
  /**
   * Whether a page must be asked for with exactly a token that was given (the default), or any will do: the vendor's
   * SDK for Node reads them as doubles and sends back others.
   */
  tokens?: 'exact' | 'any';
  /** Whether events of the second `EndTime` are in the window; the vendor does not say. */
  endIncluded?: boolean;
  /** Whether `Offset` of orders counts pages (as the vendor's text says) or orders (as its name says). */
  dealOffset?: 'pages' | 'deals';
  /** Each answer takes a time between these, ms. */
  latency?: readonly [number, number];
  /** Regions that cloudaudit serves. */
  regions?: readonly string[];
  /** Requests a second for one action of one account; 20 like the vendor. */
  perSecond?: number;
  /** Draws the faults and the latencies. */
  seed?: number;
  faults?: Partial<Omit<Faults, 'rates'>> & { rates?: Partial<FaultRates> };
  /** CLS topics that exist. */
  topics?: readonly CloudTopic[];
}

/** A CLS topic that logs can be uploaded to. */
export interface CloudTopic {
  id: string;
  region: string;
  account: string;
}

/** A log as a topic holds it: time in unix ms, and what its LogGroup says about it. */
export interface CloudLog {
  time: number;
  contents: Record<string, string>;
  source: string;
  filename: string;
  tags: Record<string, string>;
  /** The `x-cls-hashkey` that it came with. */
  hashKey: string;
}

/** A record to index: the object, or its JSON text, which is then delivered as it is. */
export type RecordInput = object | string;

export interface Cloud {
  /** The origin: the endpoint of every service. */
  url: string;
  /** The cloud's time. */
  now(): number;
  setClock(clock: () => number): void;
  /**
   * Indexes a record: calls see it once the cloud's time has reached `indexedAt` (now unless given). The account is
   * the record's own.
   */
  add(record: RecordInput, when?: { indexedAt?: number }): void;
  /** How many records have been added, whether they are to be seen yet or not. */
  added(): number;
  /** Every call that came in, oldest first. */
  calls: CloudCall[];
  faults: Faults;
  /** The account's users, roles and deals. */
  account(uin: string): CloudAccount;
  /** Keys by secret id; tests revoke, change and add. */
  keys: Map<string, CloudKey>;
  /** What a topic received; undefined where there is none. A topic can be removed with `topics.delete`. */
  logs(topicId: string): readonly CloudLog[] | undefined;
  topics: Map<string, CloudTopic>;
  /** Alarm policies and notice groups that were created, as they were asked for, by id. */
  alarms: Map<string, CreatedThing>;
  notices: Map<string, CreatedThing>;
  close(): Promise<void>;
}

/** What an API created, with the parameters of the call. */
export interface CreatedThing {
  account: string;
  region: string;
  parameters: Readonly<Record<string, unknown>>;
}
