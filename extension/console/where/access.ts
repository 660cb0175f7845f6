import { type Address, valuesOf } from './address.ts';
import { isNumber, type PageResource } from './resource.ts';

/** Second segment of a page under `/cam` → kind. */
const KINDS: { [module: string]: string } = {
  groups: 'group',
  policy: 'policy',
  role: 'role',
  user: 'user',
};
/** What names of roles and policies are made of. */
const NAME = /^[\w+=,.@-]{1,128}$/;

/**
 * Gives the user, group, role or policy of an access management page. Their details put the id in the path
 * (`/cam/policy/detail/<id>&<Name>&2`) or in the query; a role may stand there by its name alone.
 */
export function accessResources({ segments, route, parameters }: Address): PageResource[] {
  const [, module = '', page] = route;
  const type = Object.hasOwn(KINDS, module) ? KINDS[module] : undefined;
  if (type === undefined || (page !== 'detail' && page !== 'grant')) return [];
  const [idInPath = '', nameInPath = ''] = page === 'detail' ? (segments[3] ?? '').split('&') : [];
  const idKeys = [`${type}id`, 'id', ...(type === 'user' ? ['uin'] : [])];
  const id = [idInPath, ...valuesOf(parameters, ...idKeys)].find((value) => isNumber(value));
  const name = [nameInPath, ...valuesOf(parameters, `${type}name`)].find((value) => NAME.test(value));
  if (id !== undefined) return [{ type, id, ...(name && { name }) }];
  return type === 'role' && name ? [{ type, id: name, name }] : [];
}
