import { useEffect, useState } from 'preact/hooks';
import { problemText } from '../../panel/options/problem-text.ts';
import { Icon } from '../../panel/parts/icon.tsx';
import { visible } from '../../panel/text/visible.ts';
import type { AlertsTexts } from '../../../shared/i18n/alerts-en.ts';
import type { Deed } from '../../protocol/alerts.ts';
import type { Said as WhatWasDone } from '../model/page.ts';
import { useAlerts } from '../scope.ts';

/** How long something done is shown (ms); what was not done stays until the next. */
const SHOWN = 4000;

/** What was just done, shown for a moment and spoken once. */
export function Said() {
  const { model } = useAlerts();
  const said = model.said.value;
  const [gone, setGone] = useState(0);
  useEffect(() => {
    if (!said || said.failure) return undefined;
    const timer = setTimeout(() => setGone(said.at), SHOWN);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <div class="toasts" role="status">
      {said && said.at !== gone && <Toast key={said.at} said={said} />}
    </div>
  );
}

function Toast({ said: { alert, deed, failure } }: { said: WhatWasDone }) {
  const { locale, texts } = useAlerts();
  const name = visible(texts.of(alert.name));
  const text =
    failure === null
      ? texts.done[wordOf(deed)](name)
      : failure.kind === 'forbidden' || failure.kind === 'gone'
        ? texts[failure.kind]
        : texts.notDone(problemText(locale.texts, failure));
  return (
    <div class={failure ? 'pop toast bad' : 'pop toast'}>
      <Icon name={failure ? 'triangle-alert' : 'circle-check'} />
      {text}
    </div>
  );
}

function wordOf(deed: Deed): keyof AlertsTexts['done'] {
  if (deed.kind === 'mute' || deed.kind === 'unmute') return deed.kind;
  if (deed.kind === 'acknowledge') return deed.undo ? 'unacknowledge' : 'acknowledge';
  return deed.undo ? 'unexpect' : 'expect';
}
