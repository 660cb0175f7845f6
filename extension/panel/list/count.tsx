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
  const connected = standing.kind === 'connected' ? standing : undefined;
  const hasProblem = connected?.problem != null;
  // While the Worker does not answer, it is said above how old all of this is.
  const fresh = connected && !hasProblem ? freshnessOf(connected.coverage, now) : undefined;
  const isUnknown = !message.value || (count === 0 && !isWhole);
  const say = hasProblem ? texts.eventsKept : isWhole ? texts.events : texts.eventsSoFar;
  // Where nothing has come in there is nothing to count.
  const isTold =
    !problem.value && fresh?.kind !== 'nothing' && !(isUnknown && message.value?.server.kind === 'failed');
  return (
    <div class={isTold ? 'cap' : 'sr'}>
      <span role="status">
        {isTold && (isUnknown ? texts.counting : say(count, number(count)))}
        {fresh?.kind === 'marks' && <span class="sr">. {texts.liveTo(clock.near(fresh.seenTo, now))}</span>}
      </span>
      {message.value?.server.kind === 'asking' && <span class="spin" />}
    </div>
  );
}
