import type { EventSummary } from '../../../shared/event/event.ts';
import type { Clock } from '../clock.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { OutcomeTag } from '../parts/outcome.tsx';

interface HeadlineProps {
  of: Pick<EventSummary, 'event' | 'outcome' | 'is'>;
  /** ms since 1970. */
  time: number;
  /** The time as exactly as it is known. */
  written: string;
}

/** What was done, what came of it, and when. */
export function Headline({ of: { event, outcome, is }, time, written }: HeadlineProps) {
  const { texts, clock } = usePanel();
  return (
    <>
      <h2 class="said">
        <Foreign text={event} />
      </h2>
      <div class="meta">
        <OutcomeTag outcome={outcome} />
        {is.map((mark) => (
          <span key={mark} class={mark === 'sensitive' ? 'tag sens' : 'tag'}>
            {texts.marks[mark]}
          </span>
        ))}
        <span class="n">{written}</span>
        {clock.tz !== 'UTC' && <span class="k3 n">{utcText(time, clock)}</span>}
      </div>
    </>
  );
}

/** The time in UTC, with the day where that is another one than in the reader's zone. */
function utcText(time: number, { date, day }: Clock): string {
  const utc = new Date(time).toISOString();
  const [there, here] = [utc.slice(0, 10), date(time)];
  return `${there === here ? '' : `${day(there)} `}${utc.slice(11, 19)} UTC`;
}
