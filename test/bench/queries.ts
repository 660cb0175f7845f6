/** The fixed list of questions. The names are stable: figures of different runs are compared by them. */
import { DEMO_ACCOUNT } from '../../shared/event/demo.ts';
import { literal } from '../../shared/query/pattern.ts';
import { printQuery } from '../../shared/query/print.ts';
import type { FieldKey } from '../../shared/query/keys.ts';
import type { FieldTerm } from '../../shared/query/query.ts';
import type { Sample } from './sample.ts';

/** Who asks: the admin, or a member with so many operators. */
export type CallerName = 'all' | 'one' | 'fifty';

export interface Question {
  name: string;
  /**
   * `exact`: whole values only. `prefix`: a text that begins so. `substring`: a text with three characters or
   * more in it. `short`: with fewer, which the index cannot narrow.
   */
  kind: 'exact' | 'prefix' | 'substring' | 'short';
  caller: CallerName;
  terms: FieldTerm[];
}

/** The questions, with values that are there to be found. */
export function questionsFor(sample: Sample): Question[] {
  const operator = is('operator', sample.operator.id);
  const event = is('event', sample.event);
  const product = is('product', sample.product);
  const region = is('region', sample.region);
  const read = is('action', 'read');
  const write = is('action', 'write');
  const failed = is('outcome', 'failed');
  return [
    exact('none', []),
    exact('operator-id', [operator]),
    exact('operator-name', [is('operator', sample.operator.name)]),
    exact('event', [event]),
    exact('product', [product]),
    exact('resource', [is('resource', sample.resource)]),
    exact('resource-rare', [is('resource', sample.rareResource)]),
    exact('region', [region]),
    exact('action-read', [read]),
    exact('action-write', [write]),
    exact('outcome-failed', [failed]),
    exact('outcome-denied', [is('outcome', 'denied')]),
    exact('error', [is('error', sample.error)]),
    exact('ip', [is('ip', sample.ip)]),
    exact('cidr-8', [is('ip', `${sample.ip}/8`)]),
    exact('cidr-9', [is('ip', `${sample.ip}/9`)]),
    exact('cidr-20', [is('ip', `${sample.ip}/20`)]),
    exact('request', [is('request', sample.request)]),
    exact('account', [is('account', DEMO_ACCOUNT)]),
    exact('pair-operator-event', [operator, event]),
    exact('pair-operator-denied', [operator, is('outcome', 'denied')]),
    exact('pair-product-write', [product, write]),
    exact('pair-resource-write', [is('resource', sample.resource), write]),
    exact('pair-ip-operator-empty', [is('ip', sample.otherHome), operator]),
    exact('pair-event-product-empty', [event, is('product', sample.otherProduct)]),
    exact('pair-request-error-empty', [is('request', sample.request), is('error', sample.error)]),
    exact('five-terms', [operator, product, region, read, is('outcome', 'ok')]),
    exact('five-terms-rare', [operator, product, region, write, failed]),
    exact('not', [operator, not('action', 'read')]),
    exact('not-pure', [not('action', 'read'), not('outcome', 'ok')]),
    exact('not-pure-rare', [not('action', 'read'), not('outcome', 'ok', 'failed')]),
    exact('scope-1', [], 'one'),
    exact('scope-1-denied', [is('outcome', 'denied')], 'one'),
    exact('scope-50', [], 'fifty'),
    exact('scope-50-event', [event], 'fifty'),
    exact('scope-50-pair', [product, failed], 'fifty'),
    pattern('prefix-event', 'prefix', 'event', 'Describe*'),
    pattern('prefix-error', 'prefix', 'error', `${literal(sample.error.slice(0, 4))}*`),
    pattern('pattern-operator', 'substring', 'operator', '*wei*'),
    pattern('pattern-resource', 'substring', 'resource', `*${literal(middleOf(sample.rareResource))}*`),
    pattern('pattern-event', 'substring', 'event', '*curity*'),
    pattern('pattern-none', 'substring', 'resource', '*zqxj*'),
    pattern('pattern-short', 'short', 'resource', '*a1*'),
  ];
}

function exact(name: string, terms: FieldTerm[], caller: CallerName = 'all'): Question {
  return { name, kind: 'exact', caller, terms };
}

function pattern(name: string, kind: Question['kind'], key: FieldKey, value: string): Question {
  return { name, kind, caller: 'all', terms: [{ key, negated: false, values: [value] }] };
}

/** The question as the API takes it, for what came before a time (unix seconds) where one is given. */
export function textOf({ terms }: Pick<Question, 'terms'>, to?: number): string {
  const text = printQuery({ terms });
  return to === undefined ? text : `${text} to:${new Date(to * 1000).toISOString()}`.trim();
}

/** Known to be empty before anything is looked up: what every answer costs besides its search. */
export const NOTHING: FieldTerm[] = [is('action', 'read'), is('action', 'write')];

/** A term of whole values. */
export function is(key: FieldKey, ...values: string[]): FieldTerm {
  return { key, negated: false, values: values.map(literal) };
}

function not(key: FieldKey, ...values: string[]): FieldTerm {
  return { ...is(key, ...values), negated: true };
}

/** Four characters from within a resource id, none of them the prefix that tells its kind. */
function middleOf(id: string): string {
  const start = id.indexOf('-') + 2;
  return id.slice(start, start + 4);
}
