import { useRef } from 'preact/hooks';
import type { PanelTexts } from '../../../shared/i18n/panel-en.ts';
import type { Connected, SourceCoverage } from '../../protocol/panel.ts';
import type { Clock } from '../clock.ts';
import { freshnessOf } from '../model/freshness.ts';
import { readingBackText } from '../model/reading-back.ts';
import { troubleOf } from '../model/trouble.ts';
import { usePanel } from '../parts/context.ts';
import { useLocale } from '../parts/locale-context.ts';
import { Popover } from '../parts/popover.tsx';

/** What the pill says: `rest` only where there is room. */
interface Pill {
  look: 'good' | 'late' | 'neutral';
  text: string;
  rest?: string;
}

/** The pill in the bar, and behind it where everything came from. */
export function Freshness() {
  const { panel, desk, texts, clock } = usePanel();
  const button = useRef<HTMLButtonElement>(null);
  const standing = panel.standing.value;
  if (standing.kind !== 'connected') {
    if (standing.kind === 'failing') {
      return <span class="fresh late">{texts.trouble[troubleOf(standing.problem)]}</span>;
    }
    const isWaiting = standing.kind === 'loading' || standing.kind === 'connecting';
    return isWaiting ? <span class="fresh neutral">{texts.reading}</span> : null;
  }
  const { look, text, rest } = pillOf(standing, panel.now.value, texts, clock);
  const after = rest === undefined ? '' : texts.besides(rest);
  const isOpen = desk.popup.value === 'freshness';
  return (
    <div class="anchor">
      <button
        ref={button}
        type="button"
        class={`fresh ${look}`}
        title={text + after}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => (desk.popup.value = isOpen ? null : 'freshness')}
      >
        {text}
        {after !== '' && <span class="w460">{after}</span>}
      </button>
      {isOpen && (
        <Popover label={texts.freshness} opener={button} onClose={() => (desk.popup.value = null)}>
          <Sources standing={standing} />
        </Popover>
      )}
    </div>
  );
}

function pillOf(
  { problem, coverage, lastGood }: Connected,
  now: number,
  texts: PanelTexts,
  clock: Clock,
): Pill {
  if (problem) {
    const asOf = texts.asOf(clock.near(lastGood, now));
    return { look: 'late', text: texts.trouble[troubleOf(problem)] + texts.besides(asOf) };
  }
  const fresh = freshnessOf(coverage, now);
  switch (fresh.kind) {
    case 'nothing':
      return { look: 'neutral', text: texts.noEventsYet };
    case 'newest':
      return {
        look: 'neutral',
        text: texts.newest(clock.near(fresh.newest, now)),
        rest: texts.how[fresh.source],
      };
    case 'marks': {
      const { seenTo, settledTo, isLate } = fresh;
      const rest = settledTo === null ? {} : { rest: texts.settledTo(clock.near(settledTo, now)) };
      return { look: isLate ? 'late' : 'good', text: texts.liveTo(clock.near(seenTo, now)), ...rest };
    }
  }
}

function Sources({ standing }: { standing: Connected }) {
  const { panel, texts, number, clock, both } = usePanel();
  const { texts: all, span } = useLocale();
  const { coverage, cache, lastGood, me } = standing;
  const now = panel.now.value;
  const near = (time: number): string => clock.near(time, now);
  const readingBack = readingBackText(standing, { texts, number, span, near });
  return (
    <>
      <dl class="sources">
        {coverage.map((one) => (
          <div key={`${one.source}/${one.account}`}>
            <dt>
              {all.sources[one.source]}
              {one.account !== '' && <span class="k3"> · {texts.account(one.account)}</span>}
            </dt>
            <dd title={one.newest === null ? undefined : both(Date.parse(one.newest))}>
              {sourceText(one, texts, (time) => near(Date.parse(time)))}
            </dd>
          </div>
        ))}
      </dl>
      {readingBack !== undefined && <p>{readingBack}</p>}
      {coverage.length === 0 && (
        <p class="k2">{texts.nothingYetHint[me.member.role === 'admin' ? 'admin' : 'others']}</p>
      )}
      {coverage.some(({ seenTo }) => seenTo != null) && (
        <p class="k3">
          {texts.explainMarks}
          {coverage.every(({ gaps }) => gaps.length === 0) && all.betweenSentences + texts.nothingMissing}
        </p>
      )}
      <p class="k3">{texts.lastAnswer(near(lastGood))}</p>
      <p class="k3">
        {cache.from === null
          ? texts.cachedNone
          : texts.cached(cache.events, number(cache.events), near(cache.from * 1000))}
      </p>
      {cache.syncing && (
        <p class="k3">
          {texts.syncing(
            number(cache.syncing.done),
            cache.syncing.of === null ? undefined : number(cache.syncing.of),
          )}
        </p>
      )}
      <div class="btns">
        <button type="button" class="btn" onClick={panel.sync}>
          {texts.askNow}
        </button>
        <button type="button" class="btn plain" onClick={panel.openAlerts}>
          {texts.openAlerts}
        </button>
        <button type="button" class="btn plain" onClick={panel.openOptions}>
          {texts.options}
        </button>
      </div>
    </>
  );
}

function sourceText(
  { seenTo, settledTo, newest }: SourceCoverage,
  texts: PanelTexts,
  near: (time: string) => string,
): string {
  if (seenTo == null) return newest === null ? texts.noEventsYet : texts.newest(near(newest));
  const settled = settledTo == null ? '' : texts.besides(texts.settledTo(near(settledTo)));
  return texts.liveTo(near(seenTo)) + settled;
}
