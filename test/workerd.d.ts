/** What workerd's WebCrypto has beside the browser's: tests that import parts of the Worker compile against both. */
interface SubtleCrypto {
  timingSafeEqual(one: ArrayBuffer | ArrayBufferView, other: ArrayBuffer | ArrayBufferView): boolean;
}
