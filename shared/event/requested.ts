import { line } from './clean.ts';
import type { Json, Resource } from './event.ts';
import { isList, isObject, text } from './json.ts';
import { kindOf } from './prefixes.ts';

/** Parameters are the caller's: a walk over them ends somewhere. */
const MAX_VALUES = 5_000;
const ID_KEY = /^(.*?)(?:Id|ID|Ids|IDs|IdSet|IdList)$|^(?:id|ids)$/;
const BUCKET_KEY = /^Bucket(?:Name)?$/i;
/** Ids of calls, callers, orders and places, not of resources. */
const NO_RESOURCE = new Set(
  `accesskey app asyncrequest bigdeal bill client deal flow job log message nonce order project region request
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
  const kind = keyKind(key);
  const type = kind || kindOf(value);
  if ((kind === undefined && type === undefined) || !ID.test(value)) return [];
  return [{ ...(type && { type }), id: line(value) }];
}

/** The kind that a key names, '' for a key that names any resource, undefined for one that names none. */
function keyKind(key: string): string | undefined {
  if (BUCKET_KEY.test(key)) return 'bucket';
  const match = ID_KEY.exec(key);
  if (!match) return undefined;
  const kind = (match[1] ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (NO_RESOURCE.has(kind)) return undefined;
  return kind === 'resource' ? '' : kind;
}
