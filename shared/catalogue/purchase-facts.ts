/** What the catalogue of purchases says of an action, and how it says it. */
import type { Purchase, PurchaseKind } from '../event/event.ts';

export type PeriodUnit = NonNullable<Purchase['period']>['unit'];

/** Places in a request or a response: keys joined with dots, in any case; lists on the way are gone through. */
export type Path = string;

export interface PurchaseFacts {
  kind: PurchaseKind;
  /** Another kind where the request's value at `at` says so. */
  kinds?: { at: Path; values: { readonly [value: string]: PurchaseKind } };
  /** Ids of what was there already, in the request. */
  ids?: readonly Path[];
  /** How many, in the request: numbers are added up, anything else is counted. */
  count?: Path;
  /** The new size, in the request. */
  size?: readonly Path[];
  /** The way of paying in the request, a word. */
  charge?: Path;
  /** The same as a number: the words that its values from 0 on stand for. */
  mode?: { at: Path; words: readonly [string, string] };
  /** The way of paying where the action itself says it. */
  paid?: 'PREPAID' | 'POSTPAID_BY_HOUR';
  /** How long was paid for; in `unit`, or in the unit that the request says at `unitAt`. */
  period?: { at: Path; unit: PeriodUnit } | { at: Path; unitAt: Path };
  /** Whether it is to renew itself, in the request. */
  renew?: Path;
  /** Ids of what is new, in the response; of domains in the request. */
  made?: readonly Path[];
  /** The kind of what is bought, where no key of an id names it; '' for any. */
  thing?: string;
  /** Numbers of the billing system, in the response or the request. */
  deals?: readonly Path[];
  /** The action does other things too: it is about money only where the request has one of these. */
  only?: readonly Path[];
}

/** By the action's name. */
export interface Facts {
  readonly [event: string]: PurchaseFacts;
}

/** A length in months. */
export function months(at: Path): Pick<PurchaseFacts, 'period'> {
  return { period: { at, unit: 'month' } };
}

/** A length in years. */
export function years(at: Path): Pick<PurchaseFacts, 'period'> {
  return { period: { at, unit: 'year' } };
}

/** A length beside its unit. */
export function span(at: Path, unitAt: Path): Pick<PurchaseFacts, 'period'> {
  return { period: { at, unitAt } };
}

/** A block `…ChargePrepaid` with months and what comes after them. */
export function prepaid(at: Path): Pick<PurchaseFacts, 'period' | 'renew'> {
  return { ...months(`${at}.Period`), renew: `${at}.RenewFlag` };
}

/** `…ChargeType` beside `…ChargePrepaid`. */
export function charged(prefix: string): Pick<PurchaseFacts, 'charge' | 'period' | 'renew'> {
  return { charge: `${prefix}ChargeType`, ...prepaid(`${prefix}ChargePrepaid`) };
}

/** A way of paying as a number: 0 by the hour, 1 ahead. */
export function mode(at: Path): Pick<PurchaseFacts, 'mode'> {
  return { mode: { at, words: ['POSTPAID_BY_HOUR', 'PREPAID'] } };
}

/** Numbers of the billing system. */
export function deals(...at: readonly Path[]): Pick<PurchaseFacts, 'deals'> {
  return { deals: at };
}
