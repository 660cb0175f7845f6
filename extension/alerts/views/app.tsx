import { useEffect, useMemo } from 'preact/hooks';
import { Mark } from '../../panel/parts/icon.tsx';
import { LocaleContext } from '../../panel/parts/locale-context.ts';
import { actionOf } from '../model/keys.ts';
import type { AlertsModel } from '../model/page.ts';
import { AlertsContext, scopeOf, useAlerts } from '../scope.ts';
import { Gate } from './gate.tsx';
import { Known } from './known.tsx';
import { Said } from './said.tsx';

interface AppProps {
  model: AlertsModel;
  /** The browser's own language, such as `en-GB`. */
  browserLanguage: string;
}

/** How often "now" moves on (ms): which day is today depends on it. */
const TICK = 30_000;

/** The whole page. */
export function App({ model, browserLanguage }: AppProps) {
  const { language } = model.reading.value;
  const tz = model.tz.value;
  const scope = useMemo(
    () => scopeOf(model, language, tz, browserLanguage),
    [model, language, tz, browserLanguage],
  );
  useKeys(model);
  useEffect(() => {
    const timer = setInterval(model.tick, TICK);
    return () => clearInterval(timer);
  }, [model]);
  const standing = model.standing.value;
  return (
    <LocaleContext.Provider value={scope.locale}>
      <AlertsContext.Provider value={scope}>
        <Bar />
        {standing.kind === 'known' ? <Known standing={standing} /> : <Gate standing={standing} />}
        <Said />
      </AlertsContext.Provider>
    </LocaleContext.Provider>
  );
}

function Bar() {
  const { model, texts } = useAlerts();
  const isKnown = model.standing.value.kind === 'known';
  const isAsking = model.isAsking.value;
  return (
    <header class="bar">
      <Mark />
      <h1 class="word">
        Sidetrail <span class="k3">{texts.title}</span>
      </h1>
      <span class="sp" />
      {isKnown && (
        <button type="button" class="btn plain" aria-disabled={isAsking} onClick={model.look}>
          {isAsking && <span class="spin" />}
          {texts.askNow}
        </button>
      )}
      <button type="button" class="btn plain" onClick={model.openOptions}>
        {texts.options}
      </button>
    </header>
  );
}

/** Reads keys pressed anywhere on the page. */
function useKeys(model: AlertsModel): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || model.standing.peek().kind !== 'known') return;
      const target = event.target instanceof Element ? event.target : undefined;
      const action = actionOf({
        key: event.key,
        isModified: event.ctrlKey || event.altKey || event.metaKey,
        isOthers: target?.matches('input, select, textarea') ?? false,
        isOnAlert: target?.matches('.alert') ?? false,
        singleKeys: model.preferences.peek().singleKeys,
      });
      if (!action) return;
      event.preventDefault();
      model.act(action);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [model]);
}
