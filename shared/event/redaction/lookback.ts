/** The name that stands before a separator or after dashes, in quotes of any escape level or in none. */

import { type KeyFacts, readKey } from './keys.ts';
import type { Kind } from './marker.ts';

export interface KeyAt {
  start: number;
  quoted: boolean;
  facts: KeyFacts;
}

const LONGEST_NAME = 96;
const LONGEST_GAP = 80;

/** Gives the name that ends before the separator at `at`. Looks back a bounded way, so a text is read in linear time. */
export function keyBefore(text: string, at: number): KeyAt | undefined {
  const end = back(text, at, isBlank);
  const inner = back(text, end, isQuoting);
  const start = back(text, inner, isNameCode, LONGEST_NAME);
  if (start === inner) return undefined;
  const quoted = inner < end;
  const name = text.slice(start, inner);
  // In `\npassword=` the n belongs to the escape.
  const isEscape = !quoted && text[start - 1] === '\\' && /^[nrtbf]./.test(name);
  if (isEscape) {
    const facts = readKey(name.slice(1));
    if (facts.own !== undefined || facts.pair !== undefined) return { start: start + 1, quoted, facts };
  }
  const facts = readKey(name);
  if (facts.own === undefined && text[start - 1] === ' ' && /^key$/i.test(name)) {
    const word = back(text, start - 1, isNameCode, LONGEST_NAME);
    return { start: word, quoted, facts: readKey(text.slice(word, inner)) };
  }
  return { start, quoted, facts };
}

/** Gives the kind of secret that a key announces; outer parts of a dotted name count only where quotes show a field. */
export function announced({ facts, quoted }: KeyAt): Kind | undefined {
  return facts.own ?? (quoted ? facts.inherited : undefined);
}

const FLAG = /--?([A-Za-z][\w-]{1,60})\\{0,40}["']?(?:\s{1,8},?|,)\s{0,8}/y;

/** Gives the secret that a flag such as `--password` announces, and where its value starts. */
export function flagAt(text: string, dash: number): { kind: Kind; at: number } | undefined {
  if (dash > 0 && isNameCode(text.charCodeAt(dash - 1))) return undefined;
  FLAG.lastIndex = dash;
  const name = FLAG.exec(text)?.[1];
  const kind = name === undefined ? undefined : readKey(name).own;
  const at = FLAG.lastIndex;
  if (kind === undefined || at >= text.length || text[at] === '-') return undefined;
  return { kind, at };
}

/** Columns before a key that is the first of its line, or undefined if it is not. */
export function indentOf(text: string, { start, quoted }: KeyAt): number | undefined {
  if (quoted) return undefined;
  const line = back(text, start, isIndent);
  const before = text.slice(Math.max(0, line - 2), line);
  return before === '' || /[\n\r"']$|\\[nr]$/.test(before) ? start - line : undefined;
}

function back(text: string, from: number, accepts: (code: number) => boolean, most = LONGEST_GAP): number {
  const floor = Math.max(0, from - most);
  let at = from;
  while (at > floor && accepts(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function isIndent(code: number): boolean {
  return isBlank(code) || code === 45;
}

function isQuoting(code: number): boolean {
  return code === 34 || code === 39 || code === 92;
}

/** Letters, digits and `_ . - $ [ ]`. */
function isNameCode(code: number): boolean {
  if (code > 122) return false;
  if (code >= 97 || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)) return true;
  return code === 95 || code === 46 || code === 45 || code === 36 || code === 91 || code === 93;
}
