/** Where a value ends in text that may be JSON at any escape level, cut anywhere, a form, a script, or prose. */

const BACKSLASH = 92;
const DOUBLE = 34;
const SINGLE = 39;

/** A value's characters, `start` to before `end`; `next` is where reading goes on. */
export interface Extent {
  form: 'quoted' | 'bare' | 'nested';
  start: number;
  end: number;
  next: number;
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
  if (open === '{' || open === '[') {
    const end = nestedEnd(text, at);
    return { form: 'nested', start: at, end, next: end };
  }
  const slashes = reading.escaped ? countSlashes(text, at) : 0;
  const quote = text.charCodeAt(at + slashes);
  if (quote !== DOUBLE && quote !== SINGLE) {
    const end = bareEnd(text, at, reading);
    return { form: 'bare', start: at, end, next: end };
  }
  const isCsv = isDoubled(text, at + slashes + 1, quote);
  const start = at + slashes + (isCsv ? 2 : 1);
  const end = isCsv ? doubledEnd(text, start, quote) : quotedEnd(text, start, quote, slashes);
  return { form: 'quoted', start, end, next: end };
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
    if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
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
    if (code === 10 || code === 13) return at;
    if (code === 32 || code === 9) {
      if (!toLineEnd) return at;
    } else if (code === BACKSLASH && escaped) {
      const slashes = countSlashes(text, at);
      const next = text[at + slashes];
      if (next === undefined || next === 'n' || next === 'r' || next === 't') return at;
      if ((next === '"' || next === "'") && isDelimiter(text, at + slashes + 1)) return at;
      at += slashes - 1;
    } else if (code === DOUBLE || code === SINGLE) {
      if (isDelimiter(text, at + 1)) return at;
    } else if (!toLineEnd && isCloser(code) && endsItem(text, at + 1)) return at;
  }
  return text.length;
}

/** `, ; & ) } ] >`: they end a bare value unless the value plainly goes on. */
function isCloser(code: number): boolean {
  return (
    code === 44 || code === 59 || code === 38 || code === 41 || code === 125 || code === 93 || code === 62
  );
}

const NEXT_ITEM = /[\s"'\\,;&)}\]>{[]|[\w.-]{1,64}\s?[=:]|$/y;

function endsItem(text: string, at: number): boolean {
  NEXT_ITEM.lastIndex = at;
  return NEXT_ITEM.test(text);
}

/** True at the end, or where a character stands that cannot go on a word after a closing quote. */
function isDelimiter(text: string, at: number): boolean {
  return at >= text.length || /[\s,;:&)}\]>"'\\]/.test(text.charAt(at));
}

export function countSlashes(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === BACKSLASH) end += 1;
  return end - at;
}
