import type { Json } from './event.ts';
import { isList, isObject, readNested, stringify, text } from './json.ts';

/**
 * Gives one text for every way in which forms write the same parameters: keys sorted, scalars as text (a log
 * turns numbers into strings), JSON inside strings read.
 */
export function canonical(value: Json): string {
  const read = readNested(value);
  if (isList(read)) return `[${read.map(canonical).join(',')}]`;
  if (!isObject(read)) return stringify(text(read));
  const entries = Object.entries(read).map(([key, child]) => `${stringify(key)}:${canonical(child)}`);
  return `{${entries.toSorted().join(',')}}`;
}

/** True for parameters that say nothing: none, an empty text, object or list. */
export function isBlank(value: Json): boolean {
  return ['""', '{}', '[]'].includes(canonical(value));
}
