import { useId, useRef } from 'preact/hooks';
import { Foreign } from '../../panel/parts/foreign.tsx';
import { Icon, type IconName } from '../../panel/parts/icon.tsx';
import { useNow } from '../../panel/parts/use-now.ts';
import { visible } from '../../panel/text/visible.ts';
import type { ListedAlert } from '../../protocol/alerts.ts';
import { useAlerts } from '../scope.ts';
import { Actions } from './actions.tsx';
import { Events } from './events.tsx';

interface AlertProps {
  alert: ListedAlert;
  mayAct: boolean;
}

/** One alert: what, about whom, how often, how it stands, what can be done. */
export function AlertItem({ alert, mayAct }: AlertProps) {
  const { model, texts, near, both } = useAlerts();
  const { id, name, state, severity, last } = alert;
  const title = useId();
  const self = useRef<HTMLElement>(null);
  const told = useRef(model.focus.peek());
  useNow(() => {
    const wish = model.focus.value;
    if (wish === told.current) return;
    told.current = wish;
    if (model.current.peek() === id) self.current?.focus();
  });
  return (
    <article
      ref={self}
      class={`alert ${state}`}
      tabIndex={model.current.value === id ? 0 : -1}
      aria-labelledby={title}
      aria-busy={model.busy.value.has(id)}
      onFocusCapture={() => model.select(id)}
    >
      <div class="top">
        <h3 id={title}>
          <Severity of={severity} /> <span>{visible(texts.of(name))}</span>
        </h3>
        <time class="k3 n" dateTime={last} title={both(last)}>
          {near(last)}
        </time>
      </div>
      <About alert={alert} />
      <Stand alert={alert} />
      <Events alert={alert} />
      {mayAct && <Actions alert={alert} />}
    </article>
  );
}

const LOOKS: Record<ListedAlert['severity'], { icon: IconName; look: string }> = {
  critical: { icon: 'shield-alert', look: 'denied' },
  high: { icon: 'shield-alert', look: 'denied' },
  medium: { icon: 'triangle-alert', look: 'failed' },
  low: { icon: 'circle-info', look: '' },
  info: { icon: 'circle-info', look: '' },
};

function Severity({ of }: { of: ListedAlert['severity'] }) {
  const { texts } = useAlerts();
  const { icon, look } = LOOKS[of];
  return (
    <span class={`tag ${look}`}>
      <Icon name={icon} />
      <span class="sr">{texts.severity('')}</span>
      {texts.severities[of]}
    </span>
  );
}

/** Whom or what it is about, and how often that was. */
function About({ alert: { group, subject, note, system, count, first, last } }: { alert: ListedAlert }) {
  const { texts, number, near, both } = useAlerts();
  return (
    <>
      <p class="k2 parts">
        {system && <span>{texts.about}</span>}
        {group && (
          <span>
            {texts.per[group.per]}{' '}
            <b>
              <Foreign text={group.label ?? group.value} />
            </b>
          </span>
        )}
        {group?.label !== undefined && group.label !== group.value && (
          <span class="k3">
            <Foreign text={group.value} code />
          </span>
        )}
        {subject !== undefined && (
          <span>
            <Foreign text={subject} />
          </span>
        )}
        {count > 0 && (
          <span class="n" title={`${both(first)} – ${both(last)}`}>
            {texts.counted(
              texts.events(count, number(count)),
              first === last ? texts.at(near(first)) : texts.between(near(first), near(last)),
            )}
          </span>
        )}
        {group && <span class="k3">{texts.account(group.account)}</span>}
      </p>
      {note && <p class="k2">{visible(texts.of(note))}</p>}
    </>
  );
}

/** A member's name, or their id where they are gone. */
function nameOf({ by, byName }: { by: string; byName?: string }): string {
  return visible(byName ?? by);
}

/** What became of it. */
function Stand({
  alert: { state, opened, recovered, acknowledged, muted, expected },
}: {
  alert: ListedAlert;
}) {
  const { texts, near } = useAlerts();
  return (
    <p class="k3 parts n">
      {recovered !== undefined && <span>{texts.recoveredAt(near(recovered))}</span>}
      {acknowledged && <span>{texts.acknowledgedBy(nameOf(acknowledged), near(acknowledged.at))}</span>}
      {state === 'open' && <span>{texts.states.open}</span>}
      <span>{texts.noticed(near(opened))}</span>
      {muted && (
        <span>
          <span class="tag">{texts.mutedUntil(nameOf(muted), near(muted.until))}</span>
        </span>
      )}
      {expected && (
        <span>
          <span class="tag">{texts.expectedBy(nameOf(expected), near(expected.at))}</span>
        </span>
      )}
    </p>
  );
}
