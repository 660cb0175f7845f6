/** /v1/members: who may use Sidetrail. */
import * as v from 'valibot';
import { givenOperators, grant, name, operatorRefs, slug } from './parts.ts';

/** From the one who sees least to the one who may do most. */
export const MEMBER_ROLES = ['member', 'lead', 'auditor', 'admin'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

const role = v.picklist(MEMBER_ROLES);

export const member = v.object({ id: v.string(), name, role, accounts: grant, operators: operatorRefs });
export type Member = v.InferOutput<typeof member>;

export const members = v.object({ members: v.array(member) });

export const newMember = v.strictObject({
  id: v.optional(slug),
  name,
  role: v.optional(role, 'member'),
  accounts: v.optional(grant, []),
  operators: v.optional(givenOperators, []),
});

export const memberChange = v.partial(
  v.strictObject({ name, role, accounts: grant, operators: givenOperators }),
);
