import type { Wake } from './wake.ts';

/** What the Worker is given: bindings of wrangler.toml, secrets, and what `npm start` sets locally. */
export interface Env {
  DB: D1Database;
  /** Records too large for a row. */
  RECORDS: R2Bucket;
  /** Where tracking sets deliver to unless they name another destination. */
  TRACKS: R2Bucket;
  /** Says that there is work now rather than at the next tick. */
  WAKE: Queue<Wake>;
  /** The same for what is to be delivered. */
  DELIVER: Queue<Wake>;
  /** The same for back-fills. */
  BACKFILL: Queue<Wake>;
  /** Root secret: 32 random bytes, base64url. Everything else is derived from it. */
  SIDETRAIL_SECRET?: string;
  /** The former root secret while it is being rotated: still verifies, never signs. */
  SIDETRAIL_SECRET_PREVIOUS?: string;
  /** Token of the member `admin`; at least 32 characters. */
  SIDETRAIL_ADMIN_TOKEN?: string;
  /** '1' under `npm start` and in tests: demo data is allowed. Never set when deployed. */
  SIDETRAIL_LOCAL?: string;
  /** Upper bound of a decoded request body in bytes; 10 MiB where not set. */
  SIDETRAIL_MAX_BODY?: string;
  /** Origin that people reach the Worker at, for links in messages. */
  SIDETRAIL_PUBLIC_URL?: string;
  /** `host:port,…` in private networks that may be called. For tests: refused when deployed. */
  SIDETRAIL_ALLOW_PRIVATE?: string;
  /** Bytes that the database may have; 10 GB where not set. */
  SIDETRAIL_MAX_DATABASE?: string;
  /** The first account to follow: its API key, temporary token, region, and where its API answers instead. */
  TENCENT_SECRET_ID?: string;
  TENCENT_SECRET_KEY?: string;
  TENCENT_TOKEN?: string;
  TENCENT_REGION?: string;
  TENCENT_ENDPOINT?: string;
  /** COS buckets of the first account that tracking sets of CloudAudit deliver to: `bucket-appid/region/prefix,…`. */
  TENCENT_BUCKETS?: string;
  /** More accounts, as JSON: `[{ secretId, secretKey, token?, region?, endpoint?, buckets? }]`. */
  TENCENT_ACCOUNTS?: string;
}
