/** Bytes as text, from what the browser has for it. */

/** 128 random bits in hex. */
export function randomText(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(16)));
}

/** SHA-256 of a text, hex. */
export async function digest(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
