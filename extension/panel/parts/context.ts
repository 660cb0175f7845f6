import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PanelTexts } from '../../../shared/i18n/panel-en.ts';
import type { Clock } from '../clock.ts';
import type { Locale } from '../locale.ts';
import type { Desk } from '../model/desk.ts';
import type { Panel } from '../model/panel.ts';

/** What every view of the panel has at hand. */
export interface PanelScope {
  panel: Panel;
  desk: Desk;
  locale: Locale;
  /** The panel's own texts. */
  texts: PanelTexts;
  number: Locale['number'];
  /** In the zone that is chosen. */
  clock: Clock;
  /** The time in the browser's zone and in UTC, to the second (ms since 1970). */
  both: (time: number) => string;
}

export const PanelContext = createContext<PanelScope | null>(null);

/** The panel around. */
export function usePanel(): PanelScope {
  const scope = useContext(PanelContext);
  if (!scope) throw new Error('a view of the panel is outside of it');
  return scope;
}
