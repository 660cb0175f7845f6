import { whereAmI } from '../console/where/where.ts';
import type { Visit } from '../protocol/dock.ts';
import type { PageBeside } from '../protocol/panel.ts';

/** What a panel is told of the console page beside it; null where that is no page of the console. */
export function pageBeside({ url, uin, ownerUin }: Visit): PageBeside | null {
  const where = whereAmI(url);
  if (!where) return null;
  const { products, region, resources, page } = where;
  return {
    products,
    ...(region !== undefined && { region }),
    resources,
    isDetail: page === 'detail',
    ...((uin !== undefined || ownerUin !== undefined) && {
      console: { ...(uin !== undefined && { uin }), ...(ownerUin !== undefined && { ownerUin }) },
    }),
  };
}
