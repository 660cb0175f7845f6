/**
 * JSON that keeps what it was given: integers past 2^53 (role ids, page tokens) stay as their source text, and
 * what cannot be read is a value that says why, without a piece of the text, which may hold a secret.
 */

import type { Json } from './event.ts';

export type JsonObject = { [key: string]: Json };

declare global {
  // Present in workerd, Node and browsers; the compiler's library does not know them yet.
  interface JSON {
    parse(
      text: string,
      reviver: (this: unknown, key: string, value: Json, context: { source?: string }) => Json,
    ): Json;
    rawJSON(text: string): object & { rawJSON: string };
    isRawJSON(value: unknown): value is object & { rawJSON: string };
  }
}

/** Deeper nesting is refused: no record needs it, and everything that walks a value here recurses. */
const MAX_DEPTH = 100;

/** Where no such run occurs, no integer can exceed what a double holds, and the slow reviver is not needed. */
const LONG_NUMBER = /(?:^|[[:,\s-])\d{16}/;
const INTEGER = /^-?\d+$/;

const QUOTE = 34;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Gives the value of a JSON text, or a reason without any of the text in it. */
export function parseJson(json: string): { ok: true; value: Json } | { ok: false; reason: string } {
  if (isTooDeep(json)) return { ok: false, reason: `nested deeper than ${MAX_DEPTH} levels` };
  try {
    const value: Json = LONG_NUMBER.test(json) ? JSON.parse(json, keepInteger) : JSON.parse(json);
    return { ok: true, value };
  } catch {
    return { ok: false, reason: 'not valid JSON' };
  }
}

/** Gives the JSON text of a value; integers that were kept as source text come out as they came in. */
export function stringify(value: Json): string {
  return JSON.stringify(value);
}

/** True for a JSON object: not a list, not null, not a kept integer. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

/** True for a JSON array. (`Array.isArray` would make the elements `any`.) */
export function isList(value: Json | undefined): value is Json[] {
  return Array.isArray(value);
}

/** Gives strings, numbers (of any size) and booleans as text; '' for everything else. */
export function text(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.isRawJSON(value) ? value.rawJSON : '';
}

/** Gives the object or list that a string holds as JSON text; any other value, and any other text, as it is. */
export function readNested(value: Json | undefined): Json {
  if (value === undefined) return null;
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  const parsed = parseJson(value);
  return parsed.ok ? parsed.value : value;
}

/** Gives the object that a value is or holds as JSON text, else an empty one. */
export function readObject(value: Json | undefined): JsonObject {
  const nested = readNested(value);
  return isObject(nested) ? nested : {};
}

/** Gives the list that a value is or holds as JSON text, else an empty one. */
export function readList(value: Json | undefined): Json[] {
  const nested = readNested(value);
  return isList(nested) ? nested : [];
}

function keepInteger(_key: string, value: Json, { source }: { source?: string }): Json {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return source !== undefined && INTEGER.test(source) ? JSON.rawJSON(source) : value;
}

function isTooDeep(json: string): boolean {
  // Nearly every text has fewer brackets than that, and hopping from one to the next is quick.
  if (count(json, '[') + count(json, '{') <= MAX_DEPTH) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(json, at);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}

/** How often a character occurs, as far as it matters: counting stops past the depth that is allowed. */
function count(json: string, char: string): number {
  let found = 0;
  for (let at = json.indexOf(char); at !== -1 && found <= MAX_DEPTH; at = json.indexOf(char, at + 1))
    found += 1;
  return found;
}

/** Index of the quote that ends the string which opens at `open`; the text's length if there is none. */
function closingQuote(json: string, open: number): number {
  for (let at = json.indexOf('"', open + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let slashes = 0;
    while (json[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return json.length;
}
