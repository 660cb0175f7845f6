/** Where a value ends in text that may be JSON at any escape level, cut anywhere, a form, a script, or prose. */

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const DOUBLE = 34;
const SINGLE = 39;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

/** `, ; & ) } ] >` */
const CLOSERS: ReadonlySet<number> = new Set([44, 59, 38, 41, CLOSE, CLOSE_LIST, 62]);

/** A value's characters, `start` to before `end`, without quotes. */
export interface Extent {
  form: 'quoted' | 'bare' | 'nested';
  start: number;
  end: number;
}

export interface Reading {
  /** The text is (part of) JSON source, so a backslash escapes. */
  escaped: boolean;
  /** A value without quotes goes on to the end of its line. */
  toLineEnd: boolean;
}

/** Gives the extent of the value that starts at `at`: quoted, an object or list, or bare. */
export function valueAt(text: string, at: number, reading: Reading): Extent {
  const open = text[at];
  if (open === '{' || open === '[') return { form: 'nested', start: at, end: nestedEnd(text, at) };
  const slashes = reading.escaped ? countSlashes(text, at) : 0;
  const quote = text.charCodeAt(at + slashes);
  if (quote !== DOUBLE && quote !== SINGLE)
    return { form: 'bare', start: at, end: bareEnd(text, at, reading) };
  const isCsv = isDoubled(text, at + slashes + 1, quote);
  const start = at + slashes + (isCsv ? 2 : 1);
  const end = isCsv ? doubledEnd(text, start, quote) : quotedEnd(text, start, quote, slashes);
  return { form: 'quoted', start, end };
}

/** Index of the quote (or its backslashes) that ends a string whose own quote stood after `slashes` backslashes. */
export function quotedEnd(text: string, start: number, quote: number, slashes: number): number {
  let run = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) run += 1;
    else {
      // Each level of escaping doubles the backslashes and adds one; a quote with fewer closes an outer string.
      const closes = code === quote && (run < slashes || run % (2 * (slashes + 1)) === slashes);
      const closesOuter = code === DOUBLE && run < slashes;
      if (closes || closesOuter) return at - Math.min(run, slashes);
      run = 0;
    }
  }
  return text.length;
}

/** CSV doubles the quotes of the JSON that it holds: `""password"":""…""`. */
function isDoubled(text: string, start: number, quote: number): boolean {
  return text.charCodeAt(start) === quote && start + 1 < text.length && !isDelimiter(text, start + 1);
}

function doubledEnd(text: string, start: number, quote: number): number {
  const char = String.fromCharCode(quote);
  const end = text.indexOf(char + char, start);
  return end === -1 ? text.length : end;
}

/** Index after the bracket that closes the one at `open`; brackets inside strings do not count. */
function nestedEnd(text: string, open: number): number {
  let depth = 0;
  let level = -1;
  for (let at = open; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN || code === OPEN_LIST) depth += 1;
    else if (code === CLOSE || code === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (code === BACKSLASH || code === DOUBLE) {
      const slashes = countSlashes(text, at);
      if (text.charCodeAt(at + slashes) !== DOUBLE) at += Math.max(0, slashes - 1);
      else {
        if (level === -1) level = slashes;
        if (slashes < level) return at;
        const end = quotedEnd(text, at + slashes + 1, DOUBLE, slashes);
        at = end + countSlashes(text, end);
      }
    }
  }
  return text.length;
}

function bareEnd(text: string, start: number, { escaped, toLineEnd }: Reading): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN) return at;
    if (code === SPACE || code === TAB) {
      if (!toLineEnd) return at;
    } else if (code === BACKSLASH && escaped) {
      const slashes = countSlashes(text, at);
      const next = text[at + slashes];
      if (next === undefined || next === 'n' || next === 'r' || next === 't') return at;
      if ((next === '"' || next === "'") && isDelimiter(text, at + slashes + 1)) return at;
      at += slashes - 1;
    } else if (code === DOUBLE || code === SINGLE) {
      if (isDelimiter(text, at + 1)) return at;
    } else if (!toLineEnd && CLOSERS.has(code) && endsItem(text, at + 1)) return at;
  }
  return text.length;
}

const NEXT_ITEM = /[\s"'\\,;&)}\]>{[]|[\w.-]{1,64}\s?[=:]|$/y;

/** True where a bare value ends at the closer before `at`; a password may hold one, and then plainly goes on. */
function endsItem(text: string, at: number): boolean {
  NEXT_ITEM.lastIndex = at;
  return NEXT_ITEM.test(text);
}

/** True at the end, or where a character stands that cannot go on a word after a closing quote. */
function isDelimiter(text: string, at: number): boolean {
  return at >= text.length || /[\s,;:&)}\]>"'\\]/.test(text.charAt(at));
}

function countSlashes(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === BACKSLASH) end += 1;
  return end - at;
}
