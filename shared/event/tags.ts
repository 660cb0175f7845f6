import { line } from './clean.ts';
import type { Json } from './event.ts';
import { isList, isObject, readNested, type JsonObject } from './json.ts';

const MAX_TAGS = 64;
const KEYS = ['key', 'Key', 'tagKey', 'TagKey'];
const VALUES = ['value', 'Value', 'tagValue', 'TagValue'];

/** Gives tags as `key=value`, from a list of objects or of JSON texts, or from one object of keys and values. */
export function readTags(value: Json | undefined): string[] {
  const tags = readNested(value);
  const pairs = isList(tags) ? tags.map(readPair) : isObject(tags) ? Object.entries(tags) : [];
  const written = pairs.flatMap((pair) =>
    pair && line(pair[0]) ? [`${line(pair[0])}=${line(pair[1])}`] : [],
  );
  return [...new Set(written)].slice(0, MAX_TAGS);
}

function readPair(tag: Json): [Json | undefined, Json | undefined] | undefined {
  const read = readNested(tag);
  return isObject(read) ? [first(read, KEYS), first(read, VALUES)] : undefined;
}

function first(object: JsonObject, keys: string[]): Json | undefined {
  const key = keys.find((name) => Object.hasOwn(object, name));
  return key === undefined ? undefined : object[key];
}
