import { Icon } from '../../panel/parts/icon.tsx';
import { visible } from '../../panel/text/visible.ts';
import type { Deed, ListedAlert } from '../../protocol/alerts.ts';
import { acknowledging, expecting } from '../model/deeds.ts';
import { useAlerts } from '../scope.ts';
import { BellOff } from './bell-off.tsx';
import { MuteForm } from './mute-form.tsx';

/** What can be done about an alert, and taken back. */
export function Actions({ alert }: { alert: ListedAlert }) {
  const { model, texts } = useAlerts();
  const { id, muted, expected } = alert;
  const isBusy = model.busy.value.has(id);
  const isMuting = model.muting.value === id;
  const name = visible(texts.of(alert.name));
  const acknowledge = acknowledging(alert);
  const isTaken = alert.state === 'acknowledged';
  const button = (label: string, deed: Deed, look: string, icon?: preact.ComponentChildren) => (
    <button
      type="button"
      class={`btn ${look}`}
      aria-label={texts.on(label, name)}
      aria-disabled={isBusy}
      onClick={() => model.deed(alert, deed)}
    >
      {icon}
      {label}
    </button>
  );
  return (
    <>
      <div class="btns acts">
        {acknowledge &&
          button(
            isTaken ? texts.unacknowledge : texts.acknowledge,
            acknowledge,
            isTaken ? 'plain' : '',
            !isTaken && <Icon name="check" look="s" />,
          )}
        {muted ? (
          button(texts.unmute, { kind: 'unmute' }, 'plain')
        ) : (
          <button
            type="button"
            class="btn plain"
            aria-label={texts.on(texts.mute, name)}
            aria-expanded={isMuting}
            aria-disabled={isBusy}
            onClick={() => (isMuting ? model.stopMuting() : model.startMuting(id))}
          >
            <BellOff />
            {texts.mute}
          </button>
        )}
        {button(expected ? texts.unexpect : texts.expect, expecting(alert), 'plain')}
        {isBusy && <span class="spin" />}
      </div>
      {isMuting && <MuteForm alert={alert} />}
    </>
  );
}
