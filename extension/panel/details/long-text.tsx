import { useState } from 'preact/hooks';
import { usePanel } from '../parts/context.ts';
import { visibleJson } from '../text/visible.ts';

/** Characters of a text that are shown at once. */
const MOST = 400;

/** JSON text, cut where it is long. */
export function LongText({ text }: { text: string }) {
  const { texts, number } = usePanel();
  const [isWhole, setWhole] = useState(false);
  if (isWhole || text.length <= MOST * 1.5) return <bdi dir="auto">{visibleJson(text)}</bdi>;
  return (
    <>
      <bdi dir="auto">{visibleJson(text.slice(0, MOST).toWellFormed())}</bdi>…{' '}
      <button type="button" class="link" onClick={() => setWhole(true)}>
        {texts.showAll(number(text.length))}
      </button>
    </>
  );
}
