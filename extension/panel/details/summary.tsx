import type { AuditEvent } from '../../../shared/event/event.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { Icon } from '../parts/icon.tsx';
import { useLocale } from '../parts/locale-context.ts';
import { Fact } from './fact.tsx';
import { howText } from './facts.ts';
import { Headline } from './headline.tsx';
import { Who } from './who.tsx';

/** Resources shown at once; requests can name hundreds. */
const MOST = 20;

/** Who did what, when, from where, and what came of it. */
export function Summary({ event }: { event: AuditEvent }) {
  const scope = usePanel();
  const { texts, clock, number } = scope;
  const { facts } = texts;
  const { operator, error, resources } = event;
  const time = Date.parse(event.time);
  const isOutside = event.network === 'outside';
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
        <Fact label={facts.ip} copied={event.ip}>
          {event.ip !== '' && <Foreign text={event.ip} code />}
          <span class={isOutside ? 'note2 out' : 'note2'}>{texts.networks[event.network]}</span>
          {event.place !== undefined && (
            <span class="note2">
              <Foreign text={event.place} />
            </span>
          )}
        </Fact>
        {operator.key !== undefined && (
          <Fact label={facts.key} copied={operator.key}>
            <Foreign text={operator.key} code />
          </Fact>
        )}
        <Fact label={facts.event} copied={event.event}>
          <Foreign text={event.event} />
          <span class="note2 k3">
            <Foreign text={event.product} code />
          </span>
          <span class="note2">{howText(event, scope)}</span>
        </Fact>
        {resources.length > 0 && (
          <Fact label={facts.resource} copied={resources.map(({ id }) => id).join('\n')}>
            <ul>
              {resources.slice(0, MOST).map(({ id, name, type }, i) => (
                <li key={i}>
                  <Foreign text={id} code />
                  {name !== undefined && name !== '' && (
                    <span class="note2">
                      <Foreign text={name} />
                    </span>
                  )}
                  {type !== undefined && (
                    <span class="note2 k3">
                      <Foreign text={type} />
                    </span>
                  )}
                </li>
              ))}
              {resources.length > MOST && <li class="k3">{texts.more(number(resources.length - MOST))}</li>}
            </ul>
          </Fact>
        )}
        {event.region !== '' && (
          <Fact label={facts.region} copied={event.region}>
            <Foreign text={event.region} code />
          </Fact>
        )}
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
            <li key={i}>{texts.received(all.sources[source], clock.full(Date.parse(received)))}</li>
          ))}
        </ul>
      </Fact>
    </>
  );
}
