import type { Json } from './event.ts';
import { recordOf } from './forms/record.ts';
import { isObject, readNested, type JsonObject } from './json.ts';

export interface Details {
  request: Json;
  response: Json;
}

/**
 * Gives the parameters of the call in a record of any form: read where they parse, text where they do not, null
 * where the record has none.
 */
export function details(record: Json): Details {
  return isObject(record) ? detailsOf(recordOf(record)) : { request: null, response: null };
}

/** The same for a record that was taken out of its form. */
export function detailsOf(record: JsonObject): Details {
  return {
    request: readNested(record['requestParameters']),
    // The documentation calls it `requestElements`; some tools followed it.
    response: readNested(record['responseElements'] ?? record['requestElements']),
  };
}
