import type { Json } from '../event/event.ts';
import { isList, isObject, text, type JsonObject } from '../event/json.ts';

/** A value that a request gives, and where it stands: `Placement.ProjectId`, `ParamList[max_connections]`. */
export interface Leaf {
  path: string;
  /** The last field of the path. */
  field: string;
  value: Json;
}

/** Parameters are the caller's: a walk over them ends somewhere. */
export const MAX_LEAVES = 2_000;

/**
 * Gives what a request says of one resource: its values by path, without the ids that only name the resource. Of a list with an entry about the resource, that entry counts as if it stood alone.
 */
export function leavesOf(request: JsonObject, id: string): Leaf[] {
  const found: Leaf[] = [];
  for (const leaf of inObject(request, '', id)) {
    if (found.push(leaf) === MAX_LEAVES) break;
  }
  return found;
}

/** Whether a value names a resource: by its id or a description that ends in it, alone or in a list. */
export function names(value: Json | undefined, id: string): boolean {
  if (isList(value)) return value.some((item) => !isList(item) && names(item, id));
  const said = text(value);
  return said === id || (said.startsWith('qcs:') && said.endsWith(`/${id}`));
}

function* inObject(object: JsonObject, path: string, id: string): Generator<Leaf> {
  for (const [field, value] of Object.entries(object)) {
    if (value === null || names(value, id)) continue;
    const place = path === '' ? field : `${path}.${field}`;
    if (isList(value)) yield* inList(value, { field, place, path, id });
    else if (isObject(value)) yield* inObject(value, place, id);
    else yield { path: place, field, value };
  }
}

function* inList(
  list: Json[],
  { field, place, path, id }: { field: string; place: string; path: string; id: string },
): Generator<Leaf> {
  const own = list.filter(isObject).filter((entry) => Object.values(entry).some((value) => names(value, id)));
  if (own.length > 0) {
    for (const entry of own) yield* inObject(entry, path, id);
    return;
  }
  const pairs = list.map(pairIn);
  if (list.length > 0 && pairs.every((pair) => pair !== undefined)) {
    for (const { name, value } of pairs) yield { path: `${place}[${name}]`, field, value };
  } else {
    yield { path: place, field, value: list };
  }
}

const NAME = /^(?:Name|Key|ParamName|ParameterName|TagKey)$/;

/** The name and the value of an entry that has nothing else: `{ Name, CurrentValue }`, `{ TagKey, TagValue }`. */
function pairIn(entry: Json): { name: string; value: Json } | undefined {
  if (!isObject(entry)) return undefined;
  const [one, other, ...more] = Object.entries(entry);
  if (one === undefined || other === undefined || more.length > 0) return undefined;
  const [name, value] = NAME.test(one[0]) ? [one[1], other[1]] : [other[1], one[1]];
  if (!NAME.test(one[0]) && !NAME.test(other[0])) return undefined;
  return isObject(value) || isList(value) || text(name) === '' ? undefined : { name: text(name), value };
}
