/** Events as CSV (RFC 4180): one row each, stable columns, every field quoted. */
import type { EventSummary } from '../../shared/event/event.ts';

/** Columns in order. Only ever added at the end: people's spreadsheets count on their places. */
const COLUMNS: readonly [name: string, value: (event: EventSummary) => string | undefined][] = [
  ['time', (event) => event.time],
  ['account', (event) => event.account],
  ['operator', (event) => event.operator.name],
  ['operator_id', (event) => event.operator.id],
  ['operator_type', (event) => event.operator.type],
  ['person', (event) => event.person?.name],
  ['person_id', (event) => event.person?.id],
  ['person_status', (event) => event.person?.status],
  ['product', (event) => event.product],
  ['event', (event) => event.event],
  ['action', (event) => event.action],
  ['via', (event) => event.via],
  ['region', (event) => event.region],
  ['resources', (event) => event.resources.map(({ id }) => id).join(' ')],
  ['ip', (event) => event.ip],
  ['network', (event) => event.network],
  ['outcome', (event) => event.outcome],
  ['error_code', (event) => event.error?.code],
  ['error_message', (event) => event.error?.message],
  ['is', (event) => event.is.join(' ')],
  ['key', (event) => event.operator.key],
  ['request_id', (event) => event.requestId],
  ['agent', (event) => event.agent],
  ['id', (event) => event.id],
];

/** The byte-order mark, without which spreadsheets misread Chinese, and the names of the columns. */
export const CSV_HEAD = `\ufeff${COLUMNS.map(([name]) => name).join(',')}\r\n`;

/** The row of an event. */
export function csvRow(event: EventSummary): string {
  return `${COLUMNS.map(([, value]) => field(value(event) ?? '')).join(',')}\r\n`;
}

/**
 * A field that no spreadsheet takes for a formula: text of records is the attacker's, so what begins like one gets
 * an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection). Line breaks and NUL become blanks.
 */
function field(value: string): string {
  const flat = value.replaceAll(/[\r\n\0]+/g, ' ');
  const defused = /^\s*[=+\-@\t|%＝＋－＠]/.test(flat) ? `'${flat}` : flat;
  // Where a semicolon separates fields, one inside the quotes may begin a cell all the same.
  const within = defused.replaceAll(/([;\t]\s*)([=+\-@])/g, "$1'$2");
  return `"${within.replaceAll('"', '""')}"`;
}
