import { useEffect, useRef } from 'preact/hooks';
import type { Reading } from '../model/details.ts';
import { remedyOf } from '../model/trouble.ts';
import { usePanel } from '../parts/context.ts';
import { Icon } from '../parts/icon.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { useLocale } from '../parts/locale-context.ts';
import { Menu } from '../parts/menu.tsx';
import { Message } from '../parts/message.tsx';
import { Remedies } from '../parts/remedies.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { curlOf, jsonOf, linkTo, markdownOf } from '../text/copy.ts';
import { failedText } from '../text/failed.ts';
import { factsOf } from './facts.ts';
import { Known } from './known.tsx';
import { Record } from './record.tsx';
import { Summary } from './summary.tsx';
import { TreeSection } from './tree.tsx';

const FORMATS = [
  { format: 'link', keys: [['c'], ['l']] },
  { format: 'json', keys: [['c'], ['j']] },
  { format: 'markdown', keys: [['c'], ['m']] },
  { format: 'curl' },
] as const;

/** One event, whole, in the place of the list. */
export function DetailsView() {
  const scope = usePanel();
  const { panel, desk, texts } = scope;
  const reading = panel.details.reading.value;
  const body = useRef<HTMLElement>(null);
  const id = reading?.id;

  // Another event begins at its top, and is told to who cannot see it.
  useEffect(() => {
    if (!body.current) return;
    body.current.scrollTop = 0;
    body.current.focus({ preventScroll: true });
    desk.focus.value = null;
  }, [id, desk]);

  const event = reading?.kind === 'event' ? reading.event : undefined;
  const { standing } = panel;
  useEffect(() => {
    const now = standing.peek();
    if (!event || now.kind !== 'connected') return undefined;
    const { origin } = now.saved;
    const link = linkTo(origin, event.id);
    desk.texts.of = (format) => {
      switch (format) {
        case 'link':
          return link;
        case 'json':
          return jsonOf(event);
        case 'markdown':
          return markdownOf(factsOf(event, scope), event, link);
        case 'curl':
          return curlOf(origin, event.id);
      }
    };
    return () => {
      desk.texts.of = null;
    };
  }, [event, desk, scope, standing]);

  if (!reading) return null;
  return (
    <>
      <DetailsBar hasEvent={event !== undefined} />
      <main
        class="scroll"
        ref={body}
        tabIndex={-1}
        aria-label={texts.details}
        aria-busy={reading.kind === 'loading'}
      >
        {event ? (
          <>
            <Summary event={event} />
            <TreeSection name={texts.request} value={event.request} isOpen />
            <TreeSection name={texts.response} value={event.response} />
            <Record key={event.id} event={event} />
          </>
        ) : (
          <section class="band flush">
            <Missing reading={reading} />
          </section>
        )}
      </main>
    </>
  );
}

function Missing({ reading }: { reading: Reading }) {
  const { panel, texts } = usePanel();
  const { texts: all } = useLocale();
  if (reading.kind !== 'failed') return <SkeletonRows rows={5} />;
  if (reading.outcome.kind === 'not-found') {
    return (
      <Message icon="inbox" title={texts.notFound}>
        <p>{texts.notFoundHint}</p>
      </Message>
    );
  }
  const { problem } = reading.outcome;
  return (
    <>
      {/* To whom the Worker said no, what was known before is not to be shown any more. */}
      {remedyOf(problem) === 'again' && <Known id={reading.id} />}
      <Message
        icon="unplug"
        title={texts.detailsFailed}
        actions={
          <Remedies problem={problem} again={panel.details.askAgain} openOptions={panel.openOptions} />
        }
      >
        <p>{failedText(all, problem, 'details')}</p>
      </Message>
    </>
  );
}

/** Where one is in the list, and what can be done with the event. */
function DetailsBar({ hasEvent }: { hasEvent: boolean }) {
  const { panel, desk, texts, number } = usePanel();
  const opener = useRef<HTMLButtonElement>(null);
  const { count, complete } = panel.list.message.value ?? { count: 0, complete: true };
  const index = panel.list.current.value?.index;
  const isOpen = desk.popup.value === 'copy';
  return (
    <nav class="dbar" aria-label={texts.details}>
      <IconButton icon="arrow-left" label={texts.back} keys="Backspace" onClick={desk.back} />
      {index !== undefined && (
        <span class="n place" role="status">
          {texts.place(number(index + 1), complete ? number(count) : texts.atLeast(number(count)))}
        </span>
      )}
      <IconButton
        icon="arrow-up"
        label={texts.previous}
        keys="k"
        onClick={() => panel.step(-1)}
        aria={{ 'aria-disabled': index === undefined || index === 0 }}
      />
      <IconButton
        icon="arrow-down"
        label={texts.next}
        keys="j"
        onClick={() => panel.step(1)}
        aria={{ 'aria-disabled': index === undefined || index + 1 >= count }}
      />
      <span class="sp" />
      {hasEvent && (
        <div class="anchor">
          <button
            ref={opener}
            type="button"
            class="btn plain"
            aria-haspopup="menu"
            aria-expanded={isOpen}
            onClick={() => (desk.popup.value = isOpen ? null : 'copy')}
          >
            <Icon name="copy" look="s" />
            {texts.copyAs}
            <Icon name="chevron-down" look="s" />
          </button>
          {isOpen && (
            <Menu
              label={texts.copyAs}
              opener={opener}
              onClose={() => (desk.popup.value = null)}
              items={FORMATS.map(({ format, ...rest }) => ({
                ...rest,
                key: format,
                name: texts.formats[format],
                onPick: () => {
                  const text = desk.texts.of?.(format);
                  if (text !== undefined) void desk.copy(text, format);
                },
              }))}
            />
          )}
        </div>
      )}
    </nav>
  );
}
