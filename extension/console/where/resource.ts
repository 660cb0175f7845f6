import { kindOf } from '../../../shared/event/prefixes.ts';

/** A resource as a page's URL names it. */
export interface PageResource {
  /** Kind in the words of records: `instance`, `bucket`; left out where the URL does not tell. */
  type?: string;
  id: string;
  name?: string;
  /** Of a function, which has no id but its name. */
  namespace?: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The vendor's form of an id whose prefix is not known here. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*-[a-z0-9]{6,40}$/;
const MAX_ID = 80;
const NUMBER = /^[1-9]\d{0,19}$/;
/** Name and application id. */
const BUCKET = /^[a-z0-9][a-z0-9-]{0,62}-\d{8,12}$/;
const FUNCTION = /^[a-z][\w-]{0,63}$/i;

/** Whether a text is a uuid, which topics, logsets and keys have for an id. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Whether a text is a whole positive number, which users, roles and policies have for an id. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Whether a text is the full name of a bucket. */
export function isBucket(text: string): boolean {
  return BUCKET.test(text);
}

/** Whether a text may be the name of a function or of a namespace. */
export function isFunctionName(text: string): boolean {
  return FUNCTION.test(text);
}

/**
 * Gives the resource of an id with a known prefix; undefined for any other text. Words have that form too
 * (`vpc-endpoint`): where no id is expected, only a digit behind the prefix tells one.
 */
export function readKnown(text: string, isExpected: boolean): PageResource | undefined {
  const type = kindOf(text);
  if (type === undefined) return undefined;
  return isExpected || /-.*\d/.test(text) ? { type, id: text } : undefined;
}

/** Gives the resource of a text that stands where an id belongs; undefined where it is none. */
export function readId(text: string, mayBeNumber: boolean): PageResource | undefined {
  const known = readKnown(text, true);
  if (known) return known;
  const isId = (text.length <= MAX_ID && ID.test(text)) || isUuid(text) || (mayBeNumber && isNumber(text));
  return isId ? { id: text } : undefined;
}
