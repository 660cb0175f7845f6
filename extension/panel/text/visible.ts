/**
 * Text of records is anybody's. Characters that do not show, or that change how others show, could make it look
 * like something else: they are written out.
 */

/** Controls, direction marks, zero-width characters, line separators, tags, halves of pairs. */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- these are what is looked for
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0\u034f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** The text with every such character as `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replaceAll(HIDDEN, (char) => `⟨U+${hex(char).toUpperCase()}⟩`);
}

/** JSON text with every such character as an escape: the same value, and nothing hidden in it. */
export function visibleJson(json: string): string {
  return json.replaceAll(HIDDEN, (char) =>
    // Line breaks of the layout; within strings JSON has them escaped already.
    char === '\n' ? char : [...Array(char.length).keys()].map((i) => `\\u${unit(char, i)}`).join(''),
  );
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
}

function unit(char: string, index: number): string {
  return char.charCodeAt(index).toString(16).padStart(4, '0');
}
