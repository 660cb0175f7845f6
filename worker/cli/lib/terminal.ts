/**
 * Text from files, records and servers, made safe to print: control characters (escape sequences among
 * them) and characters that reorder or hide text are shown as `\u{…}`, and at most `max` characters stay.
 */
export function inert(text: string, max = 300): string {
  const cut = text.length > max ? `${text.slice(0, max)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => {
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** A number with thousands separated: `12,345`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** The part of a stream that progress needs. */
export interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

export interface Progress {
  /** Shows a line, in place of the former one; left out where it would come too soon after it. */
  show(line: () => string): void;
  /** Takes the line away (terminal only), so that other text can follow. */
  clear(): void;
}

/**
 * Progress on a screen: on a terminal one line rewritten ten times a second, elsewhere (a pipe, a log of
 * CI) a whole line every five seconds. `now` gives milliseconds.
 */
export function createProgress(screen: Screen, now: () => number = Date.now): Progress {
  const pause = screen.isTTY ? 100 : 5000;
  let last = -Infinity;
  let shown = false;
  return {
    show(line) {
      if (now() - last < pause) return;
      last = now();
      screen.write(screen.isTTY ? `\r\u001b[K${line()}` : `${line()}\n`);
      shown = true;
    },
    clear() {
      if (shown && screen.isTTY) screen.write('\r\u001b[K');
      shown = false;
    },
  };
}

/** A bar of 24 characters: `[######------------------]  25%`. */
export function bar(done: number, total: number): string {
  const part = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.floor(part * 24);
  return `[${'#'.repeat(filled)}${'-'.repeat(24 - filled)}] ${String(Math.floor(part * 100)).padStart(3)}%`;
}

/** Bytes for people: `512 B`, `3.4 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const step = value < 1e6 ? 1 : value < 1e9 ? 2 : 3;
  return `${(value / 1000 ** step).toFixed(1)} ${['kB', 'MB', 'GB'][step - 1]}`;
}
