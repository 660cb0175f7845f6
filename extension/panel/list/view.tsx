import { untracked } from '@preact/signals';
import type { RefObject, TargetedEvent } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { daysBetween, topOfRow } from '../model/layout.ts';
import { usePanel } from '../parts/context.ts';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { useNow } from '../parts/use-now.ts';
import { Controls } from './controls.tsx';
import { Count } from './count.tsx';
import { DaySection } from './day.tsx';
import { Foot } from './foot.tsx';
import { Nobody, Nothing } from './nothing.tsx';
import { Subject } from './subject.tsx';

/** Width (px) from which a row is one line; the style sheet has the same. */
const WIDE = 640;
const DAY = 28;
/** After a jump of more than a screen rows are drawn when so long (ms) no other came: the bar is dragged. */
const FLUNG = 50;
/** Rows in a language with taller glyphs are taller. */
const ROWS = { narrow: 52, wide: 36, narrowTall: 56, wideTall: 38 };

/** A view: what it is about, what is asked, and the list. */
export function ListView() {
  const { panel, desk, texts, locale } = usePanel();
  const { list } = panel;
  const scroller = useRef<HTMLElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isWide, setWide] = useState(false);
  const isTall = locale.tag.startsWith('zh');

  const see = useCallback(
    (isFlung: boolean): void => {
      clearTimeout(settling.current);
      if (!scroller.current || !stage.current) return;
      const { scrollTop, clientHeight } = scroller.current;
      desk.scrolled.top = scrollTop;
      list.look(scrollTop - stage.current.offsetTop, clientHeight, isFlung);
    },
    [desk, list],
  );
  const look = useCallback((): void => see(false), [see]);
  const scroll = ({ currentTarget: { scrollTop, clientHeight } }: TargetedEvent<HTMLElement>): void => {
    const isFlung = Math.abs(scrollTop - desk.scrolled.top) > clientHeight;
    see(isFlung);
    if (isFlung) settling.current = setTimeout(look, FLUNG);
  };

  useLayoutEffect(() => {
    const { current } = scroller;
    if (!current) return undefined;
    const resize = (): void => {
      // With the scroll bar, as the style sheet counts.
      const fits = current.offsetWidth >= WIDE;
      const row = isTall ? (fits ? ROWS.wideTall : ROWS.narrowTall) : fits ? ROWS.wide : ROWS.narrow;
      setWide(fits);
      list.resize({ row, day: DAY });
      look();
    };
    const observer = new ResizeObserver(resize);
    observer.observe(current);
    current.scrollTop = desk.scrolled.top;
    resize();
    return () => {
      observer.disconnect();
      clearTimeout(settling.current);
      list.hold(false);
    };
  }, [desk, isTall, list, look]);

  // What came in above what is read must not move it.
  const revision = list.revision.value;
  const { sizes, height } = list.layout.value;
  useLayoutEffect(() => {
    const shift = list.takeShift();
    if (shift !== 0 && scroller.current) scroller.current.scrollTop += Math.max(shift, -1e7);
    look();
  }, [revision, sizes, list, look]);

  // The row that is to have the focus is brought into sight; it gets it once it is drawn.
  useNow(() => {
    if (desk.focus.value !== 'row' || !scroller.current || !stage.current) return;
    const { index } = list.current.value ?? {};
    if (index === undefined) {
      desk.focus.value = null;
      return;
    }
    const layout = list.layout.value;
    const top = stage.current.offsetTop + topOfRow(layout, index);
    const { scrollTop, scrollHeight, clientHeight } = scroller.current;
    // With the first row comes what stands above the list, with the last what stands below it.
    const highest = index === 0 ? 0 : top - layout.sizes.day - 4;
    const lowest =
      index === layout.rows - 1 ? scrollHeight - clientHeight : top + layout.sizes.row + 4 - clientHeight;
    if (scrollTop > highest) scroller.current.scrollTop = highest;
    else if (scrollTop < lowest) scroller.current.scrollTop = lowest;
    untracked(look);
  });

  const isAwaited = revision === null && !list.problem.value;
  const hasNobody = panel.standing.value.kind === 'connected' && panel.question.value === null;
  return (
    <main class="scroll" ref={scroller} onScroll={scroll} tabIndex={-1}>
      <section class="band flush head">
        <Subject />
        {!hasNobody && <Controls />}
      </section>
      {hasNobody ? (
        <section class="band flush">
          <Nobody />
        </section>
      ) : (
        <section
          class={list.isBehind.value ? 'band flush behind' : 'band flush'}
          aria-label={texts.list}
          aria-busy={list.isBehind.value}
        >
          <Count />
          {(height > 0 || isAwaited) && <Columns />}
          <div
            ref={stage}
            class="list"
            style={{ height: `${height}px`, '--row': `${sizes.row}px` }}
            onFocusIn={() => list.hold(true)}
            onFocusOut={() => list.hold(false)}
            onPointerEnter={() => list.hold(true)}
            onPointerLeave={() => list.hold(false)}
          >
            <Days stage={stage} isWide={isWide} />
          </div>
          {isAwaited && (
            <>
              <div class="list">
                <div class="day" />
              </div>
              <SkeletonRows rows={8} />
            </>
          )}
          <Nothing />
          <Foot />
        </section>
      )}
    </main>
  );
}

function Columns() {
  const { columns } = usePanel().texts;
  return (
    <div class="cols" aria-hidden="true">
      <span>{columns.time}</span>
      <span />
      <span>{columns.event}</span>
      <span>{columns.operator}</span>
      <span>{columns.resource}</span>
      <span>{columns.ip}</span>
      <span />
    </div>
  );
}

function Days({ stage, isWide }: { stage: RefObject<HTMLElement | null>; isWide: boolean }) {
  const { panel, desk } = usePanel();
  const { list } = panel;
  const layout = list.layout.value;
  const { first, last } = list.sight.value;
  const current = list.current.value?.index;
  // The current row stays drawn wherever it is: it may have the focus.
  const isFlung = list.isFlung.value;
  const isDrawn = current !== undefined && !isFlung && current >= first && current <= last;
  const kept = isDrawn ? undefined : current;
  const days = daysBetween(layout, topOfRow(layout, first), topOfRow(layout, last) + 1);
  const ofKept = layout.days.find(
    (day) => kept !== undefined && kept >= day.first && kept < day.first + day.rows,
  );
  const drawn = ofKept && !days.includes(ofKept) ? [...days, ofKept] : days;
  const isWished = desk.focus.value === 'row';
  useLayoutEffect(() => {
    const element = isWished ? stage.current?.querySelector<HTMLElement>(`[data-row="${current}"]`) : null;
    if (!element) return;
    element.focus({ preventScroll: true });
    desk.focus.value = null;
  });
  if (last < first) return null;
  return (
    <>
      {drawn.map((day) => (
        <DaySection
          key={day.date}
          day={day}
          from={Math.max(first, day.first)}
          to={isFlung ? -1 : Math.min(last, day.first + day.rows - 1)}
          kept={day === ofKept ? kept : undefined}
          isWide={isWide}
        />
      ))}
    </>
  );
}
