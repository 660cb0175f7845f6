/** True for text that can be a token: it travels in a header, so it is visible ASCII without spaces. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
