const ASCII = /^[\u0020-\u007e]*$/;

/**
 * The form in which texts are compared: NFC, then ASCII letters in lower case. Other letters keep
 * their case, because a store that compares bytes can do no more, and both must agree. Half a
 * surrogate pair is U+FFFD: no bytes stand for it.
 */
export function fold(text: string): string {
  // Most texts are ASCII, and a scan over many events folds every one of them.
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
