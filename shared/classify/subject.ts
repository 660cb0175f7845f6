import { details, type Details } from '../event/details.ts';
import type { ParsedEvent } from '../event/event.ts';
import { parseJson } from '../event/json.ts';
import type { Classifiable } from './classification.ts';

/** An event as it is classified: its record is read when its parameters are first asked for, and once. */
export function subjectOf({ summary, record }: ParsedEvent): Classifiable {
  let known: Details | undefined;
  const read = (): Details => (known ??= readDetails(record));
  return {
    summary,
    get request() {
      return read().request;
    },
    get response() {
      return read().response;
    },
  };
}

function readDetails(record: string): Details {
  const parsed = parseJson(record);
  return parsed.ok ? details(parsed.value) : { request: null, response: null };
}
