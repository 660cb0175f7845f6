/** An event as text to be pasted elsewhere. Wherever that is, what the record says is data there and nothing else. */
import type { AuditEvent } from '../../../shared/event/event.ts';
import { visible, visibleJson } from './visible.ts';

/** The address that people can open: a page of the Worker without data in it, or the web app. */
export function linkTo(origin: string, id: string): string {
  return `${origin}/e/${encodeURIComponent(id.toWellFormed())}`;
}

/** The record, laid out. Integers keep their digits. */
export function jsonOf({ record }: AuditEvent): string {
  return visibleJson(JSON.stringify(record, null, 2));
}

/** A command that asks the Worker for the event; the token comes from the environment. */
export function curlOf(origin: string, id: string): string {
  const url = shellQuote(`${origin}/v1/events/${encodeURIComponent(id.toWellFormed())}`);
  return `curl -sS -H "Authorization: Bearer $SIDETRAIL_TOKEN" ${url}`;
}

/** A text as one argument of a POSIX shell. What a terminal would take for a key press is taken out. */
export function shellQuote(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  return `'${text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '').replaceAll("'", String.raw`'\''`)}'`;
}

/** Lines of `label` and text of the record. */
export type Facts = readonly (readonly [label: string, text: string])[];

/**
 * Facts and record in Markdown. Texts are in code spans, where nothing is markup, link or mention; labels and link
 * are ours.
 */
export function markdownOf(facts: Facts, event: AuditEvent, link: string): string {
  const lines = facts
    .filter(([, text]) => text !== '')
    .map(([label, text]) => `- ${label}: ${codeSpan(text)}`);
  const json = jsonOf(event);
  const fence = '`'.repeat(Math.max(3, longestRun(json) + 1));
  return [...lines, `- <${link}>`, '', `${fence}json`, json, fence, ''].join('\n');
}

/** A text as a code span of CommonMark, on one line. */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  // One space inside each end is taken away again, where both are there and it is not all spaces.
  const pad = /^`|`$|^ .*[^ ].* $/s.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
