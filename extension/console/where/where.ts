import { readAddress } from './address.ts';
import { type Page, pageOf, saysDetail } from './page.ts';
import { productsOf } from './products.ts';
import { regionOf } from './region.ts';
import type { PageResource } from './resource.ts';
import { findResources } from './resources.ts';

/** Where in the console a reader is, as far as the URL tells. */
export interface Where {
  /** Products in the words of records, the likeliest first; none on pages of no product. */
  products: string[];
  /** `ap-guangzhou`. */
  region?: string;
  /** At most 20. On a detail page the first is what the page is about. */
  resources: PageResource[];
  page: Page;
}

const MAX_RESOURCES = 20;

/**
 * Tells from a URL where in the console a reader is; undefined where the URL is no page of the console over
 * https. Reads the first 8 kB. Never throws; no id is given that the URL does not hold.
 */
export function whereAmI(url: string): Where | undefined {
  const address = readAddress(url);
  if (!address) return undefined;
  const products = productsOf(address);
  const region = regionOf(address);
  const { subjects, mentioned } = findResources(address, saysDetail(address));
  return {
    products,
    ...(region !== undefined && { region }),
    resources: distinct([...subjects, ...mentioned]),
    page: pageOf(address, { isOfProduct: products.length > 0, hasSubject: subjects.length > 0 }),
  };
}

function distinct(resources: readonly PageResource[]): PageResource[] {
  const byId = new Map<string, PageResource>();
  for (const resource of resources) if (!byId.has(resource.id)) byId.set(resource.id, resource);
  return [...byId.values()].slice(0, MAX_RESOURCES);
}
