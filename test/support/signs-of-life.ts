/** What chats make more than text of, found in other ways than it is prevented. */
const SIGNS: readonly [what: string, sign: RegExp][] = [
  ['a mention', /@/],
  ['a tag', /[<>]/],
  ['a scheme', /[a-z][a-z0-9+-]*:\/\//i],
  ['an address without a slash', /\b(?:mailto|tel|sms|javascript):[^[\s]/i],
  ['a host', /[\p{L}\p{N}_-]\.\p{L}{2}/u],
  ['a host, by what stands for a dot', /[\p{L}\p{N}_-][．｡․]\p{L}|[a-z0-9]。[a-z]/iu],
  ['a host in numbers', /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/[a-z]|:\d)/i],
  ['what is not seen', /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u],
];

/** Everything in a text that would not be only text. */
export function signsOfLife(text: string): string[] {
  return SIGNS.flatMap(([what, sign]) => {
    const found = sign.exec(text);
    return found ? [`${what}: ${JSON.stringify(found[0])}`] : [];
  });
}
