import type { AuditEvent } from '../../../shared/event/event.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { Icon } from '../parts/icon.tsx';
import { useLocale } from '../parts/locale-context.ts';
import { Fact } from './fact.tsx';
import { howText } from './facts.ts';
import { Headline } from './headline.tsx';
import { From, Region, Resources } from './where.tsx';
import { Who } from './who.tsx';

/** Who did what, when, from where, and what came of it. */
export function Summary({ event }: { event: AuditEvent }) {
  const scope = usePanel();
  const { texts, clock } = scope;
  const { facts } = texts;
  const { operator, error, resources } = event;
  const time = Date.parse(event.time);
  return (
    <section class="band flush">
      <Headline of={event} time={time} written={clock.exact(time)} />
      {error && (
        <div class={event.outcome === 'denied' ? 'note bad' : 'note warn'}>
          <Icon name={event.outcome === 'denied' ? 'ban' : 'triangle-alert'} />
          <div class="grow">
            <p class="parts">
              <b>
                <Foreign text={error.code} code />
              </b>
              <span class="k2">{texts.layers[error.layer]}</span>
            </p>
            {error.message !== '' && (
              <p>
                <Foreign text={error.message} />
              </p>
            )}
          </div>
        </div>
      )}
      {event.is.includes('conflict') && (
        <div class="note warn">
          <Icon name="triangle-alert" />
          <div class="grow">{texts.conflict}</div>
        </div>
      )}
      <dl class="kv">
        <Who of={event} />
        <From of={event} />
        {operator.key !== undefined && (
          <Fact label={facts.key} copied={operator.key}>
            <span class="key">
              <Foreign text={operator.key} code />
            </span>
          </Fact>
        )}
        <Fact label={facts.event} copied={event.event}>
          <Foreign text={event.event} />
          <span class="note2 k3">
            <Foreign text={event.product} code />
          </span>
          <span class="note2">{howText(event, scope)}</span>
        </Fact>
        <Resources known={resources} count={resources.length} />
        <Region region={event.region} />
        <Fact label={facts.request} copied={event.requestId}>
          <Foreign text={event.requestId} code />
        </Fact>
        <More event={event} />
      </dl>
    </section>
  );
}

/** What is asked for less often. */
function More({ event }: { event: AuditEvent }) {
  const { texts, clock } = usePanel();
  const { texts: all } = useLocale();
  const { facts } = texts;
  return (
    <>
      {event.eventId !== undefined && (
        <Fact label={facts.eventId} copied={event.eventId}>
          <Foreign text={event.eventId} code />
        </Fact>
      )}
      <Fact label={facts.account} copied={event.account}>
        <code>{event.account}</code>
      </Fact>
      {event.agent !== '' && (
        <Fact label={facts.agent} copied={event.agent}>
          <Foreign text={event.agent} />
        </Fact>
      )}
      {event.tags.length > 0 && (
        <Fact label={facts.tags} copied={event.tags.join('\n')}>
          <Foreign text={event.tags.join(texts.separators.part)} />
        </Fact>
      )}
      <Fact label={facts.sources}>
        <ul>
          {event.sources.map(({ source, received }, i) => (
            <li key={i}>
              <span>{texts.received(all.sources[source])}</span>
              <span class="n">{clock.full(Date.parse(received))}</span>
            </li>
          ))}
        </ul>
      </Fact>
    </>
  );
}
