/** Secrets inside base64 and inside percent-encoding. */

import { marker } from './marker.ts';

/** 24 characters, of which two may be padding. */
const SHORTEST = 22;
/** A line of base64 at least this long goes on after a line break. */
const WRAPPED = 60;
const BACKSLASH = 92;
const EQUALS = 61;
const NONE = 64;

/** Six bits of each ASCII character, in the standard or the url-safe alphabet; NONE for all others. */
const SEXTETS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (char === '-') return 62;
  if (char === '_') return 63;
  const at = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(char);
  return at === -1 ? NONE : at;
});

/** Replaces each run of base64 that decodes to a text in which `hasSecret` finds something. */
export function redactBase64(text: string, hasSecret: (decoded: string) => boolean): string {
  let out = '';
  let done = 0;
  let at = 0;
  while (at + SHORTEST <= text.length) {
    // Read backwards: one other character rules out every run that would hold it.
    let start = at + SHORTEST;
    while (start > at && sextetAt(text, start - 1) !== NONE) start -= 1;
    if (start > at) {
      at = start;
      continue;
    }
    const end = runEnd(text, at);
    const decoded = decodeBase64(text, at, end);
    if (decoded !== undefined && hasSecret(decoded)) {
      out += text.slice(done, at) + marker('base64');
      done = end;
    }
    at = end;
  }
  return done === 0 ? text : out + text.slice(done);
}

/** Replaces each percent-encoded run that decodes to a text in which `hasSecret` finds something. */
export function redactPercent(text: string, hasSecret: (decoded: string) => boolean): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(/[^\s"'<>&?=;\\]+/g, (run) => {
    if (!run.includes('%')) return run;
    const decoded = decodePercent(run);
    return decoded !== run && hasSecret(decoded) ? marker('encoded') : run;
  });
}

function sextetAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (SEXTETS[code] ?? NONE) : NONE;
}

/** Index after the run of base64 that starts at `start`, wrapped lines and padding included. */
function runEnd(text: string, start: number): number {
  let end = start;
  let line = start;
  for (;;) {
    while (sextetAt(text, end) !== NONE) end += 1;
    const next = afterBreak(text, end);
    if (next === end || end - line < WRAPPED || sextetAt(text, next) === NONE) break;
    line = next;
    end = next;
  }
  for (let padding = 0; padding < 2 && text.charCodeAt(end) === EQUALS; padding += 1) end += 1;
  return end;
}

/** Index after line breaks, raw or escaped, indentation, and backslashes; `at` where there are none. */
function afterBreak(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code === BACKSLASH) next = afterEscape(text, next);
    else if (code === 10 || code === 13 || code === 32 || code === 9) next += 1;
    else return next;
  }
}

/** Index after backslashes and the `n` or `r` that they escape. */
function afterEscape(text: string, at: number): number {
  let next = at;
  while (text.charCodeAt(next) === BACKSLASH) next += 1;
  return text[next] === 'n' || text[next] === 'r' ? next + 1 : next;
}

/** The bytes as Latin-1 text (enough to look for names and shapes), or undefined if they are not text. */
function decodeBase64(text: string, start: number, end: number): string | undefined {
  let out = '';
  let bits = 0;
  let held = 0;
  for (let at = start; at < end; at += 1) {
    if (text.charCodeAt(at) === BACKSLASH) at = afterEscape(text, at);
    const sextet = sextetAt(text, at);
    if (sextet === NONE) continue;
    held = ((held << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    // Windows scripts are UTF-16: their ASCII is every other byte, the rest is zero.
    if (byte === 0) continue;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
    if (byte === 127) return undefined;
    out += String.fromCharCode(byte);
  }
  return out;
}

/** Decodes until nothing changes, at most four layers; bytes past ASCII become Latin-1. */
function decodePercent(run: string): string {
  let decoded = run;
  for (let layer = 0; layer < 4; layer += 1) {
    const next = decoded.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}
