import type { Json } from '../event/event.ts';
import { isList, isObject, type JsonObject } from '../event/json.ts';
import { documentIn } from './document.ts';
import { isSet, keyMeaning, meaningOf, readingOf, telling, type Reading } from './meaning.ts';

/** One place in which two values differ. */
export interface Difference {
  /** Where: `statement.action`; '' for the value as a whole. */
  path: string;
  kind: 'added' | 'removed' | 'modified';
  before?: Json;
  after?: Json;
}

/** More places than these are told as one. */
const MAX_DIFFERENCES = 100;

/**
 * Where two values differ in what they mean, by place. Of a list without order it says which entries came and went;
 * where one entry took the place of another, in what they differ.
 */
export function differencesOf(before: Json, after: Json, field = ''): Difference[] {
  const found = [...differences({ before, after, path: '', field, outer: 'plain' })];
  return found.length > MAX_DIFFERENCES ? [{ path: '', kind: 'modified', before, after }] : found;
}

interface Pair {
  before: Json;
  after: Json;
  path: string;
  field: string;
  outer: Reading;
}

function* differences({ before, after, path, field, outer }: Pair): Generator<Difference> {
  const [one, other] = [documentIn(before) ?? before, documentIn(after) ?? after];
  const inDocument = one !== before || other !== after;
  const reading = inDocument ? 'document' : readingOf(field, outer);
  if (meaningOf(one, field, reading) === meaningOf(other, field, reading)) return;
  if (isObject(one) && isObject(other)) yield* inObjects(one, other, path, reading);
  else if (isList(one) && isList(other)) yield* inLists(one, other, { path, field, reading });
  else if (reading === 'document' && (isList(one) || isList(other))) {
    yield* inLists(asList(one), asList(other), { path, field, reading });
  } else yield { path, kind: 'modified', before: one, after: other };
}

function asList(value: Json): Json[] {
  return isList(value) ? value : [value];
}

function* inObjects(
  before: JsonObject,
  after: JsonObject,
  path: string,
  reading: Reading,
): Generator<Difference> {
  const [one, other] = [before, after].map(
    (value) =>
      new Map(
        telling(Object.entries(value), reading).map(([key, child]) => [
          keyMeaning(key, reading),
          { key, child },
        ]),
      ),
  );
  for (const [name, { key, child }] of one ?? []) {
    const now = other?.get(name);
    const place = path === '' ? key : `${path}.${key}`;
    if (now === undefined) yield { path: place, kind: 'removed', before: child };
    else yield* differences({ before: child, after: now.child, path: place, field: key, outer: reading });
  }
  for (const [name, { key, child }] of other ?? []) {
    if (one?.has(name)) continue;
    yield { path: path === '' ? key : `${path}.${key}`, kind: 'added', after: child };
  }
}

function* inLists(
  before: Json[],
  after: Json[],
  { path, field, reading }: { path: string; field: string; reading: Reading },
): Generator<Difference> {
  if (!isSet(field, reading)) {
    yield { path, kind: 'modified', before, after };
    return;
  }
  const gone = without(before, after, reading);
  const come = without(after, before, reading);
  const [was, is] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1 && isObject(was) && isObject(is) && reading !== 'rule') {
    yield* inObjects(was, is, path, reading);
    return;
  }
  for (const value of gone) yield { path, kind: 'removed', before: value };
  for (const value of come) yield { path, kind: 'added', after: value };
}

/** The entries of a list that another has not. */
function without(values: Json[], others: Json[], reading: Reading): Json[] {
  const there = new Set(others.map((value) => meaningOf(value, '', reading)));
  return values.filter((value) => !there.has(meaningOf(value, '', reading)));
}
