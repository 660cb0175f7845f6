/** Gives Node the hex methods of Uint8Array that workerd has and the store uses, where it lacks them. */
export function provideHex(): void {
  if (Object.hasOwn(Uint8Array, 'fromHex')) return;
  Object.defineProperty(Uint8Array, 'fromHex', { value: fromHex });
  // oxlint-disable-next-line no-extend-native -- a standard method, given to code that expects it
  Object.defineProperty(Uint8Array.prototype, 'toHex', { value: toHex });
}

function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function toHex(this: Uint8Array): string {
  return Buffer.from(this.buffer, this.byteOffset, this.byteLength).toString('hex');
}
