/** What a call did with money: bought, prolonged, resized, changed the way of paying, gave back. */
import { line } from '../event/clean.ts';
import type { Action, Json, Outcome, Purchase } from '../event/event.ts';
import { isObject, text } from '../event/json.ts';
import { type Facts, type PeriodUnit, type PurchaseFacts } from './purchase-facts.ts';
import { guessFacts } from './purchase-heuristic.ts';
import { PURCHASES } from './purchase-table.ts';
import { RELEASES } from './releases.ts';
import { valuesAt } from './values-at.ts';

/** A call as an event and its record tell it. */
export interface Call {
  product: string;
  event: string;
  action: Action | '';
  outcome: Outcome;
  /** Parsed parameters; text or null where they do not parse or are not there. */
  request: Json;
  response: Json;
}

/** Products that were called something else, or whose calls are filed under another one's name too. */
const ALSO: { readonly [product: string]: readonly string[] } = {
  cvm: ['cbs', 'vpc'],
  ccs: ['tke'],
  eip: ['vpc'],
  trabbit: ['tdmq'],
};

/** What the catalogue says of an action; undefined where it does not know it. */
export function factsOf(product: string, event: string): PurchaseFacts | undefined {
  for (const name of [product, ...(own(ALSO, product) ?? [])]) {
    const facts = fact(own(PURCHASES, name), event) ?? fact(own(RELEASES, name), event);
    if (facts) return facts;
  }
  return undefined;
}

function fact(facts: Facts | undefined, event: string): PurchaseFacts | undefined {
  return facts && own(facts, event);
}

function own<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Gives what a call did with money; undefined for one that did not succeed, was a rehearsal or is about something
 * else. What the catalogue does not know is judged by name and parameters, and `guessed`.
 */
export function purchaseOf({
  product,
  event,
  action,
  outcome,
  request,
  response,
}: Call): Purchase | undefined {
  if (outcome !== 'ok' || isRehearsal(request)) return undefined;
  const answer = unwrapped(response);
  const known = factsOf(product, event);
  const facts = known ?? (action === 'write' ? guessFacts(event, request, answer) : undefined);
  if (facts === undefined || isAboutElse(facts, request)) return undefined;

  const kind = kindOf(facts, request);
  const count = countOf(facts, kind, request);
  const chargeType = chargeTypeOf(facts, request);
  const period = isHourly(chargeType) ? undefined : periodOf(facts, request);
  const deals = dealsOf(facts, request, answer);
  return {
    kind,
    ...(count !== undefined && { count }),
    ...(chargeType && { chargeType }),
    ...(period && { period }),
    ...(deals.length > 0 && { deals }),
    ...(known === undefined && { guessed: true }),
  };
}

const NO = /^(?:|0|false|no|off|n|f)$/i;

function isRehearsal(request: Json): boolean {
  return valuesAt(request, 'DryRun').some((value) => !NO.test(text(value).trim()));
}

/** Some answers come as the API sends them, in one more object. */
function unwrapped(response: Json): Json {
  return isObject(response) && isObject(response['Response']) ? response['Response'] : response;
}

/** An action that does several things did something that is not about money. */
function isAboutElse({ only, ids = [] }: PurchaseFacts, request: Json): boolean {
  if (only === undefined || !isObject(request)) return false;
  const says = Object.keys(request).some((key) => !ids.includes(key));
  return says && only.every((path) => valuesAt(request, path).length === 0);
}

function kindOf({ kind, kinds }: PurchaseFacts, request: Json): Purchase['kind'] {
  const value = kinds && single(request, kinds.at);
  return (value !== undefined && kinds && own(kinds.values, value)) || kind;
}

const MAX_COUNT = 1_000_000;

/** A request that is not there or cannot be read does not say how many. */
function countOf({ count }: PurchaseFacts, kind: Purchase['kind'], request: Json): number | undefined {
  const values = count === undefined ? [] : valuesAt(request, count);
  const numbers = values.map((value) => wholeNumber(text(value)) ?? 1);
  const total = Math.min(
    numbers.reduce((sum, number) => sum + number, 0),
    MAX_COUNT,
  );
  if (total > 0) return total;
  return kind === 'create' && isObject(request) ? 1 : undefined;
}

function wholeNumber(digits: string): number | undefined {
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined;
}

/** Most characters of a way of paying or a deal. */
const MAX_TEXT = 100;

/** A number whose meaning is not known is no way of paying. */
function chargeTypeOf({ charge, mode, paid }: PurchaseFacts, request: Json): string | undefined {
  if (paid) return paid;
  const number = mode && single(request, mode.at);
  if (mode && number && /^[01]$/.test(number)) return mode.words[number === '0' ? 0 : 1];
  const word = charge === undefined ? undefined : single(request, charge);
  return word === undefined || /^\d*$/.test(word) ? undefined : line(word, MAX_TEXT);
}

const HOURLY = /post_?pa(?:id|y)|hour|used_paid/i;

function isHourly(chargeType: string | undefined): boolean {
  return chargeType !== undefined && HOURLY.test(chargeType);
}

const UNITS: { readonly [letter: string]: PeriodUnit } = { h: 'hour', d: 'day', m: 'month', y: 'year' };

function periodOf({ period }: PurchaseFacts, request: Json): Purchase['period'] | undefined {
  if (period === undefined) return undefined;
  // `1m` is a month in one word.
  const [, digits = '', letter] = /^(\d{1,5})\s*([hdmy])?$/i.exec(single(request, period.at) ?? '') ?? [];
  const length = Number(digits);
  if (length === 0) return undefined;
  const said = letter ?? ('unitAt' in period ? (single(request, period.unitAt) ?? 'm') : undefined);
  const unit =
    'unit' in period && letter === undefined
      ? period.unit
      : own(UNITS, (said ?? '').slice(0, 1).toLowerCase());
  return unit && { length, unit };
}

/** The text that stands at a path; undefined where there is none, or different ones. */
function single(request: Json, path: string): string | undefined {
  const [value, ...others] = new Set(valuesAt(request, path).map((found) => text(found).trim()));
  return others.length === 0 ? value : undefined;
}

const MAX_DEALS = 20;

function dealsOf({ deals = [] }: PurchaseFacts, request: Json, response: Json): string[] {
  const found = [response, request].flatMap((json) =>
    deals.flatMap((path) => valuesAt(json, path).map((value) => line(text(value), MAX_TEXT))),
  );
  return [...new Set(found)].filter((deal) => deal !== '' && deal !== '0').slice(0, MAX_DEALS);
}
