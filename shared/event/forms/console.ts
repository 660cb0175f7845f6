import { isObject, type JsonObject } from '../json.ts';
import { readItem } from './item.ts';

/** Reads an item of the console's own query: an API item whose keys begin in lower case. */
export function readConsoleItem(item: JsonObject): JsonObject | undefined {
  if (!('cloudAuditEvent' in item || ('accountID' in item && !('userIdentity' in item)))) return undefined;
  const resources = item['resources'];
  return readItem({
    ...capitalise(item),
    ...(isObject(resources) && { Resources: capitalise(resources) }),
  });
}

function capitalise(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
  );
}
