/**
 * Values of a query are texts in which `*` stands for any run of characters (none included), and a
 * backslash takes the meaning from a star or a backslash after it: `web-*` is a pattern, `5\*` the
 * name of a hotel. So a value means the same wherever it came from.
 */
import { fold } from './fold.ts';

/** A folded text to compare with: all of it, or its literal parts around the stars. */
export type TextMatch = { kind: 'exact'; text: string } | { kind: 'pattern'; parts: string[] };

/** The value that means exactly this text, its stars and backslashes included. */
export function literal(text: string): string {
  return text.replaceAll(/[\\*]/g, String.raw`\$&`);
}

/** The literal parts of a value between its stars, unescaped: one part where there is no star. */
export function splitPattern(value: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const [piece, escaped] of value.matchAll(/\\([\\*])|[^]/g)) {
    if (piece === '*') {
      parts.push(part);
      part = '';
    } else {
      part += escaped ?? piece;
    }
  }
  return [...parts, part];
}

/** What a value of a query is compared as. A run of stars means what one star does. */
export function textMatch(value: string): TextMatch {
  const parts = splitPattern(value).map(fold);
  const [text = ''] = parts;
  if (parts.length === 1) return { kind: 'exact', text };
  return { kind: 'pattern', parts: parts.filter((part, i) => part || i === 0 || i === parts.length - 1) };
}

/** What a word is compared as: its parts, in order, anywhere in a text. */
export function pieceMatch(value: string): TextMatch {
  const parts = splitPattern(value).map(fold);
  return { kind: 'pattern', parts: ['', ...parts.filter(Boolean), ''] };
}

/** Whether the match is one of every text there is: nothing but a star. */
export function isAnything(match: TextMatch): boolean {
  return match.kind === 'pattern' && match.parts.every((part) => part === '');
}

/** Whether a text that is folded already is the one meant. */
export function matchesText(match: TextMatch, folded: string): boolean {
  return match.kind === 'exact' ? match.text === folded : matchesParts(match.parts, folded);
}

/** First part at the start, last part at the end, the others in between, in order, without overlap. */
function matchesParts(parts: readonly string[], folded: string): boolean {
  const head = parts.at(0) ?? '';
  const tail = parts.at(-1) ?? '';
  const end = folded.length - tail.length;
  if (!folded.startsWith(head) || !folded.endsWith(tail)) return false;

  // The leftmost place for each part leaves the most room for the rest, so no choice is ever undone.
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = folded.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}
