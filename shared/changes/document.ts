import type { Json } from '../event/event.ts';
import { isList, isObject, readNested } from '../event/json.ts';

const ENCODED = /^\s*%(?:7B|5B)/i;

/** Gives the object or list that a text holds as JSON, plain or percent-encoded; undefined where it holds none. */
export function documentIn(value: Json): Json | undefined {
  if (typeof value !== 'string') return undefined;
  const nested = readNested(ENCODED.test(value) ? decoded(value) : value);
  return isObject(nested) || isList(nested) ? nested : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
