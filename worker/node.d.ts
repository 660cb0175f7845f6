/** The parts of Node that workerd has (`nodejs_compat`) and the Worker uses. */
declare module 'node:zlib' {
  import type { Readable } from 'node:stream';

  interface Options {
    /** A preset dictionary: what the platform's own streams do not know. */
    dictionary?: Uint8Array;
    level?: number;
    maxOutputLength?: number;
  }
  export function deflateRawSync(data: Uint8Array, options?: Options): Uint8Array;
  export function inflateRawSync(data: Uint8Array, options?: Options): Uint8Array;
  /** Unpacks gzip of several members. */
  export function createGunzip(): Readable;
}

declare module 'node:stream' {
  export class Readable implements AsyncIterable<Uint8Array> {
    static from(chunks: AsyncIterable<Uint8Array>): Readable;
    [Symbol.asyncIterator](): AsyncIterator<Uint8Array>;
  }
  /** Joins two streams so that a failure of the first ends the second with it. */
  export function pipeline(source: Readable, target: Readable, done: (error?: Error) => void): Readable;
}
