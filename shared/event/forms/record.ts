import type { JsonObject } from '../json.ts';
import { readConsoleItem } from './console.ts';
import { readEnvelope } from './envelope.ts';
import { readItem } from './item.ts';
import { readLog } from './log.ts';

/**
 * What reads one form: gives the record in it under the record's own field names, undefined for another form.
 * Some containers say things that the record does not: `eventNameCn`, `location`, `resourceRegion`,
 * `envelopeTime` and `envelopeType` are the fields they come in.
 */
export type Form = (value: JsonObject) => JsonObject | undefined;

const FORMS: Form[] = [readEnvelope, readItem, readConsoleItem, readLog];

/** Gives the record in whatever form it comes. A line of a log file is the record itself. */
export function recordOf(value: JsonObject): JsonObject {
  for (const read of FORMS) {
    const record = read(value);
    if (record) return record;
  }
  return value;
}
