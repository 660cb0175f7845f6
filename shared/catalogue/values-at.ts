import type { Json } from '../event/event.ts';
import { isList, isObject, type JsonObject } from '../event/json.ts';
import type { Path } from './purchase-facts.ts';

/** Parameters are the caller's: nothing is read past so many values. */
const MAX_VALUES = 1000;

/** The values at a path, lists taken apart; none where it leads nowhere. */
export function valuesAt(from: Json, path: Path): Json[] {
  let values = items(from);
  for (const key of path.split('.')) {
    values = values
      .flatMap((value) => (isObject(value) ? items(member(value, key)) : []))
      .slice(0, MAX_VALUES);
  }
  return values;
}

function items(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value.slice(0, MAX_VALUES) : [value];
}

/** A member by its name in any case: consoles write `goodsNum` where the API has `GoodsNum`. */
function member(object: JsonObject, key: string): Json | undefined {
  if (Object.hasOwn(object, key)) return object[key];
  const folded = key.toLowerCase();
  const found = Object.keys(object).find((name) => name.toLowerCase() === folded);
  return found === undefined ? undefined : object[found];
}
