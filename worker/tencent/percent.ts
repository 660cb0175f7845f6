/** Percent-encoding of RFC 3986, which signatures are made over: only letters, digits and `-._~` stay as they are. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
