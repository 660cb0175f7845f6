import type { Address } from './address.ts';

/**
 * What a page shows: one resource (named in the URL), the resources of a kind, a product or the console as a
 * whole, or anything else: forms, settings, searches, and details of what the URL does not name.
 */
export type Page = 'detail' | 'list' | 'overview' | 'other';

const DETAIL = /(?:^|-)details?$/;
const LIST = new Set(['index', 'list']);
const NO_LIST = new Set('auth create explorer grant recharge search security setting usertype'.split(' '));

/** Whether the path says that the page is about one resource. */
export function saysDetail({ route }: Address): boolean {
  return route.some((segment) => DETAIL.test(segment));
}

/** Gives what a page shows, by its path and by what was found in its URL. */
export function pageOf(address: Address, found: { isOfProduct: boolean; hasSubject: boolean }): Page {
  const { route } = address;
  const last = route.at(-1);
  if (last === undefined) return 'overview';
  if (found.hasSubject && !LIST.has(last)) return 'detail';
  if (!found.isOfProduct || saysDetail(address) || route.some((segment) => NO_LIST.has(segment)))
    return 'other';
  return route.length === 1 || last === 'overview' ? 'overview' : 'list';
}
