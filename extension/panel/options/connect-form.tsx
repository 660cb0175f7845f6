import type { ComponentChildren } from 'preact';
import { Field } from '../parts/field.tsx';
import { useLocale } from '../parts/locale-context.ts';
import { Note } from '../parts/note.tsx';
import type { Options } from './model.ts';
import { fieldOf, problemText } from './problem-text.ts';

/** The three steps to a connection; each explains itself. */
export function ConnectForm({ options }: { options: Options }) {
  const { texts } = useLocale();
  const { address, token, problem, busy } = options.form;
  const found = problem.value;
  const text = found && problemText(texts, found);
  const place = found && fieldOf(found);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void options.connect();
      }}
    >
      <ol class="steps">
        <Step number={1}>
          <Field
            id="address"
            label={texts.addressLabel}
            hint={texts.addressHint}
            value={address}
            problem={place === 'address' ? text : undefined}
          />
        </Step>
        <Step number={2}>
          <Field
            id="token"
            label={texts.tokenLabel}
            hint={texts.tokenHint}
            value={token}
            secret
            problem={place === 'token' ? text : undefined}
          />
        </Step>
        <Step number={3}>
          <h3 class="step">{texts.connect}</h3>
          <p class="k2">{texts.connectHint}</p>
          {found && place === undefined && <Note kind="bad">{text}</Note>}
          <div class="btns">
            <button type="submit" class="btn go big" aria-disabled={busy.value}>
              {busy.value && <span class="spin" />}
              {busy.value ? texts.connecting : texts.connect}
            </button>
            {options.replacing.value && (
              <button type="button" class="btn plain big" onClick={options.stopReplacing}>
                {texts.keepAsIs}
              </button>
            )}
          </div>
        </Step>
      </ol>
    </form>
  );
}

function Step({ number, children }: { number: number; children: ComponentChildren }) {
  return (
    <li>
      <span class="no" aria-hidden="true">
        {number}
      </span>
      <div class="grow">{children}</div>
    </li>
  );
}
