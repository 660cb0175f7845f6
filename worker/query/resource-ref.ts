/** Which things of events are one resource. */
import { kindOf } from '../../shared/event/prefixes.ts';

/** A resource as one event names it. */
export interface ResourceRef {
  account: string;
  /** Of the event, which need not be that of the resource. */
  product: string;
  type?: string | undefined;
  /** Its own, else that of the event; '' where neither says. */
  region: string;
  id: string;
}

/** Prefixes that different products give to different things. */
const SHARED_PREFIX = /^asp-/;

/** Products that have acted for others under names of their own. */
const FAMILY = new Map([
  ['cbs', 'cvm'],
  ['ccs', 'tke'],
]);

/** Products whose things are the same in every region; their events come from whichever one. */
const GLOBAL = new Set([
  'account',
  'billing',
  'cam',
  'cdn',
  'dnspod',
  'finance',
  'organization',
  'sts',
  'tag',
]);

/** Whether an id says by itself which resource of an account it is, whichever product's event names it. */
export function isTelling(id: string): boolean {
  return kindOf(id) !== undefined && !SHARED_PREFIX.test(id);
}

/**
 * A text that is the same for the same resource. An id that does not tell, such as a number or a name that somebody
 * chose, is one only within its product, kind and region.
 */
export function identityOf({ account, product, type = '', region, id }: ResourceRef): string {
  if (isTelling(id)) return JSON.stringify([account, id]);
  const family = FAMILY.get(product) ?? product;
  return JSON.stringify([account, id, family, type, GLOBAL.has(product) ? '' : region]);
}
