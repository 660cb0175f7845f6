/** What is said while the past is still being read. */
import type { PanelTexts } from '../../../shared/i18n/panel-en.ts';
import { type Connected, missingBefore } from '../../protocol/panel.ts';

/** How a language says it. */
export interface Saying {
  texts: Pick<PanelTexts, 'readingBack' | 'besides' | 'stop'>;
  number: (value: number) => string;
  /** How long so many seconds are. */
  span: (seconds: number) => string;
  /** A time, ms since 1970. */
  near: (time: number) => string;
}

/** Shorter than this (s) nothing is told: what is known may be as old. */
const MINUTE = 60;

/**
 * A sentence; undefined where nothing is read back. While the Worker does not answer, nobody knows how far it is by now.
 */
export function readingBackText(
  { readingBack, problem }: Pick<Connected, 'readingBack' | 'problem'>,
  { texts, number, span, near }: Saying,
): string | undefined {
  if (readingBack === undefined || problem !== null) return undefined;
  const says = texts.readingBack;
  if (readingBack.kind === 'untold') return says.untold(near(readingBack.before));
  const { percent, left } = readingBack;
  const rate = Math.round(readingBack.rate);
  const parts = [
    says.percent(number(percent)),
    ...(rate === 0 ? [] : [says.rate(rate, number(rate))]),
    ...(left === null ? [] : [says.left(span(Math.max(left, MINUTE)))]),
  ];
  return parts.reduce((said, part) => said + texts.besides(part)) + texts.stop;
}

/**
 * Where a time (unix s, undefined: all that is stored) reaches back to what is not read yet: until when (ms since 1970)
 * something of it may be missing.
 */
export function unreadBefore(
  { readingBack, coverage }: Pick<Connected, 'readingBack' | 'coverage'>,
  from: number | undefined,
): number | undefined {
  if (readingBack === undefined) return undefined;
  const before = readingBack.kind === 'untold' ? readingBack.before : missingBefore(coverage);
  return before !== null && (from ?? 0) * 1000 < before ? before : undefined;
}
