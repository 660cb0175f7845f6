import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { localeOf, type Locale } from '../locale.ts';

export const LocaleContext = createContext(localeOf('en', 'en'));

/** The locale of the page around. */
export function useLocale(): Locale {
  return useContext(LocaleContext);
}
