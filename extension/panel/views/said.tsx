import { useEffect } from 'preact/hooks';
import { usePanel } from '../parts/context.ts';
import { Icon } from '../parts/icon.tsx';

/** How long something done is told (ms). */
const SHOWN = 2500;

/** What was just done, shown for a moment and spoken once. */
export function Said() {
  const { desk, texts } = usePanel();
  const done = desk.done.value;
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(desk.forget, SHOWN);
    return () => clearTimeout(timer);
  }, [done, desk]);
  const isCopied = done?.what !== 'not-copied';
  return (
    <div class="toasts" role="status">
      {done && (
        <div class="pop toast" key={done.at}>
          <Icon name={isCopied ? 'circle-check' : 'triangle-alert'} />
          {done.what === 'not-copied' ? texts.notCopied : texts.copied[done.what]}
        </div>
      )}
    </div>
  );
}
