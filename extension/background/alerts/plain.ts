/** Text of records in a notification, which is no page of ours: what shows it may make links of addresses, and cuts. */

/**
 * The text in one line of at most `max` characters, in quotation marks, so that it is not taken for words of ours. What
 * does not show, or changes how other text shows, is left out; what looks like an address is taken apart.
 */
export function quoted(text: string, max: number): string {
  return `“${plain(text, max)}”`;
}

/** The same without the marks, for names that the company's admins gave. */
export function plain(text: string, max: number): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]+/gu, ' ')
    .replaceAll(/(\p{M}{2})\p{M}+/gu, '$1')
    .replaceAll(/[“”<>]/g, "'")
    .replaceAll(/:(?=\/\/)/g, ' ')
    .replaceAll(/\.(?=\p{L})/gu, '. ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}
