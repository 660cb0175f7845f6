/** /v1/tokens: a member's, or an ingest token: write only, one source, one account. */
import * as v from 'valibot';
import { SOURCES } from '../event/event.ts';
import { DEMO_SOURCE } from '../event/demo.ts';
import { accountId, source, time } from './parts.ts';

const issued = { id: v.string(), created: time, expires: v.exactOptional(time) };
const ofMember = { ...issued, member: v.string() };
const ofSender = { ...issued, source, account: accountId };

export const token = v.union([v.object(ofMember), v.object(ofSender)]);
export type Token = v.InferOutput<typeof token>;

export const tokens = v.object({ tokens: v.array(token) });

const secret = v.pipe(v.string(), v.description('The token itself: shown here and never again.'));

export const issuedToken = v.union([
  v.object({ ...ofMember, token: secret }),
  v.object({ ...ofSender, token: secret }),
]);

const expires = v.optional(time);

export const newToken = v.union(
  [
    v.strictObject({
      // The demo company's source is its own.
      source: v.picklist(SOURCES.filter((each) => each !== DEMO_SOURCE)),
      account: accountId,
      expires,
    }),
    v.strictObject({
      member: v.optional(v.pipe(v.string(), v.description('The caller where absent.'))),
      expires,
    }),
  ],
  'either {"member"?, "expires"?} or {"source", "account", "expires"?}',
);
