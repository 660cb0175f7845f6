/** How many purchases there were: by person, month and product. */
import type { PurchaseTotals } from '../../shared/api/purchases.ts';
import { groupBy, type Dimension, type Part } from '../../shared/columns/group.ts';
import { timeIn } from '../../shared/query/buckets.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { zoneOf, type Zone } from '../../shared/query/zone.ts';
import type { Store } from '../store/meter.ts';
import type { Scope } from '../store/scope.ts';
import { addKind, spentIn, type Kinds } from './purchase-kinds.ts';
import { BY_WHOM, personsOf } from './purchase-persons.ts';
import { purchasesIn } from './purchases.ts';
import { scan } from './scan.ts';

const BY_KIND: Dimension = { column: 'purchase', keys: (purchase) => (purchase ? [purchase.kind] : []) };
const BY_PRODUCT: Dimension = { column: 'call', keys: ({ product }) => [product] };
const BY_TYPE: Dimension = { column: 'operator', keys: ({ type }) => [type] };
const BY_PROOF: Dimension = { column: 'person', keys: (person) => [person?.status ?? ''] };

/** Everything that the query finds, counted; `tz` is an IANA zone. One round trip. */
export async function purchaseTotals(
  store: Store,
  { query, scope, tz }: { query: ResolvedQuery; scope: Scope; tz: string },
): Promise<PurchaseTotals> {
  const { parts, partial } = await scan(store, {
    query: purchasesIn(query),
    scope,
    fields: ['call', 'result', 'operator', 'person', 'purchase'],
  });
  const byMonth: Dimension = { bucket: monthsIn(zoneOf(tz)) };
  return {
    tz,
    person: personsOf(groupBy(parts, [...BY_WHOM, BY_KIND])),
    month: countsBy(parts, byMonth)
      .map(([month, counts]) => ({ month, ...counts }))
      .toSorted((one, other) => (one.month < other.month ? 1 : -1)),
    product: countsBy(parts, BY_PRODUCT)
      .map(([product, counts]) => ({ product, ...counts }))
      .toSorted((one, other) => spentBy(other) - spentBy(one)),
    ...(partial && { partial: { through: partial.through, reason: partial.reason } }),
  };
}

const DAY = 86_400;

/** Gives the month of a second, `YYYY-MM`. Most days (UTC) lie in one, which need not be found out for each quarter. */
function monthsIn(zone: Zone): (second: number) => string {
  const known = new Map<number, string | undefined>();
  const monthAt = (second: number): string => timeIn(zone, second).slice(0, 'YYYY-MM'.length);
  return (second) => {
    const day = Math.floor(second / DAY);
    if (!known.has(day)) {
      const [first, last] = [monthAt(day * DAY), monthAt((day + 1) * DAY - 1)];
      known.set(day, first === last ? first : undefined);
    }
    return known.get(day) ?? monthAt(second);
  };
}

interface Counts {
  kinds: Kinds;
  /** What services did for nobody that their records name, an order's delivery among it. */
  services?: Kinds;
}

/** By which products are ordered: what was ordered is spent when it is delivered. */
function spentBy({ kinds, services = {} }: Counts): number {
  return spentIn(kinds) + spentIn(services);
}

function countsBy(parts: readonly Part[], dimension: Dimension): [string, Counts][] {
  const counts = new Map<string, Counts>();
  for (const { keys, count } of groupBy(parts, [dimension, BY_TYPE, BY_PROOF, BY_KIND])) {
    const [value = '', type = '', proof = '', kind = ''] = keys;
    const known: Counts = counts.get(value) ?? { kinds: {} };
    counts.set(value, known);
    const byService = type === 'service' && proof !== 'exact';
    addKind(byService ? (known.services ??= {}) : known.kinds, kind, count);
  }
  return [...counts];
}
