import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { clockOf } from '../clock.ts';
import { localeOf } from '../locale.ts';
import type { Desk } from '../model/desk.ts';
import { type Pending, read } from '../model/keys.ts';
import type { Panel } from '../model/panel.ts';
import { PanelContext, type PanelScope, usePanel } from '../parts/context.ts';
import { LocaleContext } from '../parts/locale-context.ts';
import { Bar } from './bar.tsx';
import { DetailsView } from '../details/view.tsx';
import { Gate } from './gate.tsx';
import { Help } from './help.tsx';
import { Said } from './said.tsx';
import { Strips } from './strips.tsx';
import { Tabs } from './tabs.tsx';
import { ListView } from '../list/view.tsx';

interface AppProps {
  panel: Panel;
  desk: Desk;
  /** The browser's own language, such as `en-GB`. */
  browserLanguage: string;
}

/** How often "now" moves on (ms): what is late, and which day is today, depends on it. */
const TICK = 30_000;

/** The whole panel. */
export function App({ panel, desk, browserLanguage }: AppProps) {
  const { language } = panel.reading.value;
  const tz = panel.tz.value;
  const scope = useMemo((): PanelScope => {
    const locale = localeOf(language, browserLanguage);
    const [own, utc] = [clockOf(locale.tag, panel.zone), clockOf(locale.tag, 'UTC')];
    return {
      panel,
      desk,
      locale,
      texts: locale.texts.panel,
      number: locale.number,
      clock: clockOf(locale.tag, tz),
      both: (time) => `${own.full(time)} · ${utc.full(time)}`,
    };
  }, [panel, desk, language, tz, browserLanguage]);

  useKeys(panel, desk);
  useEffect(() => {
    const timer = setInterval(panel.tick, TICK);
    return () => clearInterval(timer);
  }, [panel]);

  return (
    <LocaleContext.Provider value={scope.locale}>
      <PanelContext.Provider value={scope}>
        <div class="panel">
          <Bar />
          {panel.hasView.value ? <View /> : <Gate />}
          <Help />
          <Said />
        </div>
      </PanelContext.Provider>
    </LocaleContext.Provider>
  );
}

function View() {
  const { panel } = usePanel();
  const isReading = panel.details.reading.value !== null;
  if (isReading) return <DetailsView />;
  return (
    <>
      <Tabs />
      <Strips />
      <ListView key={panel.view.value} />
    </>
  );
}

/** Reads keys pressed anywhere in the panel. */
function useKeys(panel: Panel, desk: Desk): void {
  const pending = useRef<Pending>(undefined);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const next = read(pending.current, {
        key: event.key,
        isModified: event.ctrlKey || event.altKey || event.metaKey,
        isTyping: event.target instanceof Element && event.target.matches('input, select, textarea'),
        singleKeys: panel.preferences.peek().singleKeys,
      });
      pending.current = next.pending;
      if (!next.action || panel.standing.peek().kind !== 'connected') {
        if (next.action?.kind === 'escape') desk.act(next.action);
        return;
      }
      if (isNative(next.action.kind, event.target)) return;
      event.preventDefault();
      desk.act(next.action);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [panel, desk]);
  // What floats goes with the view below it.
  useSignalEffect(() => {
    if (panel.standing.value.kind !== 'connected') desk.popup.value = null;
  });
}

/** Arrows and their like belong to the list; where something else scrolls or has the focus, to that. */
function isNative(kind: string, target: EventTarget | null): boolean {
  if (kind !== 'step' && kind !== 'end') return false;
  return target instanceof Element && target.closest('[data-keys="own"]') !== null;
}
