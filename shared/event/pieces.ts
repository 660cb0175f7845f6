/**
 * The bytes of a log → the pieces of JSON in it: unzipped, decoded and cut while they stream, so that a log of any
 * length fits. Bodies that are sent, files of a bucket and files of `npm run import` are all read with this.
 */
import { createSplitter, type Piece } from './split.ts';

/** What the platform brings along. */
export interface Platform {
  /** Unpacks gzip of any number of members; fails where it is damaged or breaks off, and where its input fails. */
  gunzip: (zipped: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** A new decoder of UTF-8. */
  decoder: () => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string };
}

/** How reading ended. Whatever was given before it did is good. */
export type End =
  | { kind: 'whole' }
  /** It unpacks to more bytes than were allowed. */
  | { kind: 'too-large' }
  /** The bytes could not be had: a connection broke, or a disk. */
  | { kind: 'cut'; error: unknown }
  /** They are gzip, and that is damaged or breaks off. */
  | { kind: 'damaged'; error: unknown };

/** A log while it is read. */
export interface Reading {
  /** Some at a time; ends, and never fails. */
  pieces: AsyncGenerator<Piece[]>;
  /** How it ended; undefined while it goes on, and where the reader stopped. */
  end: () => End | undefined;
  /** Whether nothing but blanks was in it so far. */
  blank: () => boolean;
}

/** A record is at most this long, decoded. */
export const MAX_RECORD_CHARS = 2 * 1024 * 1024;

/** The pieces in the bytes. Gzip is told by its first bytes, whatever anything else says; `maxBytes` bounds it unpacked. */
export function readPieces(
  bytes: AsyncIterable<Uint8Array>,
  platform: Platform,
  { maxBytes }: { maxBytes: number },
): Reading {
  let end: End | undefined;
  let blank = true;
  let failed: { error: unknown } | undefined;

  async function* noticed(): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } catch (error) {
      failed = { error };
      throw error;
    }
  }

  async function* pieces(): AsyncGenerator<Piece[]> {
    const splitter = createSplitter({ maxChars: MAX_RECORD_CHARS });
    const decoder = platform.decoder();
    let size = 0;
    try {
      for await (const chunk of unzipped(noticed(), platform)) {
        size += chunk.byteLength;
        if (size > maxBytes) {
          end = { kind: 'too-large' };
          return;
        }
        const text = decoder.decode(chunk, { stream: true });
        blank &&= text.trim() === '';
        yield splitter.push(text);
      }
    } catch (error) {
      end = failed === undefined ? { kind: 'damaged', error } : { kind: 'cut', ...failed };
      return;
    }
    yield splitter.push(decoder.decode());
    yield splitter.end();
    end = { kind: 'whole' };
  }

  return { pieces: pieces(), end: () => end, blank: () => blank };
}

async function* unzipped(
  bytes: AsyncGenerator<Uint8Array>,
  { gunzip }: Platform,
): AsyncGenerator<Uint8Array> {
  const head: Uint8Array[] = [];
  const first: number[] = [];
  while (first.length < 2) {
    const next = await bytes.next();
    if (next.done) break;
    head.push(next.value);
    first.push(...next.value.subarray(0, 2));
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* head;
    yield* bytes;
  }
  yield* first[0] === 0x1f && first[1] === 0x8b ? gunzip(whole()) : whole();
}
