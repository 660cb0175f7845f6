/** A request body as the pieces of JSON in it, decoded, unzipped and bounded while it streams. */
import { createSplitter, type Piece } from '../../shared/event/split.ts';

/** Why reading stopped before the end. */
export type Broken = { kind: 'too-large'; limit: number } | { kind: 'unreadable'; reason: string };

/** What reading the body left behind when the pieces ran out. */
export interface Reading {
  pieces: AsyncGenerator<Piece[]>;
  /** Set once the pieces have ended early. */
  broken: () => Broken | undefined;
}

/** A record is at most this long, decoded. */
const MAX_RECORD_CHARS = 4 * 1024 * 1024;

/**
 * The pieces of a body, a few at a time. Gzip is told by its first bytes, whatever the headers say. `limit` bounds
 * the decoded bytes; a body that unpacks to more is not unpacked further.
 */
export function readBody(body: ReadableStream<Uint8Array>, limit: number): Reading {
  let broken: Broken | undefined;
  async function* pieces(): AsyncGenerator<Piece[]> {
    const splitter = createSplitter({ maxChars: MAX_RECORD_CHARS });
    const decoder = new TextDecoder();
    let bytes = 0;
    try {
      for await (const chunk of await unzipped(body)) {
        bytes += chunk.byteLength;
        if (bytes > limit) {
          broken = { kind: 'too-large', limit };
          return;
        }
        yield splitter.push(decoder.decode(chunk, { stream: true }));
      }
    } catch {
      // The streams of the platform fail with any error: a broken gzip, or a connection that was cut.
      broken = { kind: 'unreadable', reason: 'The body broke off, or is no valid gzip.' };
      return;
    }
    yield splitter.push(decoder.decode());
    yield splitter.end();
  }
  return { pieces: pieces(), broken: () => broken };
}

async function unzipped(body: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const { head, whole } = await peek(body);
  const zipped = head[0] === 0x1f && head[1] === 0x8b;
  return zipped ? whole.pipeThrough(new DecompressionStream('gzip')) : whole;
}

/** The first bytes of a stream, at least two if it has them, and the stream with them still in it. */
async function peek(
  body: ReadableStream<Uint8Array>,
): Promise<{ head: Uint8Array; whole: ReadableStream<Uint8Array> }> {
  const reader = body.getReader();
  let head = new Uint8Array();
  while (head.length < 2) {
    const { done, value } = await reader.read();
    if (done) break;
    head = Uint8Array.from([...head, ...value]);
  }
  const whole = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (head.length > 0) controller.enqueue(head);
    },
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async (reason) => {
      await reader.cancel(reason);
    },
  });
  return { head, whole };
}
