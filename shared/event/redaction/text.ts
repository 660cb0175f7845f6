/** Secrets in text that is not JSON, or no longer. */

import { type Extra, redactAssignments } from './assignments.ts';
import { redactBase64, redactPercent } from './encoded.ts';
import { isMarker } from './marker.ts';
import { redactShapes } from './shapes.ts';

/** Encodings inside encodings are followed this far; what is still encoded then counts as secret. */
const MAX_LAYERS = 4;

/** Below this length no shape fits and nothing is announced. */
const SHORTEST = 6;

/**
 * Gives the text with every secret replaced that a name announces, that has the shape of one, or that is
 * inside base64 or percent-encoding. `extra` adds names that count in this record only.
 */
export function redactPlain(text: string, extra: Extra, layer = 0): string {
  if (text.length < SHORTEST || isMarker(text)) return text;
  const plain = text.includes('\\') ? unescapeAscii(text) : text;
  let out = plain;
  if (/[:=]|-[a-z]/i.test(out)) out = redactAssignments(out, extra);
  out = redactShapes(out);
  const hasSecret = (decoded: string): boolean =>
    layer >= MAX_LAYERS || redactPlain(decoded, extra, layer + 1) !== decoded;
  out = redactBase64(out, hasSecret);
  out = redactPercent(out, hasSecret);
  return out === plain ? text : out;
}

/** Writers may escape ASCII in JSON as they like (`\/`, `\u003d`); names and shapes are looked for in one form. */
function unescapeAscii(text: string): string {
  return text.replaceAll(/(?<!\\)\\+(?:\/|u00([2-7][0-9a-f]))/gi, (escape, hex: string | undefined) => {
    if (hex === undefined) return '/';
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return char === '"' || char === '\\' ? escape : char;
  });
}
