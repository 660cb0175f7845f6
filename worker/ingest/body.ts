/** A request body as the pieces of JSON in it, decoded, unzipped and bounded while it streams. */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createSplitter, type Piece } from '../../shared/event/split.ts';

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

/** A record is at most this long, decoded. */
const MAX_RECORD_CHARS = 2 * 1024 * 1024;

/**
 * The pieces of a body, a few at a time. Gzip is told by its first bytes, whatever the headers say. `limit` bounds
 * the decoded bytes; a body that unpacks to more is not unpacked further.
 */
export function readBody(body: ReadableStream<Uint8Array>, limit: number): Reading {
  let broken: Broken | undefined;
  let blank = true;
  async function* pieces(): AsyncGenerator<Piece[]> {
    const splitter = createSplitter({ maxChars: MAX_RECORD_CHARS });
    const decoder = new TextDecoder();
    let bytes = 0;
    try {
      for await (const chunk of await unzipped(body)) {
        bytes += chunk.byteLength;
        const text = decoder.decode(chunk, { stream: true });
        blank &&= text.trim() === '';
        if (bytes > limit) {
          broken = { kind: 'too-large', limit: `${limit} bytes once unpacked` };
          return;
        }
        yield splitter.push(text);
      }
    } catch {
      // The streams of the platform fail with any error: a broken gzip, or a connection that was cut.
      broken = { kind: 'unreadable', reason: 'The body broke off, or is no valid gzip.' };
      return;
    }
    yield splitter.push(decoder.decode());
    yield splitter.end();
  }
  return { pieces: pieces(), broken: () => broken, blank: () => blank };
}

/** The platform's own gzip reader stops at the end of the first member; log files often have several. */
async function unzipped(body: ReadableStream<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const reader = body.getReader();
  const first = await reader.read();
  const chunks = (async function* (): AsyncGenerator<Uint8Array> {
    for (let read = first; !read.done; read = await reader.read()) yield read.value;
  })();
  const zipped = first.value?.[0] === 0x1f && first.value[1] === 0x8b;
  // The failure itself arrives where the unpacked bytes are read.
  return zipped ? pipeline(Readable.from(chunks), createGunzip(), () => {}) : chunks;
}
