import type { Json } from './event.ts';
import { text } from './json.ts';

const PRINTABLE = /^[\x20-\x7e]*$/;

/** Most characters of a name, an id or another short field. */
export const SHORT = 256;
/** Most characters of a message. */
export const LONG = 2048;

/**
 * Gives a scalar as one bounded line: trimmed, NFC, control characters replaced (not removed, which could turn
 * one name into another).
 */
export function line(value: Json | undefined, max: number = SHORT): string {
  const trimmed = text(value).trim();
  return PRINTABLE.test(trimmed) ? trimmed.slice(0, max) : cut(trimmed.replace(/\p{Cc}/gu, '\uFFFD'), max);
}

/** Gives a scalar as bounded text that may have several lines. */
export function prose(value: Json | undefined, max: number = LONG): string {
  return cut(
    text(value)
      .trim()
      .replace(/[^\P{Cc}\n\t]/gu, '\uFFFD'),
    max,
  );
}

/** Gives the first `max` characters, in NFC and without half a surrogate pair. */
function cut(value: string, max: number): string {
  return value.slice(0, max).normalize('NFC').slice(0, max).toWellFormed();
}
