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

/** What of an event decides who may see it. */
export interface Whose {
  account: string;
  /** The operator's id. */
  operator: string;
  /** The person's id, where it is exact. */
  person: string | null;
}

export function whoseIs(event: EventSummary): Whose {
  const person = event.person?.status === 'exact' ? event.person.id : undefined;
  return { account: event.account, operator: event.operator.id, person: person ?? null };
}

/** Whether something is in a scope: by its operator, or by the person behind it where that is exact. */
export function inScope({ accounts, operators }: Scope, { account, operator, person }: Whose): boolean {
  if (!mayRead(accounts, account)) return false;
  if (operators === '*') return true;
  return operators.some((own) => own.account === account && (own.id === operator || own.id === person));
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
