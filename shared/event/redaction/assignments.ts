/**
 * Secrets that a name announces, in text that does not parse as JSON: cut JSON at any escape level, forms and
 * queries, ini and environment files, YAML, command lines. One pass; each separator looks back for its name.
 */

import { type Extent, valueAt } from './extent.ts';
import type { KeyFacts } from './keys.ts';
import { announced, flagAt, indentOf, type KeyAt, keyBefore } from './lookback.ts';
import { hasMarkerAt, isAccessKeyId, isHarmless, isMarker, type Kind, marker } from './marker.ts';
import { createPairs, type Secret } from './pairs.ts';
import { blockEnd, isBlockScalar } from './yaml.ts';

/** Gives the kind of secret that a name announces in this record only, or undefined. */
export type Extra = (facts: KeyFacts) => Kind | undefined;

interface Edit {
  start: number;
  end: number;
  kind: Kind;
}

const DASH = 45;
const COLON = 58;
const EQUALS = 61;
const OPEN = 123;
const CLOSE = 125;

/** Replaces every value that its name marks as secret. */
export function redactAssignments(text: string, extra: Extra): string {
  const edits = findAssignments(text, extra);
  if (edits.length === 0) return text;
  let out = '';
  let done = 0;
  for (const { start, end, kind } of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    // What a pair conceals may have been read inside before its name came.
    if (start < done) continue;
    out += text.slice(done, start) + marker(kind);
    done = end;
  }
  return out + text.slice(done);
}

function findAssignments(text: string, extra: Extra): Edit[] {
  const escaped = /^\s*[[{"]|\\"|":/.test(text);
  const pairs = createPairs(text, escaped);
  const edits: Edit[] = [];

  function secretAt(at: number): Secret | undefined {
    const code = text.charCodeAt(at);
    if (code === DASH) return flagAt(text, at);
    if (code === OPEN || code === CLOSE) pairs.reset();
    const key = code === COLON || code === EQUALS ? keyBefore(text, at) : undefined;
    if (key === undefined) return undefined;
    const kind = announced(key) ?? extra(key.facts);
    if (kind !== undefined) return { kind, at: afterSeparator(text, at, key), indent: indentOf(text, key) };
    if (key.facts.isLoginSettings) return unreadableSettings(text, afterSeparator(text, at, key));
    return key.facts.pair && pairs.meet(key, afterSeparator(text, at, key));
  }

  let at = 0;
  while (at < text.length) {
    const secret = secretAt(at);
    at += 1;
    if (secret === undefined) continue;
    const { next, edit } = readSecret(text, secret, escaped);
    if (edit !== undefined) edits.push(edit);
    at = Math.max(at, next);
  }
  return edits;
}

/** Index of the value: after `:`, `=`, `:=`, `=>`, `==` and blanks, for a quoted key after line breaks too. */
function afterSeparator(text: string, at: number, { quoted }: KeyAt): number {
  const blanks = quoted ? /[:=>]{1,3}\s*/y : /[:=>]{1,3}[ \t]*/y;
  blanks.lastIndex = at;
  blanks.test(text);
  return blanks.lastIndex;
}

/** Settings that are no object inside cannot be read field by field: they are concealed whole. */
function unreadableSettings(text: string, at: number): Secret | undefined {
  return /^[\\"'\s]{0,80}[[{]/.test(text.slice(at, at + 84)) ? undefined : { kind: 'credential', at };
}

/** Gives what to conceal of a secret, if anything, and where reading goes on. */
function readSecret(
  text: string,
  { kind, at, indent }: Secret,
  escaped: boolean,
): { next: number; edit?: Edit } {
  if (kind === 'authorization' && isSigned(text, at)) return { next: at };
  const isHeader = kind === 'authorization' || kind === 'cookie';
  const opensLine = indent !== undefined && /[ \t]/.test(text.charAt(at - 1));
  const extent = valueAt(text, at, { escaped, toLineEnd: isHeader || opensLine });
  if (staysReadable(text, extent, kind)) return { next: extent.end };
  const end = isBlockScalar(text, extent) ? blockEnd(text, extent.end, indent ?? 0) : extent.end;
  return { next: end, edit: { start: extent.start, end, kind } };
}

const SIGNED =
  /[\\"']{0,80}(?:TC3-HMAC-SHA256|AWS4-HMAC-SHA256|q-sign-algorithm=)[^\n"]{0,1000}?signature=/iy;

/** An authorization that names its key and carries a signature: only the signature in it is secret. */
export function isSigned(text: string, at: number): boolean {
  SIGNED.lastIndex = at;
  return SIGNED.test(text);
}

function staysReadable(text: string, { form, start, end }: Extent, kind: Kind): boolean {
  if (form === 'bare' && hasMarkerAt(text, start)) return true;
  // Only short texts can be harmless; the rest need not be copied.
  if (end - start > 300) return false;
  const value = text.slice(start, end);
  if (form === 'nested') return /^[[{]\s*[\]}]$/.test(value);
  return (
    isHarmless(value) ||
    isMarker(value) ||
    ((kind === 'key' || kind === 'credential') && isAccessKeyId(value))
  );
}
