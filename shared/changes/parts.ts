/** The values of a request, and which of them say what part of the resource is meant. */
import { isList, isObject, text } from '../event/json.ts';
import { kindOf } from '../event/prefixes.ts';
import type { Call } from './effect.ts';
import { isOfCall, isOfOrder, isPart } from './fields.ts';
import { leavesOf, type Leaf } from './leaves.ts';
import { endsWithKind, includesKind } from './subject.ts';
import { verbOf } from './verb.ts';
import { kindOfField, singular } from './words.ts';

/** What a request says of the resource, without what is about the call itself or an order. */
export function leavesIn({ request, id, event }: Call): Leaf[] {
  return leavesOf(request, id).filter(
    ({ path, field }) => !isOfCall(path, event) && field !== 'Version' && !isOfOrder({ path, field }, event),
  );
}

/** The part of the resource that a call is about, in one text. */
export function partOf(call: Call, isOne: (leaf: Leaf) => boolean): string {
  return leavesIn(call)
    .filter(isOne)
    .map(
      ({ path, value }) =>
        `${path}=${isObject(value) || isList(value) ? JSON.stringify(value) : text(value)}`,
    )
    .toSorted()
    .join(', ');
}

/** Whether a value says which part of the resource is meant: a listener of a balancer, an account of a database. */
export function isPartOf({ event, kinds }: Call, { path, field, value }: Leaf): boolean {
  if (isPart(path)) return true;
  if (path !== field || isObject(value) || isList(value)) return false;
  const { noun } = verbOf(event);
  if (field === 'Name') return !endsWithKind(noun, kinds) && !includesKind(noun, kinds);
  return (
    field.endsWith('Id') && kindOf(text(value)) !== undefined && singular(noun).includes(kindOfField(field))
  );
}
