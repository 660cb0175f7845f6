import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ListedAlert } from '../../protocol/alerts.ts';
import { MUTE_HOURS, untilAt, untilIn } from '../model/mute.ts';
import { useAlerts } from '../scope.ts';

/** Until when: some hours, or a date of one's own. Esc leaves it. */
export function MuteForm({ alert }: { alert: ListedAlert }) {
  const { model, texts } = useAlerts();
  const first = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  // Before the next key is read, which is meant for what has it.
  useLayoutEffect(() => first.current?.focus(), []);

  const mute = (until: string): void => model.deed(alert, { kind: 'mute', until });
  const muteTyped = (event: Event): void => {
    event.preventDefault();
    const until = untilAt(input.current?.value ?? '', Date.now(), model.preferences.value.utc);
    setWrong(until === undefined);
    if (until === undefined) input.current?.focus();
    else mute(until);
  };
  return (
    <form class="mute" noValidate onSubmit={muteTyped} aria-labelledby={`${id}-title`}>
      <h4 id={`${id}-title`}>
        {texts.muteTitle} <span class="k3">{texts.muteHint}</span>
      </h4>
      <div class="btns">
        {MUTE_HOURS.map((hours, at) => (
          <button
            key={hours}
            ref={at === 0 ? first : null}
            type="button"
            class="btn"
            onClick={() => mute(untilIn(hours, Date.now()))}
          >
            {texts.hours[hours]}
          </button>
        ))}
      </div>
      <div class="btns">
        <label for={`${id}-date`}>{texts.date}</label>
        <input
          ref={input}
          id={`${id}-date`}
          class="inp"
          type="datetime-local"
          aria-invalid={isWrong}
          {...(isWrong ? { 'aria-describedby': `${id}-wrong` } : {})}
        />
        <button type="submit" class="btn">
          {texts.muteUntil}
        </button>
        <button type="button" class="btn plain" onClick={model.stopMuting}>
          {texts.cancel}
        </button>
      </div>
      {isWrong && (
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {texts.badDate}
        </p>
      )}
    </form>
  );
}
