/** The Worker's log: what went wrong and where, never what was in it. */
import { newId } from './access/tokens.ts';
import { redactText } from '../shared/event/redact.ts';

/** Longest message that is logged: an error may quote what it choked on. */
const MAX_MESSAGE = 200;

/** Logs an unexpected error under a new id, which it gives. Messages are redacted and cut. */
export function report(error: unknown): string {
  const id = newId();
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const at = (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  // oxlint-disable-next-line no-console -- this is the log
  console.error(JSON.stringify({ id, name, message: redactText(message).slice(0, MAX_MESSAGE), at }));
  return id;
}
