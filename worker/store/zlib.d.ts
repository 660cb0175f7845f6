/** The part of Node's zlib (workerd, `nodejs_compat`) that knows preset dictionaries. */
declare module 'node:zlib' {
  interface Options {
    dictionary?: Uint8Array;
    level?: number;
    maxOutputLength?: number;
  }
  export function deflateRawSync(data: Uint8Array, options?: Options): Uint8Array;
  export function inflateRawSync(data: Uint8Array, options?: Options): Uint8Array;
}
