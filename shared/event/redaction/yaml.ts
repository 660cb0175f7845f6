/** YAML's block scalars: `password: |` with the value in the indented lines below. */

import type { Extent } from './extent.ts';

/** True where a bare value is only the sign that a block follows. */
export function isBlockScalar(text: string, { form, start, end }: Extent): boolean {
  return form === 'bare' && end - start <= 3 && /^[|>][-+\d]{0,2}$/.test(text.slice(start, end));
}

/** Index after the block that follows the line ending at `lineEnd`: lines indented deeper than `indent`, and blank ones. */
export function blockEnd(text: string, lineEnd: number, indent: number): number {
  // In JSON source the line breaks are escapes; the block then ends with its string, at the latest.
  if (text[lineEnd] === '\\') {
    const quote = text.indexOf('"', lineEnd);
    return quote === -1 ? text.length : quote;
  }
  let end = lineEnd;
  while (end < text.length) {
    const start = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
    let at = start;
    while (text[at] === ' ' || text[at] === '\t') at += 1;
    const isBlank = text[at] === '\n' || text[at] === '\r';
    if (!isBlank && at - start <= indent) return end;
    while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
    end = at;
  }
  return text.length;
}
