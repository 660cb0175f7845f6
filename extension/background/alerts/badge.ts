/** The badge of the toolbar's button: how many alerts call, and how bad the worst of them is. */
import type { Severity } from '../../../shared/api/rules.ts';
import type { AlertCallTexts } from '../../../shared/i18n/alerts-en.ts';
import type { OpenAlerts } from './ask.ts';
import { isCalling } from './calling.ts';

export interface Badge {
  /** At most three characters: more are cut off by browsers. */
  text: string;
  /** Behind white text, and 4.5:1 or more against it. */
  colour: string;
  /** What the colour and the number say, in words. */
  title: string;
}

const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: '#b01e2b',
  high: '#b01e2b',
  medium: '#8f4600',
  low: '#6429b3',
  info: '#6429b3',
};

/** What fits. */
const MOST = 99;

/** The badge of open alerts; undefined where none calls. */
export function badgeOf({ alerts, more }: OpenAlerts, texts: AlertCallTexts): Badge | undefined {
  const calling = alerts.filter(isCalling);
  const severities = new Set(calling.map(({ severity }) => severity));
  const worst = WORST_FIRST.find((severity) => severities.has(severity));
  if (worst === undefined) return undefined;
  const isMore = more || calling.length > MOST;
  const count = Math.min(calling.length, MOST);
  return {
    text: isMore ? `${count}+` : `${count}`,
    colour: COLOURS[worst],
    title: texts.badge(calling.length, isMore ? `${count}+` : `${count}`, texts.worst[worst]),
  };
}
