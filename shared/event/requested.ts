import { line } from './clean.ts';
import type { Json, Resource } from './event.ts';
import { isList, isObject, text } from './json.ts';
import { kindOf } from './prefixes.ts';

/** Parameters are the caller's: a walk over them ends somewhere. */
const MAX_VALUES = 5_000;
const ID_KEY = /^(.*?)(?:Id|ID|Ids|IDs|IdSet|IdList)$|^(?:id|ids)$/;
/** A set of things: only what looks like an id is one, as tags and policies come in sets too. */
const SET_KEY = /^(.+)Set$/;
const SET_ID = /^[a-z]{2,12}-[a-z0-9]{6,32}$/;
/** Keys of things that have a name for an id. */
const NAME_KEYS: readonly [RegExp, string][] = [
  [/^Bucket(?:Name)?$/i, 'bucket'],
  [/^Domains$|^DomainName$/, 'domain'],
  [/^NodeName$/, 'node'],
];
/** Ids of calls, callers, orders and places, not of resources. */
const NO_RESOURCE = new Set(
  `accesskey app asyncrequest bigdeal bill client deal event flow job log message nonce order project region request
  secret seq session task trace tran uu zone`.split(/\s+/),
);
const ID = /^(?!0$|-1$|default$)[\w][\w.:@/+=-]*$/i;

/**
 * Gives the resources that parameters name: values of keys that end in Id, Ids or IdSet, buckets, and any text
 * that has the form of a known resource id. Works for a request and for a response.
 */
export function namedIn(parameters: Json): Resource[] {
  const found: Resource[] = [];
  let left = MAX_VALUES;
  const visit = (value: Json, key: string): void => {
    left -= 1;
    if (left < 0) return;
    if (isList(value)) for (const item of value) visit(item, key);
    else if (isObject(value)) for (const [name, child] of Object.entries(value)) visit(child, name);
    else found.push(...readId(key, text(value)));
  };
  visit(parameters, '');
  return found;
}

/** Gives the name that a request gives a resource of this kind: `InstanceName` for an instance; '' if none. */
export function nameIn(parameters: Json, { id, type = '' }: Resource): string {
  if (!isObject(parameters)) return '';
  const names = new Set([type, kindOf(id) ?? '', ''].map((kind) => `${kind}name`));
  const key = Object.keys(parameters).find((name) => names.has(name.toLowerCase()));
  return key === undefined ? '' : line(parameters[key]);
}

function readId(key: string, value: string): Resource[] {
  if (value === '' || value.length > 256) return [];
  const kind = keyKind(key) ?? (SET_ID.test(value) ? setKind(key) : undefined);
  const type = kind || kindOf(value);
  if ((kind === undefined && type === undefined) || !ID.test(value)) return [];
  return [{ ...(type && { type }), id: line(value) }];
}

/** Gives the kind that a key names, '' for a key that names any resource, undefined for one that names none. */
export function keyKind(key: string): string | undefined {
  const named = NAME_KEYS.find(([form]) => form.test(key));
  if (named) return named[1];
  const match = ID_KEY.exec(key);
  return match ? resourceKind(match[1] ?? '') : undefined;
}

/** Gives the kind that the key of a set names, undefined for another key. */
export function setKind(key: string): string | undefined {
  const match = SET_KEY.exec(key);
  return match ? resourceKind(match[1] ?? '') : undefined;
}

function resourceKind(word: string): string | undefined {
  const kind = word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (NO_RESOURCE.has(kind)) return undefined;
  return kind === 'resource' ? '' : kind;
}
