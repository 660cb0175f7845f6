/**
 * Cuts a stream of text into the JSON values in it, without parsing them: NDJSON, lists, values one after another,
 * pretty-printed or not. What is broken is refused by itself, and reading goes on behind it.
 */

export type Piece =
  | { ok: true; text: string; line: number }
  | { ok: false; reason: string; text: string; line: number };

export interface Splitter {
  /** Takes the next part of the text, cut anywhere; gives the pieces that it completes. */
  push(chunk: string): Piece[];
  /** Gives what is left when the text ends. */
  end(): Piece[];
}

/** What is kept of a value that is too long, in characters. */
const KEPT = 4096;
/** Deeper than any reader here goes; bounds what is remembered of a value that is too long to keep. */
const MAX_DEPTH = 1000;

const NEWLINE = 10;
const BLANK = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;
const BYTE_ORDER_MARK = 0xfeff;

const SCALAR = /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;

/**
 * Gives a splitter. `line` of a piece is where it starts, from 1. Elements of a top-level list are pieces of their
 * own. A value longer than `maxChars` is refused with its first 4,096 characters and not kept.
 */
export function createSplitter({ maxChars }: { maxChars: number }): Splitter {
  return splitter({ maxChars, firstLine: 1, inList: false, again: false });
}

/** `again`: the text was found broken and is read a second time; now a `{` that opens a line begins a value. */
function splitter(options: {
  maxChars: number;
  firstLine: number;
  inList: boolean;
  again: boolean;
}): Splitter {
  const { maxChars, again } = options;
  /** Between values; in a `value` of brackets or quotes; in a bare `word`; in the `rest` of something broken. */
  let mode: keyof typeof readers = 'between';
  let inList = options.inList;
  let pieces: Piece[] = [];
  let line = options.firstLine;
  /** Where the line starts in this chunk; negative if it started before. */
  let lineStart = 0;
  /** Nothing but blanks so far in this line. */
  let isFresh = true;

  // The value being read: its text from former chunks, and where it goes on in this one.
  let held = '';
  let start = 0;
  let startLine = 1;
  /** Its column if it opens its line, else -1. */
  let indent = -1;
  let brackets: number[] = [];
  let inString = false;
  let isEscaped = false;
  /** The last character that is no blank, outside strings. */
  let last = 0;
  /** Why the value will be refused, or ''. */
  let fault = '';
  let isTooLong = false;

  const readers = { between: readBetween, value: readValue, word: readWord, rest: readRest };

  function begin(next: 'value' | 'word', at: number): void {
    mode = next;
    held = '';
    start = at;
    startLine = line;
    indent = isFresh ? at - lineStart : -1;
    isFresh = false;
    brackets = [];
    inString = false;
    isEscaped = false;
    last = 0;
    fault = '';
    isTooLong = false;
  }

  /** Ends the value before `end`; gives `end`. */
  function finish(chunk: string, end: number): number {
    const text = (held + chunk.slice(start, end)).trimEnd();
    const reason = mode === 'word' && !SCALAR.test(text) ? 'not JSON' : fault;
    isFresh = mode === 'rest' || end === lineStart;
    mode = 'between';
    held = '';
    if (isTooLong) return end;
    if (text.length > maxChars) refuseLong(text);
    else if (reason === '') pieces.push({ ok: true, text, line: startLine });
    else refuse(reason, text);
    return end;
  }

  /** A value that was never closed takes in the lines below it: those that open with a brace are read again. */
  function refuse(reason: string, text: string): void {
    const next = again ? -1 : text.indexOf('\n{');
    pieces.push({
      ok: false,
      reason,
      text: next === -1 ? text : text.slice(0, next).trimEnd(),
      line: startLine,
    });
    if (next === -1) return;
    const lines = text.slice(0, next + 1).split('\n').length - 1;
    const second = splitter({ maxChars, firstLine: startLine + lines, inList, again: true });
    pieces = pieces.concat(second.push(text.slice(next + 1)), second.end());
  }

  function refuseLong(text: string): void {
    const reason = `record longer than ${maxChars} characters`;
    pieces.push({ ok: false, reason, text: text.slice(0, KEPT), line: startLine });
  }

  function passNewline(at: number): number {
    line += 1;
    lineStart = at + 1;
    isFresh = true;
    return at + 1;
  }

  function readBetween(chunk: string, at: number): number {
    const code = chunk.charCodeAt(at);
    if (code === NEWLINE) return passNewline(at);
    if (code <= BLANK || code === COMMA || code === BYTE_ORDER_MARK) return at + 1;
    if (inList ? code === CLOSE_LIST : code === OPEN_LIST) {
      inList = !inList;
      return at + 1;
    }
    begin(code === OPEN || code === OPEN_LIST || code === QUOTE ? 'value' : 'word', at);
    return at;
  }

  /** A bare word ends with its line, in a list with its element. */
  function readWord(chunk: string, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (code === NEWLINE || (inList && (code === COMMA || code === CLOSE_LIST))) return finish(chunk, at);
    }
    return chunk.length;
  }

  /** What follows a broken value goes with it, up to a line that can begin the next one or close the list. */
  function readRest(chunk: string, at: number): number {
    const code = chunk.charCodeAt(at);
    if (code === NEWLINE) return passNewline(at);
    if (code <= BLANK || !isFresh) return at + 1;
    const column = at - lineStart;
    const begins = code === OPEN || (code === OPEN_LIST && !inList);
    const fits = inList ? indent === -1 || column <= indent : column === 0;
    if (fits && (begins || (inList && code === CLOSE_LIST))) return finish(chunk, at);
    isFresh = false;
    return at + 1;
  }

  function readValue(chunk: string, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (inString) {
        at = readString(chunk, at);
        if (mode !== 'value') return at;
        continue;
      }
      const code = chunk.charCodeAt(at);
      if (code > BLANK && code !== OPEN && code !== CLOSE && code !== OPEN_LIST && code !== CLOSE_LIST) {
        if (code === QUOTE) inString = true;
        last = code;
        at += 1;
      } else if (code <= BLANK) {
        if (code === NEWLINE && fault !== '' && !inList) return breakOff(chunk, at);
        at = code === NEWLINE ? passNewline(at) : at + 1;
      } else {
        at = code === OPEN || code === OPEN_LIST ? open(chunk, at, code) : close(chunk, at, code);
        if (mode !== 'value') return at;
        last = code;
      }
    }
    return at;
  }

  /** Reads inside a string, up to after its closing quote. */
  function readString(chunk: string, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (isEscaped && code !== NEWLINE) isEscaped = false;
      else if (code === BACKSLASH) isEscaped = true;
      else if (code === QUOTE) {
        inString = false;
        return brackets.length === 0 ? finish(chunk, at + 1) : at + 1;
      } else if (code === NEWLINE) {
        fault ||= 'line break inside a string';
        return breakOff(chunk, at);
      }
    }
    return chunk.length;
  }

  /** Takes an opening bracket, or ends the value before it where it shows that the value was never closed. */
  function open(chunk: string, at: number, code: number): number {
    const inner = brackets.at(-1);
    const opensLine = at === lineStart && code === OPEN;
    const fits = inner === OPEN ? last === COLON && !opensLine : last === COMMA || last === OPEN_LIST;
    if (inner !== undefined && (!fits || (again && opensLine))) {
      fault ||= 'not closed';
      if (opensLine || (inList && last === COMMA && brackets.length === 1)) return finish(chunk, at);
    }
    brackets.push(code);
    if (brackets.length <= MAX_DEPTH) return at + 1;
    fault ||= `nested deeper than ${MAX_DEPTH} levels`;
    return breakOff(chunk, at);
  }

  /** Takes a closing bracket; one that does not fit closes what it can, so that the next element can be read. */
  function close(chunk: string, at: number, code: number): number {
    const opener = code === CLOSE ? OPEN : OPEN_LIST;
    const depth = brackets.lastIndexOf(opener);
    if (depth !== brackets.length - 1) fault ||= 'brackets do not match';
    if (depth === -1) return inList && code === CLOSE_LIST ? finish(chunk, at) : at + 1;
    brackets.length = depth;
    return depth === 0 ? finish(chunk, at + 1) : at + 1;
  }

  /** Gives up a broken value: one line alone ends with the line, several take their rest with them. */
  function breakOff(chunk: string, at: number): number {
    if (!inList && line === startLine && chunk.charCodeAt(at) === NEWLINE) return finish(chunk, at);
    mode = 'rest';
    return at;
  }

  return {
    push(chunk) {
      pieces = [];
      start = 0;
      for (let at = 0; at < chunk.length;) at = readers[mode](chunk, at);
      lineStart -= chunk.length;
      if (mode === 'between' || isTooLong) return pieces;
      held += chunk.slice(start);
      if (held.length > maxChars) {
        refuseLong(held);
        isTooLong = true;
        held = '';
      }
      return pieces;
    },
    end() {
      pieces = [];
      start = 0;
      if (mode === 'value') fault ||= 'ends before it is complete';
      if (mode !== 'between') finish('', 0);
      if (inList && !again) pieces.push({ ok: false, reason: 'the list is not closed', text: '', line });
      inList = false;
      return pieces;
    },
  };
}
