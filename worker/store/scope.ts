/** Which events a read may see. Every read of events takes one. */
import type { EventSummary } from '../../shared/event/event.ts';

/** An operator of an account, by `principalId`. */
export interface OperatorRef {
  account: string;
  id: string;
}

/** Events of these accounts, by these operators. */
export interface Scope {
  accounts: Accounts;
  operators: '*' | readonly OperatorRef[];
}

export type Accounts = '*' | readonly string[];

/** Whether an event is in a scope: by its operator, or by the person behind it where that is exact. */
export function inScope({ accounts, operators }: Scope, event: EventSummary): boolean {
  if (!mayRead(accounts, event.account)) return false;
  if (operators === '*') return true;
  const person = event.person?.status === 'exact' ? event.person.id : undefined;
  return operators.some(
    ({ account, id }) => account === event.account && (id === event.operator.id || id === person),
  );
}

/** Whether an account is among those granted. */
export function mayRead(accounts: Accounts, account: string): boolean {
  return accounts === '*' || accounts.includes(account);
}

/** The scope as one text, the same for the same scope in any order. */
export function scopeText({ accounts, operators }: Scope): string {
  return JSON.stringify([
    accounts === '*' ? '*' : [...accounts].toSorted(),
    operators === '*' ? '*' : [...new Set(operators.map(({ account, id }) => `${account}/${id}`))].toSorted(),
  ]);
}
