import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

const ICONS: Record<'ok' | 'info' | 'bad', IconName> = {
  ok: 'circle-check',
  info: 'circle-info',
  bad: 'triangle-alert',
};

/** A sentence or two that stands out. What is bad is read out at once. */
export function Note({ kind, children }: { kind: keyof typeof ICONS; children: ComponentChildren }) {
  return (
    <div class={`note ${kind}`} {...(kind === 'bad' ? { role: 'alert' } : {})}>
      <Icon name={ICONS[kind]} />
      <div class="grow">{children}</div>
    </div>
  );
}
