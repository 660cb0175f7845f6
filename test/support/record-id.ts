import type { Json } from '../../shared/event/event.ts';
import { parseRecord } from '../../shared/event/parse.ts';

/** The id that a record's event has in every store. Throws where it is no record. */
export function idOf(record: Json): string {
  const parsed = parseRecord(record, { source: 'push', received: '' });
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return parsed.event.summary.id;
}
