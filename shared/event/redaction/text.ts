/** Secrets in text that is not JSON, or no longer. */

import { type Extra, redactAssignments } from './assignments.ts';
import { redactBase64, redactPercent } from './encoded.ts';
import { isMarker } from './marker.ts';
import { redactShapes } from './shapes.ts';

/** Encodings inside encodings are followed this far; what is still encoded then counts as secret. */
const MAX_LAYERS = 4;

const ID_LIKE = /^[\w-]{0,21}$/;
/** True for an id or a word: too short for any shape, and nothing is announced in it. */
export function isWord(text: string): boolean {
  return ID_LIKE.test(text);
}

const ANNOUNCES = /[:=]|(?:^|[^\w.-])-/;

/** What one pass conceals can change how the next one reads its surroundings; few texts need a third. */
const MAX_PASSES = 4;

/**
 * Gives the text with every secret replaced that a name announces, that has the shape of one, or that is
 * inside base64 or percent-encoding. `extra` adds names that count in this record only.
 */
export function redactPlain(text: string, extra: Extra): string {
  if (isMarker(text)) return text;
  const plain = unescapeAscii(text);
  let before = plain;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const after = redactOnce(before, extra, 0);
    if (after === before) break;
    before = after;
  }
  return before === plain ? text : before;
}

function redactOnce(text: string, extra: Extra, layer: number): string {
  const hasSecret = (decoded: string): boolean => {
    const plain = unescapeAscii(decoded);
    return layer >= MAX_LAYERS || redactOnce(plain, extra, layer + 1) !== plain;
  };
  let out = ANNOUNCES.test(text) ? redactAssignments(text, extra) : text;
  out = redactShapes(out);
  out = redactBase64(out, hasSecret);
  return redactPercent(out, hasSecret);
}

/** Writers may escape ASCII in JSON as they like (`\/`, `\u003d`); names and shapes are looked for in one form. */
function unescapeAscii(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/(?<!\\)\\+(?:\/|u00([2-7][0-9a-f]))/gi, (escape, hex: string | undefined) => {
    if (hex === undefined) return '/';
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return char === '"' || char === '\\' ? escape : char;
  });
}
