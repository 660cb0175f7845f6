/**
 * The form in which texts are compared: NFC, then ASCII letters in lower case. Other letters keep
 * their case, because a store that compares bytes can do no more, and both must agree.
 */
export function fold(text: string): string {
  return text.normalize('NFC').replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
