/** Why something could not be shown. */
import type { Texts } from '../../../shared/i18n/en.ts';
import type { Problem } from '../../protocol/connection.ts';
import { problemText } from '../options/problem-text.ts';

/** What could not be had: anything new, what is older than the rows shown, or an event. */
export type Missed = 'news' | 'older' | 'details';

/** What went wrong, what works all the same, and what happens next. */
export function failedText(texts: Texts, problem: Problem, missed: Missed): string {
  return problem.kind === 'unreachable' ? texts.panel.outOfReach[missed] : troubleText(texts, problem);
}

/** The same before there is anything that works. It is on the options page that the browser asks, not here. */
export function troubleText(texts: Texts, problem: Problem): string {
  return problem.kind === 'permission' ? texts.panel.notPermitted : problemText(texts, problem);
}
