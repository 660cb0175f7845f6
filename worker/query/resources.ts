/** Which resources were touched, and by whom. */
import type { TouchedResource, Toucher } from '../../shared/api/resource-list.ts';
import type { FieldName } from '../../shared/columns/columns.ts';
import { groupBy, type Dimension, type Group, type Part } from '../../shared/columns/group.ts';
import { testOf } from '../../shared/columns/select.ts';
import type { Person, Resource } from '../../shared/event/event.ts';
import { kindOf } from '../../shared/event/prefixes.ts';
import { BY_ACCOUNT, identityOf as identityOfOperator } from './by-operator.ts';
import { countsOf, merged, spanOf } from './counts.ts';
import { narrowed } from './narrow.ts';
import { identityOf, isTelling, type ResourceRef } from './resource-ref.ts';

/** A resource with its counts; what else is told of it, `describe` finds for a page of them. */
export interface Touched extends Group {
  identity: string;
  id: string;
}

/** The fields that days need for both. */
export const RESOURCE_FIELDS: readonly FieldName[] = [
  'call',
  'result',
  'region',
  'resources',
  'operator',
  'person',
];

/** Those of most events that a resource names. */
const MAX_TOUCHERS = 10;

/** What tells resources with the same id apart. */
const WHERE: readonly Dimension[] = [
  BY_ACCOUNT,
  { column: 'call', keys: ({ product }) => [product] },
  { column: 'region', keys: (region) => [region] },
];

/** Every resource that the rows touched, once, in no order. */
export function touchedBy(parts: readonly Part[]): Touched[] {
  // Every day has its own texts, most of them those of other days too.
  const known = new Map<string, boolean>();
  const tells = (id: string): boolean => {
    const told = known.get(id) ?? isTelling(id);
    known.set(id, told);
    return told;
  };
  return [...tellingIn(parts, tells), ...othersIn(parts, tells)];
}

/** Those whose id tells, which are most: counting by one thing is several times faster than by all. */
function tellingIn(parts: readonly Part[], tells: (id: string) => boolean): Touched[] {
  const ids: Dimension = {
    column: 'resources',
    keys: (resources) => resources.map(({ id }) => id).filter(tells),
  };
  const byAccount = Map.groupBy(parts, ({ day }) => day.account);
  return [...byAccount].flatMap(([account, own]) =>
    groupBy(own, [ids]).map((group) => {
      const [id = ''] = group.keys;
      return { ...group, id, identity: identityOf({ account, id, product: '', region: '' }) };
    }),
  );
}

function othersIn(parts: readonly Part[], tells: (id: string) => boolean): Touched[] {
  const groups = groupBy(parts, [things(({ id }) => !tells(id)), ...WHERE]);
  const resources = merged(groups.map((group) => [identityOf(refOf(group)), group]));
  return [...resources].map(([identity, group]) => ({ ...group, id: refOf(group).id, identity }));
}

/** The resources in full, in their order: what they are called, where they are, and who touched them. */
export function described(parts: readonly Part[], resources: readonly Touched[]): TouchedResource[] {
  const ids = new Set(resources.map(({ id }) => id));
  const rows = narrowed(parts, (day) => [
    testOf(day, 'resources', (each) => each.some(({ id }) => ids.has(id))),
  ]);
  const groups = groupBy(rows, [
    things(({ id }) => ids.has(id)),
    ...WHERE,
    { column: 'operator', keys: ({ id, name }) => [JSON.stringify({ id, name })] },
    { column: 'person', keys: (person) => [JSON.stringify(person)] },
  ]);
  const byIdentity = Map.groupBy(groups, (group) => identityOf(refOf(group)));
  return resources.map((resource) => describe(resource, byIdentity.get(resource.identity) ?? []));
}

function things(wanted: (resource: Resource) => boolean): Dimension {
  return {
    column: 'resources',
    keys: (resources) => resources.filter(wanted).map((resource) => JSON.stringify(resource)),
  };
}

function describe(touched: Touched, groups: readonly Group[]): TouchedResource {
  const newestFirst = groups.toSorted((one, other) => other.last - one.last).map(refOf);
  const said = <K extends keyof Ref>(name: K): Ref[K] | undefined =>
    newestFirst.find((ref) => ref[name])?.[name];
  const [type, name] = [said('type') ?? kindOf(touched.id), said('name')];
  const touchers = merged(groups.map((group) => [whoOf(group), group]));
  return {
    id: touched.id,
    ...(type === undefined ? {} : { type }),
    ...(name === undefined ? {} : { name }),
    product: productOf(groups),
    region: said('region') ?? '',
    account: said('account') ?? '',
    ...countsOf(touched),
    ...spanOf(touched),
    operators: touchers.size,
    by: [...touchers.values()]
      .toSorted((one, other) => other.count - one.count || other.last - one.last)
      .slice(0, MAX_TOUCHERS)
      .map(shownToucher),
  };
}

/** The product that most of its events are of: a disk is named by those of machines too. */
function productOf(groups: readonly Group[]): string {
  const products = merged(groups.map((group) => [refOf(group).product, group]));
  const [most] = [...products].toSorted(([, one], [, other]) => other.count - one.count);
  return most?.[0] ?? '';
}

interface Ref extends ResourceRef {
  name?: string;
}

/** The resource that a group is of. */
function refOf({ keys }: Group): Ref {
  const [thing = '{}', account = '', product = '', place = ''] = keys;
  const resource: { id: string; type?: string; name?: string; region?: string } = JSON.parse(thing);
  return { ...resource, account, product, region: resource.region || place };
}

interface Who {
  operator: { id: string; name: string };
  person: Person | null;
}

function whoIn({ keys: [, , , , operator = '{}', person = 'null'] }: Group): Who {
  return { operator: JSON.parse(operator), person: JSON.parse(person) };
}

/** A text that is the same for the same operator with the same person behind them. */
function whoOf(group: Group): string {
  const { operator, person } = whoIn(group);
  return JSON.stringify([identityOfOperator(operator), person?.status, person?.id ?? person?.name]);
}

function shownToucher(group: Group): Toucher {
  const { operator, person } = whoIn(group);
  const { count, reads, writes } = group;
  return { ...operator, ...(person === null ? {} : { person }), count, reads, writes, ...spanOf(group) };
}
