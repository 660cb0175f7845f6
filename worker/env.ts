/** What the Worker is given: bindings of wrangler.toml, secrets, and what `npm start` sets locally. */
export interface Env {
  DB: D1Database;
  /** Records too large for a row. */
  RECORDS: R2Bucket;
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
}
