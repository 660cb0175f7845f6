/** What a role may do. */
import type { MemberRole } from '../../shared/api/members.ts';
import { mayRead, type Accounts, type OperatorRef, type Scope } from '../store/scope.ts';

export interface MemberAccess {
  role: MemberRole;
  accounts: Accounts;
  operators: readonly OperatorRef[];
}

/**
 * The scope of a member: `member` their own operators, `lead` also those of the teams they lead, `auditor`
 * and `admin` every operator; always within the accounts they were granted.
 */
export function scopeOf(member: MemberAccess, led: readonly { operators: readonly OperatorRef[] }[]): Scope {
  const { accounts, role } = member;
  if (role === 'auditor' || role === 'admin') return { accounts, operators: '*' };
  const teams = role === 'lead' ? led.flatMap(({ operators }) => operators) : [];
  return {
    accounts,
    operators: [...member.operators, ...teams].filter(({ account }) => mayRead(accounts, account)),
  };
}
