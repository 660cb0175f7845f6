/** Why something could not be shown. */
import type { Texts } from '../../../shared/i18n/en.ts';
import type { Problem } from '../../protocol/connection.ts';
import { problemText } from '../options/problem-text.ts';

/** What could not be had: what is older than the rows shown, all of a list, or an event. */
export type Missed = 'older' | 'list' | 'details';

/** What went wrong, what works all the same, and what happens next. */
export function failedText(texts: Texts, problem: Problem, missed: Missed): string {
  return problem.kind === 'unreachable' ? texts.panel.outOfReach[missed] : problemText(texts, problem);
}
