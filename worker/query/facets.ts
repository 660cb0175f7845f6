/** The values that occur most among events. */
import type { FacetName } from '../../shared/api/facets.ts';
import type { FieldName } from '../../shared/columns/columns.ts';
import { groupBy, type Dimension, type Group, type Part } from '../../shared/columns/group.ts';
import { merged } from './counts.ts';

/** A value, and the name that goes with it where it has one. */
type Labelled = readonly [value: string | undefined, label?: string | undefined];

/** What each facet is made of. */
const DIMENSIONS: { readonly [F in FacetName]: Dimension } = {
  operator: { column: 'operator', keys: ({ id, name }) => keysOf([[id, name]]) },
  person: {
    column: 'person',
    keys: (person) => (person?.status === 'exact' ? keysOf([[person.id, person.name]]) : []),
  },
  claim: {
    column: 'person',
    keys: (person) => (person?.status === 'claimed' ? keysOf([[person.name]]) : []),
  },
  event: { column: 'call', keys: ({ event }) => keysOf([[event]]) },
  product: { column: 'call', keys: ({ product }) => keysOf([[product]]) },
  region: { column: 'region', keys: (region) => keysOf([[region]]) },
  action: { column: 'call', keys: ({ action }) => keysOf([[action]]) },
  outcome: { column: 'result', keys: ({ outcome }) => keysOf([[outcome]]) },
  error: { column: 'result', keys: ({ code }) => keysOf([[code]]) },
  via: { column: 'call', keys: ({ via }) => keysOf([[via]]) },
  ip: { column: 'address', keys: ({ ip }) => keysOf([[ip]]) },
  network: { column: 'address', keys: ({ network }) => keysOf([[network]]) },
  place: { column: 'address', keys: ({ place }) => keysOf([[place]]) },
  type: { column: 'resources', keys: (resources) => keysOf(resources.map(({ type }) => [type])) },
  resource: { column: 'resources', keys: (resources) => keysOf(resources.map(({ id, name }) => [id, name])) },
  key: { column: 'operator', keys: ({ key }) => keysOf([[key]]) },
  is: { column: 'is', keys: (is) => keysOf(is.map((mark) => [mark])) },
  rule: { column: 'sensitive', keys: (rules) => keysOf(rules.map((rule) => [rule])) },
  source: { column: 'sources', keys: (sources) => keysOf(sources.map((source) => [source])) },
  account: { day: ({ account }) => keyOf([account]) },
  tag: { column: 'tags', keys: (tags) => keysOf(tags.map((tag) => [tag])) },
};

/** A value with its counts; `label` is the name in the newest event that has one. */
export interface Facet extends Group {
  value: string;
  label?: string;
}

/** The fields that days need to be counted by a facet. */
export function fieldsOf(by: FacetName): FieldName[] {
  const dimension = DIMENSIONS[by];
  return [...new Set<FieldName>(['call', 'result', ...('column' in dimension ? [dimension.column] : [])])];
}

/** Every value that occurs in the rows, once, in no order. */
export function facetsOf(parts: readonly Part[], by: FacetName): Facet[] {
  const groups = groupBy(parts, [DIMENSIONS[by]]).map((group) => ({ group, ...labelledOf(group) }));
  const labels = newestOf(groups);
  return [...merged(groups.map(({ value, group }) => [value, group]))].map(([value, group]) => {
    const label = labels.get(value);
    return { ...group, value, ...(label === undefined ? {} : { label }) };
  });
}

/** By value the label of the newest group that has one. */
function newestOf(groups: readonly { value: string; label?: string; group: Group }[]): Map<string, string> {
  const oldestFirst = groups.toSorted((one, other) => one.group.last - other.group.last);
  return new Map(oldestFirst.flatMap(({ value, label }) => (label === undefined ? [] : [[value, label]])));
}

/** The keys of the values that are there. */
function keysOf(values: readonly Labelled[]): string[] {
  return values.flatMap((each) => (each[0] ? [keyOf(each)] : []));
}

function keyOf([value, label]: Labelled): string {
  // Records of somebody who was deleted have the id in the place of the name.
  return JSON.stringify(label && label !== value ? [value, label] : [value]);
}

function labelledOf({ keys: [key = '[]'] }: Group): { value: string; label?: string } {
  const [value, label]: string[] = JSON.parse(key);
  return { value: value ?? '', ...(label === undefined ? {} : { label }) };
}
