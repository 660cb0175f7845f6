import { freshnessOf } from '../model/freshness.ts';
import { usePanel } from '../parts/context.ts';

/** How many there are, for everybody; and how fresh, for who cannot see the bar. */
export function Count() {
  const { panel, texts, number, clock } = usePanel();
  const { message, problem } = panel.list;
  const standing = panel.standing.value;
  const now = panel.now.value;
  const count = message.value?.count ?? 0;
  const isWhole = message.value?.complete === true;
  const fresh = standing.kind === 'connected' ? freshnessOf(standing.coverage, now) : undefined;
  const isUnknown = !message.value || (count === 0 && !isWhole);
  const known = isWhole ? texts.events(count, number(count)) : texts.eventsSoFar(count, number(count));
  const isTold = !problem.value && !(isUnknown && message.value?.server.kind === 'failed');
  return (
    <div class="cap">
      <span role="status">
        {isTold && (isUnknown ? texts.counting : known)}
        {fresh?.kind === 'marks' && <span class="sr">. {texts.liveTo(clock.near(fresh.seenTo, now))}</span>}
      </span>
      {message.value?.server.kind === 'asking' && <span class="spin" />}
    </div>
  );
}
