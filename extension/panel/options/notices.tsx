import type { AlertsTexts } from '../../../shared/i18n/alerts-en.ts';
import { Choice } from '../parts/choice.tsx';
import type { Notices } from './notices-model.ts';

/** Whether new alerts are told on the desktop, and the way to all of them. */
export function NoticesCard({ notices, texts }: { notices: Notices; texts: AlertsTexts }) {
  const isOn = notices.isOn.value;
  return (
    <section class="card" aria-labelledby="notices">
      <h2 id="notices">{texts.notices}</h2>
      {isOn !== undefined && (
        <Choice
          label={texts.noticesLabel}
          value={isOn ? 'on' : 'off'}
          options={[
            { value: 'off', label: texts.noticesOff },
            { value: 'on', label: texts.noticesOn },
          ]}
          onChange={(chosen) => void notices.turn(chosen === 'on')}
        />
      )}
      <div class="btns foot">
        <button type="button" class="btn" onClick={notices.openAlerts}>
          {texts.openAlerts}
        </button>
        <span class="k3" role="status">
          {notices.isRefused.value ? texts.noticesRefused : texts.noticesHint}
        </span>
      </div>
    </section>
  );
}
