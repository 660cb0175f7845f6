import type { Json } from '../event.ts';
import { isList, isObject } from '../json.ts';

/**
 * Gives the records in one JSON value: the events of an API answer, the elements of a list (a CloudEvents batch
 * is one), else the value itself as the only record. What an element is, is for the parser to say.
 */
export function unwrap(value: Json): Json[] {
  if (isList(value)) return value;
  if (!isObject(value)) return [value];
  const answer = isObject(value['Response']) ? value['Response'] : value;
  // An answer without events says null; it holds no record then, rather than one that cannot be read.
  return 'Events' in answer ? listOrNone(answer['Events']) : [value];
}

function listOrNone(events: Json | undefined): Json[] {
  return isList(events) ? events : [];
}
