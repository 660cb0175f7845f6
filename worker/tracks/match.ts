/** Which events a tracking set takes, decided for all sets at once. */
import type { Filter } from '../../shared/api/tracks.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { fold } from '../../shared/query/fold.ts';
import { askerOf } from '../../shared/query/matches.ts';
import { literal, textMatch } from '../../shared/query/pattern.ts';
import type { QueryError, ResolvedQuery, ResolvedTerm, TextKey } from '../../shared/query/query.ts';
import { readStoredQuery } from '../../shared/query/stored.ts';

/** What a set takes, as it was written: a query, or filters of which any may hold. */
export type Written = { q: string } | { filters: readonly Filter[] };

export interface Selector {
  /** Whether it takes an event; `asks` asks a query of that event. */
  takes(event: EventSummary, asks: Asks): boolean;
  /** The only products that it takes, folded; absent where it may take any. */
  products?: ReadonlySet<string>;
  /** Queries that together find everything that it takes, and perhaps more. */
  searches: readonly ResolvedQuery[];
}

type Asks = (query: ResolvedQuery) => boolean;

export type ReadSelector = { ok: true; selector: Selector } | { ok: false; error: QueryError };

/** Reads what a set takes, of these accounts. Only a query can be wrong. */
export function readSelector(written: Written, accounts: '*' | readonly string[]): ReadSelector {
  const read =
    'q' in written ? ofQuery(written.q) : ({ ok: true, selector: ofFilters(written.filters) } as const);
  if (!read.ok || accounts === '*') return read;
  const { selector } = read;
  const granted = new Set(accounts);
  return {
    ok: true,
    selector: {
      ...selector,
      takes: (event, asks) => granted.has(event.account) && selector.takes(event, asks),
    },
  };
}

function ofQuery(q: string): ReadSelector {
  const read = readStoredQuery(q, 'a tracking set');
  if (!read.ok) return read;
  const { query } = read;
  const products = query.terms.map(productsOf).find((found) => found !== undefined);
  return {
    ok: true,
    selector: {
      takes: (_event, asks) => asks(query),
      searches: [query],
      ...(products === undefined ? {} : { products }),
    },
  };
}

function productsOf(term: ResolvedTerm): ReadonlySet<string> | undefined {
  if (term.kind !== 'text' || term.key !== 'product' || term.negated) return undefined;
  const exact = term.values.flatMap((value) => (value.kind === 'exact' ? [value.text] : []));
  return exact.length === term.values.length ? new Set(exact) : undefined;
}

interface Rule {
  action: Filter['action'];
  /** Folded names; undefined: all. */
  events: ReadonlySet<string> | undefined;
}

const ALL = '*';

function ofFilters(filters: readonly Filter[]): Selector {
  const byProduct = Map.groupBy(filters, ({ product }) => fold(product));
  const rules = new Map(Array.from(byProduct, ([product, some]) => [product, some.map(ruleOf)]));
  const holds = (some: readonly Rule[] | undefined, event: EventSummary): boolean =>
    some?.some(
      ({ action, events }) =>
        (action === ALL || action === event.action) && (events?.has(fold(event.event)) ?? true),
    ) ?? false;
  return {
    takes: (event) => holds(rules.get(fold(event.product)), event) || holds(rules.get(ALL), event),
    ...(rules.has(ALL) ? {} : { products: new Set(rules.keys()) }),
    searches: filters.length > MAX_SEARCHES ? [EVERYTHING] : filters.map(searchOf),
  };
}

function ruleOf({ action, events }: Filter): Rule {
  return { action, events: events.includes(ALL) ? undefined : new Set(events.map(fold)) };
}

/** More filters than that are not searched for one by one, nor more names than that by name. */
const MAX_SEARCHES = 20;
const MAX_NAMES = 100;

const EVERYTHING: ResolvedQuery = { terms: [] };

function searchOf({ product, action, events }: Filter): ResolvedQuery {
  const terms: ResolvedTerm[] = [];
  if (product !== ALL) terms.push(textTerm('product', [product]));
  if (action !== ALL) terms.push({ kind: 'choice', key: 'action', negated: false, values: [action] });
  if (!events.includes(ALL) && events.length <= MAX_NAMES) terms.push(textTerm('event', events));
  return { terms };
}

function textTerm(key: TextKey, values: readonly string[]): ResolvedTerm {
  return { kind: 'text', key, negated: false, values: values.map((value) => textMatch(literal(value))) };
}

/**
 * Finds who of many takes an event. Only those are asked that may take events of its product, so that what an event
 * costs grows with the sets that it may be for rather than with all of them.
 */
export function finderOf<T extends { selector: Selector }>(all: readonly T[]): (event: EventSummary) => T[] {
  const byProduct = new Map<string, T[]>();
  const others = all.filter(({ selector }) => selector.products === undefined);
  for (const product of new Set(all.flatMap(({ selector }) => [...(selector.products ?? [])]))) {
    byProduct.set(
      product,
      all.filter(({ selector }) => selector.products?.has(product) ?? true),
    );
  }
  return (event) => {
    const asks = askerOf(event);
    return (byProduct.get(fold(event.product)) ?? others).filter(({ selector }) =>
      selector.takes(event, asks),
    );
  };
}
