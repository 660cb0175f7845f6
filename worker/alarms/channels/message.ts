/** What a message about an alert says, before a channel puts it into its form. Pure. */
import type { Alert } from '../../../shared/api/alerts.ts';
import type { AlertLanguage } from '../../../shared/api/channels.ts';
import type { EventSummary } from '../../../shared/event/event.ts';
import { alertEn, type AlertTexts } from '../../../shared/i18n/alert-en.ts';
import { alertZhCN } from '../../../shared/i18n/alert-zh-CN.ts';
import { aboutEvents } from './about-events.ts';

export type Told = 'opened' | 'summary' | 'recovered' | 'test';

/** Something to tell about an alert. */
export interface Notice {
  /** The same at each attempt, and never that of another message. */
  id: string;
  told: Told;
  /** As it is now. */
  alert: Alert;
  /** Its examples, newest first, as far as they are still kept. */
  events: readonly EventSummary[];
  /** What the message before this one told of, in the same channel. */
  before?: { count: number; /** Unix seconds. */ at: number };
}

/** Who reads it. */
export interface Reader {
  language: AlertLanguage;
  /** IANA zone that times are told in. */
  zone: string;
  /** Origin that links lead to; undefined where nobody said. */
  origin: string | undefined;
}

/** A message. All but its label and link may hold text of records: a channel makes it inert. */
export interface Message {
  id: string;
  told: Told;
  title: string;
  lines: { label: string; text: string }[];
  /** How a label and a text become a line. */
  label: AlertTexts['label'];
  link?: { label: string; url: string };
  alert: Alert;
  events: readonly EventSummary[];
  /** Events since the message before. */
  more?: number;
}

const TEXTS: Readonly<Record<AlertLanguage, AlertTexts>> = { en: alertEn, 'zh-CN': alertZhCN };

/** The message of a notice, for who reads it. */
export function messageOf(notice: Notice, { language, zone, origin }: Reader): Message {
  const { id, told, alert, events, before } = notice;
  const texts = TEXTS[language];
  const clock = clockOf(zone);
  const inLanguage = (said: { en: string; zh?: string }): string =>
    (language === 'zh-CN' ? said.zh : undefined) ?? said.en;
  const more = before === undefined ? undefined : Math.max(0, alert.count - before.count);
  const [example] = alert.examples;
  return {
    id,
    told,
    title: texts.titles[told](texts.severities[alert.severity], inLanguage(alert.name)),
    lines: [
      ...line(texts.about, alert.subject ?? ''),
      ...line(texts.note, alert.note === undefined ? '' : inLanguage(alert.note)),
      ...aboutEvents(alert, events, texts).flatMap(({ label, text }) => line(label, text)),
      ...howOften(alert, texts, { clock, zone }),
      ...(before !== undefined && more !== undefined && more > 0
        ? line(texts.newly, texts.more(more, clock(before.at * 1000)))
        : []),
      ...line(texts.over, alert.recovered === undefined ? '' : clock(Date.parse(alert.recovered))),
      ...line(texts.alert, alert.id),
    ],
    label: texts.label,
    ...(origin === undefined || example === undefined
      ? {}
      : { link: { label: texts.open, url: `${origin}/e/${example}` } }),
    alert,
    events,
    ...(more === undefined ? {} : { more }),
  };
}

/** One line, or none where there is nothing to say. */
function line(label: string, text: string): { label: string; text: string }[] {
  return text === '' ? [] : [{ label, text }];
}

interface Times {
  clock: (at: number) => string;
  zone: string;
}

/** How many events there were and when, or since when it lasts. */
function howOften(
  { system, count, first, last }: Alert,
  texts: AlertTexts,
  { clock, zone }: Times,
): { label: string; text: string }[] {
  const [from, to] = [clock(Date.parse(first)), clock(Date.parse(last))];
  // What is wrong with Sidetrail, or what is missing, lasts: there is nothing to count.
  if (system || count === 0) return line(texts.since, texts.at(from, zone));
  const span = from === to ? texts.at(to, zone) : texts.between(from, to, zone);
  return line(texts.often, texts.and([texts.times(count), span]));
}

/** Unix ms → what clocks of a zone show: `2026-11-22 14:03:21`. */
function clockOf(zone: string): (at: number) => string {
  // The one locale whose usual form is that of ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (at) => format.format(at);
}
