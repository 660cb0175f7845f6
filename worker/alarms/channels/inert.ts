/**
 * Text of records for people who read it in a chat: nothing in it calls anybody, can be followed, or looks like more than
 * text. Chats make links of whatever looks like an address, so the text itself must not.
 */

/**
 * The text in one line of at most `max` characters. What is taken apart is taken apart visibly, as it is usual among those
 * who look into attacks: `evil[.]example`.
 */
export function inert(text: string, max: number): string {
  const line = text
    .toWellFormed()
    // Controls, marks of direction, what has no width, and blanks of every kind.
    .replace(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]+/gu, ' ')
    // Piles of accents reach over the lines above and below.
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
  return (
    cut(line, max)
      .replace(/@/g, '＠')
      .replace(/</g, '＜')
      .replace(/>/g, '＞')
      .replace(/:(?=\/\/)/g, '[:]')
      .replace(/\b(mailto|tel|sms|javascript):/gi, '$1[:]')
      // A name of a host: letters behind a dot, or behind what is taken for one. Error codes look the same, and nothing tells
      // the two apart for good: `InternalError.HealthCare` is a name that anybody may register, and that a record may hold.
      .replace(/[.．｡․](?=\p{L})|(?<=[a-z0-9])。(?=[a-z])/giu, '[.]')
      // An address in numbers, with a port or a path.
      .replace(/(\d{1,3}\.\d{1,3}\.\d{1,3})\.(?=\d+(?::\d|\/\D))/g, '$1[.]')
  );
}

/** The first `max` characters, as people count them, with an ellipsis for the rest. */
function cut(text: string, max: number): string {
  const characters = Array.from(text);
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}
