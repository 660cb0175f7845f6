/** A language with its texts, and how it writes times and numbers. */
import { en, type Texts } from '../../shared/i18n/en.ts';
import { zhCN } from '../../shared/i18n/zh-CN.ts';
import { languageOf } from '../protocol/preferences.ts';

export interface Locale {
  /** For the page's `lang`. */
  tag: string;
  texts: Texts;
  number: (value: number) => string;
  /** Date and time in the browser's zone, which is named, of an RFC 3339 time. */
  time: (time: string) => string;
  /** `24 Oct` there, of ms since 1970. */
  day: (time: number) => string;
  /** How long before `now` (ms) an RFC 3339 time was: `3 minutes ago`. */
  ago: (time: string, now: number) => string;
  /** How long so many seconds are, in the largest unit of which there is one: `2 minutes`. */
  span: (seconds: number) => string;
}

/** The locale of what the user chose, or `auto`; `browser` is the browser's own, such as `en-GB`. */
export function localeOf(chosen: 'auto' | 'en' | 'zh-CN', browser: string): Locale {
  const isChinese = languageOf(chosen, browser) === 'zh-CN';
  const english = /^en\b/i.test(browser) ? browser : 'en';
  const tag = isChinese ? 'zh-CN' : english;
  const numbers = new Intl.NumberFormat(tag);
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const times = new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  const days = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric' });
  const zones = new Intl.DateTimeFormat(tag, { timeZoneName: 'short' });
  return {
    tag,
    texts: isChinese ? zhCN : en,
    number: (value) => numbers.format(value),
    time: (time) => {
      const date = new Date(time);
      // Asked for in one go, Chinese would put the zone between the date and the time.
      const zone = zones.formatToParts(date).find(({ type }) => type === 'timeZoneName');
      return `${times.format(date)} ${zone?.value ?? ''}`;
    },
    day: (time) => days.format(time),
    ago: (time, now) => relative.format(...inUnits((Date.parse(time) - now) / 1000)),
    span: (seconds) => {
      const [count, unit] = inUnits(seconds);
      const written = new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
      return written.replace(/(?<=\d)(?=\p{Script=Han})/u, ' ');
    },
  };
}

/** Seconds in the largest unit of which there is one. */
function inUnits(seconds: number): [number, 'second' | 'minute' | 'hour' | 'day'] {
  const size = Math.abs(seconds);
  if (size < 60) return [Math.round(seconds), 'second'];
  if (size < 3600) return [Math.round(seconds / 60), 'minute'];
  if (size < 86_400) return [Math.round(seconds / 3600), 'hour'];
  return [Math.round(seconds / 86_400), 'day'];
}
