/** What the bodies of /v1 look like: checked where they arrive. */
import * as v from 'valibot';
import { SOURCES } from '../event/event.ts';

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
/** Ids that people choose stand in URLs and on command lines. */
const slug = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, ".", "_" and "-", at most 64'),
);
const accountId = v.pipe(v.string(), v.regex(/^\d{1,20}$/, 'an account id is digits, as text'));
const operators = v.pipe(
  v.array(v.strictObject({ account: accountId, id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) })),
  v.maxLength(1000),
);
const accounts = v.union(
  [v.literal('*'), v.pipe(v.array(accountId), v.maxLength(1000))],
  '"*" or an array of account ids',
);

export const MEMBER_ROLES = ['member', 'lead', 'auditor', 'admin'] as const;
const role = v.picklist(MEMBER_ROLES);

export const newMember = v.strictObject({
  id: v.optional(slug),
  name,
  role: v.optional(role, 'member'),
  accounts: v.optional(accounts, []),
  operators: v.optional(operators, []),
});
export const memberChange = v.partial(v.strictObject({ name, role, accounts, operators }));

const leads = v.pipe(v.array(v.string()), v.maxLength(100));
export const newTeam = v.strictObject({
  id: v.optional(slug),
  name,
  operators: v.optional(operators, []),
  leads: v.optional(leads, []),
});
export const teamChange = v.partial(v.strictObject({ name, operators, leads }));

const expires = v.optional(v.pipe(v.string(), v.isoTimestamp('an RFC 3339 time')));
/** Sources that a program can send as; `demo` is the demo company's own. */
const source = v.picklist(SOURCES.filter((each) => each !== 'demo'));
export const newToken = v.union(
  [
    v.strictObject({ source, account: accountId, expires }),
    v.strictObject({ member: v.optional(v.string()), expires }),
  ],
  'either {"member"?, "expires"?} or {"source", "account", "expires"?}',
);

export const accountChange = v.strictObject({
  alias: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100))),
  retention: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650, 'at most 3650 days')),
  ),
});
