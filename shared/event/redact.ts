/** Secrets never reach storage: every record, and every text kept in place of one, comes through here. */

import type { Json } from './event.ts';
import { NO_SCOPE } from './redaction/scope.ts';
import { redactString, redactValue } from './redaction/walk.ts';

/**
 * Gives a deep copy of a value with every secret replaced by `«redacted:kind»`, at any nesting, in JSON inside
 * strings, and inside base64. Integers that were kept as source text stay as they are. Redacting twice changes
 * nothing more. Never throws.
 */
export function redact(value: Json): Json {
  return redactValue(value, NO_SCOPE, 0);
}

/** Does the same for a text that may be JSON, cut JSON, or anything else. JSON stays JSON. Takes linear time. */
export function redactText(text: string): string {
  return redactString(text, NO_SCOPE, 0);
}
