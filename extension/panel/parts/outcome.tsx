import type { Outcome } from '../../../shared/event/event.ts';
import { usePanel } from './context.ts';
import { Icon, type IconName } from './icon.tsx';

const LOOKS: Record<Outcome, { icon: IconName; look: string }> = {
  ok: { icon: 'check', look: 'good' },
  failed: { icon: 'triangle-alert', look: 'failed' },
  denied: { icon: 'ban', look: 'denied' },
};

/** The outcome as a filled tag: colour, icon and word. */
export function OutcomeTag({ outcome }: { outcome: Outcome }) {
  const { texts } = usePanel();
  const { icon, look } = LOOKS[outcome];
  return (
    <span class={`tag ${look}`}>
      <Icon name={icon} />
      {texts.outcomes[outcome]}
    </span>
  );
}
