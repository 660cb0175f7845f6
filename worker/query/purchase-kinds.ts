/** How many purchases of each kind. */
import { PURCHASE_KINDS, type PurchaseKind } from '../../shared/event/event.ts';

export type Kinds = { [K in PurchaseKind]?: number };

/** Counts so many more of a kind, named as a column has it. */
export function addKind(kinds: Kinds, name: string, count: number): void {
  const kind = PURCHASE_KINDS.find((known) => known === name);
  if (kind) kinds[kind] = (kinds[kind] ?? 0) + count;
}

/** Kinds after which there is more to pay. */
const SPENDING: readonly PurchaseKind[] = ['create', 'renew', 'resize', 'charge-type', 'pay'];

/** How many of them spent something. */
export function spentIn(kinds: Kinds): number {
  return SPENDING.reduce((sum, kind) => sum + (kinds[kind] ?? 0), 0);
}
