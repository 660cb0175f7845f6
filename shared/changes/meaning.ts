/**
 * What a value means, as a text: two values that say the same have the same one. Numbers are the same as text,
 * the order of keys never counts, that of lists only where it may matter.
 */
import type { Json } from '../event/event.ts';
import { isList, isObject, text } from '../event/json.ts';
import { isMarker } from '../event/redaction/marker.ts';
import { documentIn } from './document.ts';

/** How a part of a value is read. */
export type Reading =
  /** Parameters as they were sent. */
  | 'plain'
  /** Inside a document, such as a policy: keys in any case, lists without order, one entry as good as a list of it. */
  | 'document'
  /** A rule of a security group: what it lets through, not what it is called. */
  | 'rule';

const RULES = /(?:^|\.)(?:Ingress|Egress)$/i;
/** Lists that are sets. */
const SETS =
  /(?:actions?|cidrs?|egress|groups?|ids?|idset|idlist|ingress|principals?|qcs|resources?|services?|statements?|tags?|tagset|targets|values)$/i;
/** What the vendor reads in any case. */
const ANY_CASE = /^(?:effect|protocol|ipprotocol)$/i;
/** Of a rule, what says nothing about what it lets through. */
const RULE_NOTES = /^(?:PolicyDescription|PolicyIndex|ModifyTime)$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

/** How the entries under a field are read, where the field itself is read in this way. */
export function readingOf(field: string, reading: Reading): Reading {
  return RULES.test(field) ? 'rule' : reading;
}

/** Whether the order of a list under a field means nothing. */
export function isSet(field: string, reading: Reading): boolean {
  return reading !== 'plain' || SETS.test(field);
}

/** The key as it is compared. */
export function keyMeaning(key: string, reading: Reading): string {
  return reading === 'plain' ? key : key.toLowerCase();
}

/** The fields of an object that say something about what it means. */
export function telling(entries: [string, Json][], reading: Reading): [string, Json][] {
  if (reading !== 'rule') return entries;
  return entries.filter(([key, value]) => !RULE_NOTES.test(key) && value !== null && value !== '');
}

/** The meaning of a value that stands under a field. A redacted value means itself only; see `hasSecret`. */
export function meaningOf(value: Json, field = '', outer: Reading = 'plain'): string {
  const document = documentIn(value);
  if (document !== undefined) return meaningOf(document, '', 'document');
  const reading = readingOf(field, outer);
  if (isList(value)) {
    const items = value.map((item) => meaningOf(item, '', reading));
    if (reading === 'document' && items.length === 1 && !isObject(value[0])) return items.join('');
    return JSON.stringify(isSet(field, reading) ? [...new Set(items)].toSorted() : items);
  }
  if (isObject(value)) {
    const entries = telling(Object.entries(value), reading).map(([key, child]): [string, string] => [
      keyMeaning(key, reading),
      meaningOf(child, key, reading),
    ]);
    return JSON.stringify(Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1))));
  }
  return value === null ? 'null' : scalarMeaning(text(value), field, reading);
}

function scalarMeaning(said: string, field: string, reading: Reading): string {
  if (NUMBER.test(said)) return said;
  const folded = reading === 'rule' || ANY_CASE.test(field) ? said.toLowerCase() : said;
  return JSON.stringify(folded);
}

/** Whether any part of a value was redacted, so that what it was cannot be compared. */
export function hasSecret(value: Json): boolean {
  if (isList(value)) return value.some(hasSecret);
  if (isObject(value)) return Object.values(value).some(hasSecret);
  return typeof value === 'string' && (isMarker(value) || value.includes('«redacted:'));
}
