/** The desktop notification about alerts that newly opened: one for all that came at once. */
import type { AlertCallTexts } from '../../../shared/i18n/alerts-en.ts';
import type { ListedAlert } from '../../protocol/alerts.ts';
import { plain, quoted } from './plain.ts';

export interface Notice {
  /** Another of the same id takes its place. */
  id: string;
  title: string;
  message: string;
}

const MAX_NAME = 60;
const MAX_QUOTED = 40;
const MAX_NOTE = 120;

/** Alerts that a notification of several names. */
const NAMED = 3;

/** What is told about new alerts, newest first; undefined where there is none. */
export function noticeOf(alerts: readonly ListedAlert[], texts: AlertCallTexts): Notice | undefined {
  const [first, ...others] = alerts;
  if (first === undefined) return undefined;
  if (others.length === 0) {
    return { id: `alert ${first.id}`, title: titleOf(first, texts), message: aboutOf(first, texts) };
  }
  const named = alerts.slice(0, NAMED).map((alert) => titleOf(alert, texts));
  const rest = alerts.length - named.length;
  return {
    id: 'alerts',
    title: texts.several(alerts.length),
    message: [...named, ...(rest > 0 ? [texts.others(rest)] : [])].join('\n'),
  };
}

function titleOf({ name, severity }: ListedAlert, texts: AlertCallTexts): string {
  return texts.title(texts.severities[severity], plain(texts.of(name), MAX_NAME));
}

function aboutOf({ group, note, subject, count }: ListedAlert, texts: AlertCallTexts): string {
  const parts = [
    group && texts.group(texts.per[group.per], quoted(group.label ?? group.value, MAX_QUOTED)),
    subject !== undefined && note === undefined && quoted(subject, MAX_QUOTED),
    note && plain(texts.of(note), MAX_NOTE),
    count > 0 && texts.events(count),
  ];
  return parts.filter((part) => typeof part === 'string').join(' · ');
}
