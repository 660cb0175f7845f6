import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { alertsEn, type AlertsTexts } from '../../shared/i18n/alerts-en.ts';
import { alertsZhCN } from '../../shared/i18n/alerts-zh-CN.ts';
import { languageOf, type Preferences } from '../protocol/preferences.ts';
import { clockOf } from '../panel/clock.ts';
import { localeOf, type Locale } from '../panel/locale.ts';
import type { AlertsModel } from './model/page.ts';

/** The page's own texts, in the language that was chosen or is the browser's. */
export function alertsTextsOf(chosen: Preferences['language'], browser: string): AlertsTexts {
  return languageOf(chosen, browser) === 'en' ? alertsEn : alertsZhCN;
}

/** What every view of the page has at hand. */
export interface AlertsScope {
  model: AlertsModel;
  locale: Locale;
  texts: AlertsTexts;
  number: Locale['number'];
  /** An RFC 3339 time in the zone that is chosen, with its day where that is not today's. */
  near: (time: string) => string;
  /** The same to the second, with its zone, and in UTC. */
  both: (time: string) => string;
}

/** The scope of a page whose reader has these preferences. */
export function scopeOf(
  model: AlertsModel,
  language: Preferences['language'],
  tz: string,
  browserLanguage: string,
): AlertsScope {
  const locale = localeOf(language, browserLanguage);
  const [clock, utc] = [clockOf(locale.tag, tz), clockOf(locale.tag, 'UTC')];
  return {
    model,
    locale,
    texts: alertsTextsOf(language, browserLanguage),
    number: locale.number,
    near: (time) => clock.near(Date.parse(time), model.now.value),
    both: (time) => `${clock.full(Date.parse(time))} · ${utc.full(Date.parse(time))}`,
  };
}

export const AlertsContext = createContext<AlertsScope | null>(null);

/** The page around. */
export function useAlerts(): AlertsScope {
  const scope = useContext(AlertsContext);
  if (!scope) throw new Error('a view of alerts is outside of their page');
  return scope;
}
