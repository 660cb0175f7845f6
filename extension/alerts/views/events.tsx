import type { EventSummary } from '../../../shared/event/event.ts';
import { sentenceOf } from '../../panel/list/row-text.ts';
import type { ListedAlert } from '../../protocol/alerts.ts';
import { rowOfSummary } from '../model/row.ts';
import { useAlerts } from '../scope.ts';

/** The newest event of an alert, and the others that it names once somebody wants them. Each opens its details. */
export function Events({ alert: { id, events, examples } }: { alert: ListedAlert }) {
  const { model, texts, number } = useAlerts();
  const asked = model.examples.of.value.get(id);
  const read = asked?.kind === 'read' ? asked.events : events;
  const others = asked?.kind === 'read' ? 0 : examples.length - events.length;
  if (examples.length === 0) return null;
  return (
    <ul class="events" aria-label={texts.examples}>
      {read.map((event) => (
        <li key={event.id}>
          <EventLink event={event} />
        </li>
      ))}
      {read.length === 0 && <li class="k3">{texts.noExamples}</li>}
      {asked?.kind === 'failed' && <li class="k3">{texts.examplesFailed}</li>}
      {others > 0 && (
        <li>
          <button
            type="button"
            class="btn plain more"
            aria-disabled={asked?.kind === 'asking'}
            onClick={() => model.examples.ask(id)}
          >
            {asked?.kind === 'asking' && <span class="spin" />}
            {texts.moreExamples(others, number(others))}
          </button>
        </li>
      )}
    </ul>
  );
}

function EventLink({ event }: { event: EventSummary }) {
  const { model, locale, texts, number, near } = useAlerts();
  const sentence = sentenceOf(rowOfSummary(event), locale.texts.panel, number, near(event.time));
  return (
    <button
      type="button"
      class="event"
      aria-label={texts.openEvent(sentence)}
      onClick={() => model.openEvent(event.id)}
    >
      <bdi dir="auto">{sentence}</bdi>
    </button>
  );
}
