import { visible } from '../text/visible.ts';

/**
 * Text of a record: anybody may have written it. It is text and nothing else, its direction is its own, and what
 * does not show is written out.
 */
export function Foreign({ text, code = false }: { text: string; code?: boolean }) {
  return (
    <bdi dir="auto" {...(code ? { class: 'm' } : {})}>
      {visible(text)}
    </bdi>
  );
}
