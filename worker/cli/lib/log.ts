import { appendFileSync, renameSync, statSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** A log file is moved aside (one former is kept) once it is this long. */
const LONGEST = 4_000_000;
const TAIL = 30;

export interface Log {
  /** Adds output as it comes. */
  add(text: string): void;
  /** The last lines, for when something went wrong. */
  tail(): string[];
}

/**
 * A log file of bounded size, readable by the owner only. Whatever is in `secrets` is struck out before it is
 * written or shown.
 */
export function createLog(path: string, secrets: readonly string[]): Log {
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let unfinished = '';
  const tail: string[] = [];
  const strike = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '«secret»'), text);
  const keep = (line: string): void => {
    if (size > LONGEST) {
      renameSync(path, `${path}.1`);
      size = 0;
    }
    const clean = strike(line);
    appendFileSync(path, `${clean}\n`, { mode: 0o600 });
    size += Buffer.byteLength(clean) + 1;
    tail.push(clean);
    if (tail.length > TAIL) tail.shift();
  };
  return {
    add(text) {
      // Whole lines only: a secret may be cut by the border of a chunk.
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) keep(stripVTControlCharacters(line));
      if (unfinished.length > 64_000) {
        keep(unfinished);
        unfinished = '';
      }
    },
    tail: () => [...tail, ...(unfinished ? [strike(unfinished)] : [])],
  };
}
