import type { Json } from '../event.ts';
import { isObject, readNested, type JsonObject } from '../json.ts';

/** A log's keys are few and shallow; more dots than this are a name, not a path. */
const MAX_PARTS = 8;

/** Reads a log whose nested fields are spread over dotted keys, such as `userIdentity.userName`. */
export function readLog(log: JsonObject): JsonObject | undefined {
  const keys = Object.keys(log);
  if (!keys.some((key) => key.includes('.'))) return undefined;
  const record: JsonObject = {};
  const branches = new Set<Json>();
  for (const key of keys) {
    const path = key.split('.', MAX_PARTS);
    if (!path.includes('__proto__')) place(record, path, log[key] ?? null, branches);
  }
  return record;
}

/** Puts a value at its path. `branches` are the objects made here: those may grow, the log's own may not. */
function place(record: JsonObject, [name = '', ...rest]: string[], value: Json, branches: Set<Json>): void {
  if (rest.length === 0) {
    record[name] = value;
    return;
  }
  const child = readNested(Object.hasOwn(record, name) ? record[name] : undefined);
  const branch = isObject(child) ? (branches.has(child) ? child : { ...child }) : {};
  branches.add(branch);
  record[name] = branch;
  place(branch, rest, value, branches);
}
