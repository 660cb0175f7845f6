/** A body as the pieces of JSON in it, decoded, unzipped and bounded while it streams. */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readPieces, type Platform } from '../../shared/event/pieces.ts';
import type { Piece } from '../../shared/event/split.ts';

/** Why reading stopped before the end. */
export type Broken = { kind: 'too-large'; limit: string } | { kind: 'unreadable'; reason: string };

/** A body while it is read. */
export interface Reading {
  pieces: AsyncGenerator<Piece[]>;
  /** Why the pieces ended early; undefined where they did not. */
  broken: () => Broken | undefined;
  /** Whether nothing but blanks was in it. */
  blank: () => boolean;
}

/** The platform's own gzip reader stops at the end of the first member; log files often have several. */
export const PLATFORM: Platform = {
  // The failure itself arrives where the unpacked bytes are read.
  gunzip: (zipped) => pipeline(Readable.from(zipped), createGunzip(), () => {}),
  decoder: () => new TextDecoder(),
};

/**
 * The pieces of a body, a few at a time. Gzip is told by its first bytes, whatever the headers say. `limit` bounds
 * the decoded bytes; a body that unpacks to more is not unpacked further.
 */
export function readBody(body: ReadableStream<Uint8Array>, limit: number): Reading {
  const { pieces, end, blank } = readPieces(chunksOf(body), PLATFORM, { maxBytes: limit });
  const broken = (): Broken | undefined => {
    const how = end();
    if (how === undefined || how.kind === 'whole') return undefined;
    return how.kind === 'too-large'
      ? { kind: 'too-large', limit: `${limit} bytes once unpacked` }
      : { kind: 'unreadable', reason: 'The body broke off, or is no valid gzip.' };
  };
  return { pieces, broken, blank };
}

/** The chunks of a stream; who stops taking them cancels it. */
export async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let isOpen = true;
  try {
    for (;;) {
      const read = await reader.read();
      if (read.done) break;
      yield read.value;
    }
    isOpen = false;
  } finally {
    // What failed cannot be cancelled, and need not be.
    if (isOpen) await reader.cancel().catch(() => {});
  }
}
