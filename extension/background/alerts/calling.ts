/** Which alerts call for somebody: those of the badge and of notifications. */
import type { Alert } from '../../../shared/api/alerts.ts';

/** Open, and neither muted nor expected: of those nobody is to be told. */
export function isCalling({ state, muted, expected }: Alert): boolean {
  return state === 'open' && muted === undefined && expected === undefined;
}
