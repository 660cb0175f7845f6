/** The walk through a value: objects, lists, and JSON inside strings at every level. */

import type { Json } from '../event.ts';
import { isList, isObject, type JsonObject, parseJson, stringify } from '../json.ts';
import { isSigned } from './assignments.ts';
import { type KeyFacts, kindOfNamed, readKey } from './keys.ts';
import { isAccessKeyId, isHarmless, isMarker, type Kind, marker } from './marker.ts';
import { kindInScope, type Scope, scopeOfObject, scopeOfText } from './scope.ts';
import { isWord, redactPlain } from './text.ts';

/** Objects, lists and JSON texts inside one another; what lies deeper is replaced. */
const MAX_DEPTH = 64;

/** Gives a deep copy of a value with its secrets replaced. */
export function redactValue(value: Json, scope: Scope, depth: number): Json {
  if (typeof value === 'string') return redactString(value, scope, depth);
  if (!isList(value) && !isObject(value)) return value;
  if (depth >= MAX_DEPTH) return marker('depth');
  return isList(value) ? redactList(value, scope, depth) : redactObject(value, scope, depth);
}

/** Gives a text with its secrets replaced: JSON stays JSON; where nothing is replaced the text stays as it was. */
export function redactString(text: string, scope: Scope, depth: number): string {
  const json = readJson(text);
  if (json !== undefined) {
    if (depth >= MAX_DEPTH) return marker('depth');
    const before = stringify(json);
    const after = stringify(redactValue(json, scope, depth + 1));
    if (before !== after) return after;
    // Parsing keeps one of two fields of the same name: what it dropped may be the secret.
    return before === text || redactCut(text, scope) === text ? text : after;
  }
  const redacted = redactCut(text, scope);
  // Replacing what broke a text can mend it; then its fields can be read.
  return redacted === text || readJson(redacted) === undefined
    ? redacted
    : redactString(redacted, scope, depth);
}

function redactCut(text: string, outer: Scope): string {
  if (isWord(text)) return text;
  const scope = scopeOfText(text, outer);
  return redactPlain(text, (facts) => kindInScope(facts, scope));
}

/** The value of a text that is a JSON object, list or string; undefined for all other text. */
function readJson(text: string): Json | undefined {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : undefined;
}

function redactList(list: Json[], scope: Scope, depth: number): Json[] {
  return list.map((item, index) => {
    const kind = flagKind(list[index - 1]) ?? scope.inside;
    return kind === undefined ? redactValue(item, scope, depth + 1) : conceal(item, kind, scope, depth + 1);
  });
}

/** The kind of secret that follows a flag in a list of arguments: `["--password", "…"]`. */
function flagKind(item: Json | undefined): Kind | undefined {
  return typeof item === 'string' && item.startsWith('-') ? kindOfNamed(item) : undefined;
}

function redactObject(object: JsonObject, outer: Scope, depth: number): JsonObject {
  const scope = scopeOfObject(object, outer);
  const named = namedKinds(object);
  const copy: JsonObject = {};
  for (const key of Object.keys(object)) {
    const item = object[key] ?? null;
    const facts = readKey(key);
    const paired = facts.pair === 'value' ? named?.get(facts.group) : undefined;
    const value = redactField(item, facts, paired, scope, depth + 1);
    // Assigning `__proto__` would set the prototype and lose the field.
    if (key === '__proto__')
      Object.defineProperty(copy, key, { value, enumerable: true, configurable: true });
    else copy[key] = value;
  }
  return copy;
}

function redactField(
  item: Json,
  facts: KeyFacts,
  paired: Kind | undefined,
  scope: Scope,
  depth: number,
): Json {
  const kind = facts.own ?? paired ?? kindInScope(facts, scope) ?? facts.inherited;
  if (kind !== undefined) return conceal(item, kind, scope, depth);
  if (facts.isLoginSettings) return redactSettings(item, scope, depth);
  if (scope.inside === undefined) return redactValue(item, scope, depth);
  const opens = facts.isError || (facts.isPublic && !isList(item) && !isObject(item));
  return opens
    ? redactValue(item, { ...scope, inside: undefined }, depth)
    : conceal(item, scope.inside, scope, depth);
}

/** Kinds of secret that the names in an object's pairs stand for, by group; undefined where there are none. */
function namedKinds(object: JsonObject): Map<string, Kind> | undefined {
  let kinds: Map<string, Kind> | undefined;
  for (const key of Object.keys(object)) {
    const { pair, group } = readKey(key);
    const name = pair === 'name' ? object[key] : undefined;
    const kind = typeof name === 'string' ? kindOfNamed(name) : undefined;
    if (kind !== undefined) kinds = (kinds ?? new Map<string, Kind>()).set(group, kind);
  }
  return kinds;
}

/** Settings for signing in: read field by field, or concealed whole where they cannot be read. */
function redactSettings(item: Json, scope: Scope, depth: number): Json {
  if (typeof item !== 'string' || isHarmless(item) || readJson(item) !== undefined) {
    return redactValue(item, scope, depth);
  }
  return isMarker(item) ? item : marker('credential');
}

/** Replaces a secret; flags, empty values and access key ids stay, and so does the form of what holds several. */
function conceal(item: Json, kind: Kind, scope: Scope, depth: number): Json {
  if (typeof item === 'boolean' || item === null || item === 0 || item === 1) return item;
  if (typeof item === 'string') return concealText(item, kind, scope, depth);
  if (isList(item) || isObject(item)) return redactValue(item, { ...scope, inside: kind }, depth);
  return marker(kind);
}

function concealText(text: string, kind: Kind, scope: Scope, depth: number): string {
  if (isHarmless(text) || isMarker(text)) return text;
  if ((kind === 'key' || kind === 'credential') && isAccessKeyId(text)) return text;
  if (kind === 'authorization' && isSigned(text, 0)) return redactString(text, scope, depth);
  const json = kind === 'credential' ? readJson(text) : undefined;
  if (!isList(json) && !isObject(json)) return marker(kind);
  return depth >= MAX_DEPTH
    ? marker('depth')
    : stringify(redactValue(json, { ...scope, inside: kind }, depth + 1));
}
