/** What a call is about: the resource, a part of it, or something else that it only gives the resource to. */
import type { Json } from '../event/event.ts';
import { isList, isObject, text, type JsonObject } from '../event/json.ts';
import { kindOf } from '../event/prefixes.ts';
import type { Call, Target, Write } from './effect.ts';
import { isOfCall } from './fields.ts';
import { names } from './leaves.ts';
import type { Verb } from './verb.ts';
import { isIdField, kindOfField, singular } from './words.ts';

/** What kinds of thing the resource is: by its id, by its records, and by the fields that name it. */
export function kindsOf(request: Json, { id, types }: Target): ReadonlySet<string> {
  const fields = isObject(request) ? Object.keys(request).filter((field) => names(request[field], id)) : [];
  return new Set(
    [kindOf(id) ?? '', ...types, ...fields.map(kindOfField)].map(singular).filter((kind) => kind !== ''),
  );
}

/**
 * Whether a call made the resource: it is only in the answer, or its id is a name that the request gave it. Who copies
 * a resource names it by its id.
 */
export function isMade({ response }: Write, { request, id, kinds }: Call, { kind, noun }: Verb): boolean {
  if (kind !== 'create' && kind !== 'add') return false;
  if (!mentions(request, id)) return kind === 'create' || mentions(response, id);
  if (kind === 'add' || !endsWithKind(noun, kinds)) return false;
  return Object.entries(request).some(([field, value]) => text(value) === id && !isIdField(field));
}

/** Whether what an action is called after is the resource: `DBInstances` of an instance. */
export function endsWithKind(noun: string, kinds: ReadonlySet<string>): boolean {
  const word = singular(noun);
  return [...kinds].some((kind) => word.endsWith(kind));
}

/** Whether what an action is called after belongs to the resource: `BucketPolicy` to a bucket. */
export function startsWithKind(noun: string, kinds: ReadonlySet<string>): boolean {
  const word = noun.toLowerCase();
  return [...kinds].some((kind) => word.startsWith(kind));
}

/** Whether what an action is called after names the resource somewhere: `InstancesAttribute` an instance. */
export function includesKind(noun: string, kinds: ReadonlySet<string>): boolean {
  const word = noun.toLowerCase();
  return [...kinds].some((kind) => word.includes(kind));
}

/** Whether a resource is named anywhere in the parameters. */
function mentions(value: Json, id: string): boolean {
  if (isList(value)) return value.some((item) => mentions(item, id));
  if (isObject(value)) return Object.values(value).some((child) => mentions(child, id));
  return text(value) === id;
}

/**
 * Whether a call is about the resource, rather than giving it to another as a value: the security group of an
 * instance that is changed was not changed itself. A call that ties two things is about both.
 */
export function isSubject(
  { resources }: Write,
  { request, id, event, kinds }: Call,
  { kind, noun }: Verb,
): boolean {
  if (kind !== 'set') return true;
  const fields = Object.keys(request).filter((field) => names(request[field], id));
  if (fields.length === 0 || includesKind(noun, kinds)) return true;
  // A record that names some of the things in its request only names those that the call is about.
  const told = new Set(resources.map((resource) => resource.id));
  if (idsIn(request).some((other) => !told.has(other))) return true;
  const first = Object.keys(request).find((field) => isIdField(field) && !isOfCall(field, event));
  return first === undefined || fields.includes(first);
}

/** The ids of known kinds at the top of a request. */
function idsIn(request: JsonObject): string[] {
  return Object.values(request)
    .flatMap((value) => (isList(value) ? value : [value]))
    .map(text)
    .filter((said) => kindOf(said) !== undefined);
}
