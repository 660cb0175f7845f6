/** Calls that change what restricts logins: where from, by whom, with how many factors. */
import type { EventSummary } from '../event/event.ts';

const FENCE: ReadonlySet<string> = new Set([
  'cam:CreateSubAccountLoginIpPolicy',
  'cam:CreateSubAccountBindPolicy',
  'cam:CreateAssistApprover',
  'cam:SetSafeAuthFlag',
  'cam:SetMfaFlag',
  'account:SetOffsiteLoginFlag',
  'account:SetSafeAuthFlag',
]);

/** Whether a call changes, or tried to change, the restrictions of logins. */
export function isFence({ product, event }: Pick<EventSummary, 'product' | 'event'>): boolean {
  return FENCE.has(`${product}:${event}`);
}
