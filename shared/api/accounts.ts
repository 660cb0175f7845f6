/** /v1/accounts: what is kept of each account, and for how long. */
import * as v from 'valibot';
import { count } from './coverage.ts';
import { accountId, time, wholeNumber } from './parts.ts';

/** Days that an account keeps events until an admin says otherwise. */
export const DEFAULT_RETENTION = 90;

const retention = v.pipe(wholeNumber(1, 3650), v.description('Days that events are kept.'));

export const account = v.object({
  id: accountId,
  alias: v.nullable(v.string()),
  retention,
  floor: v.pipe(v.nullable(time), v.description('Everything older has been removed.')),
});
export type Account = v.InferOutput<typeof account>;

export const accounts = v.object({ accounts: v.array(account) });

export const accountChange = v.strictObject({
  alias: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100))),
  retention: v.optional(retention),
});

export const removal = v.object({
  removed: count,
  done: v.pipe(v.boolean(), v.description('False: ask again.')),
});
