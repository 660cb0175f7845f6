import type { LaidDay } from '../model/layout.ts';
import { isWritesOnlyUsed } from '../model/question.ts';
import { usePanel } from '../parts/context.ts';
import { Row } from './row.tsx';

interface DaySectionProps {
  day: LaidDay;
  /** Indices of the rows to draw, both included. */
  from: number;
  to: number;
  /** One more row to draw. */
  kept: number | undefined;
  /** Whether a row is one line. */
  isWide: boolean;
}

/** A day: its bar, which stays on top while any of its rows is in sight, and those rows. */
export function DaySection({ day, from, to, kept, isWide }: DaySectionProps) {
  const { panel, texts, number, clock } = usePanel();
  const { date, first, rows, top, height } = day;
  const { list, asked } = panel;
  const choices = asked.value.choices.value;
  const isWrites = choices.writesOnly && isWritesOnlyUsed(choices);
  // More rows may come to the last day of a list that goes on.
  const isWhole = list.isComplete.value || first + rows < list.layout.value.rows;
  const current = list.current.value?.index;
  const reachable = current ?? list.sight.value.first;
  const { about } = panel.question.value ?? { about: [] };
  const name = clock.day(date);
  const indices = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  if (kept !== undefined) indices.push(kept);
  return (
    <section class="daybox" style={{ top: `${top}px`, height: `${height}px` }}>
      <h2 class="day" id={`day-${date}`}>
        <b>{date === clock.date(panel.now.value) ? texts.today(name) : name}</b>
        <span class="sp" />
        {isWhole && texts.inDay(rows, number(rows), isWrites)}
      </h2>
      <ul role="list" aria-labelledby={`day-${date}`}>
        {indices.map((index) => (
          <Row
            key={list.rows.value.get(index)?.id ?? `row ${index}`}
            index={index}
            row={list.rows.value.get(index)}
            place={index - first}
            size={isWhole ? rows : -1}
            isReachable={index === reachable}
            isCurrent={index === current}
            isWide={isWide}
            isMine={panel.view.value === 'me'}
            about={about.length === 1 ? about[0] : undefined}
          />
        ))}
      </ul>
    </section>
  );
}
