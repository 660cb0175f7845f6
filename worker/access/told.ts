/** What is kept of what an address answers that somebody gave us: a kind, and a short text without anything secret. */
import { redactText } from '../../shared/event/redact.ts';
import type { Unreachable } from './reach.ts';

const MAX_TEXT = 200;

/** What is shorter is no key, and to take it out of a text would leave nothing that can be read. */
const MIN_KEY = 6;

/** Words stand in paths, too. */
const MIN_KEY_IN_PATH = 12;

/** An error or a foreign text, without anything secret: at most 200 printable characters. */
export function told(what: unknown, secrets: readonly string[] = []): string {
  const text = what instanceof Error ? what.message : String(what);
  const without = secrets.reduce((rest, secret) => rest.replaceAll(secret, '«redacted»'), text);
  return redactText(without)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT)
    .toWellFormed();
}

/** What a status that means failure means for whoever sends. */
export function kindOf(status: number): 'forbidden' | 'gone' | 'busy' | 'server' | 'refused' {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'gone';
  if (status === 408 || status === 425 || status === 429) return 'busy';
  return status >= 500 ? 'server' : 'refused';
}

/** What it means for whoever sends that an address is not called. */
export const UNREACHED = {
  inward: 'inward',
  nowhere: 'gone',
  unresolved: 'unreachable',
} as const satisfies Record<Unreachable['kind'], string>;

/** What of an address may be the right to call it, in the ways that an answer may repeat it. Longest first. */
export function keysIn(url: string): string[] {
  const { pathname, search, searchParams } = new URL(url);
  const parts = pathname.split('/').filter((text) => text.length >= MIN_KEY_IN_PATH);
  return [pathname + search, search.slice(1), ...parts, ...searchParams.values()]
    .filter((text) => text.length >= MIN_KEY)
    .toSorted((one, other) => other.length - one.length);
}
