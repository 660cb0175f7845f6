import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface MessageProps {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
  /** Buttons. */
  actions?: ComponentChildren;
}

/** What stands where there is nothing else to show: what is so, why, and what can be done. */
export function Message({ icon, title, children, actions }: MessageProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children}
      {actions && <div class="btns">{actions}</div>}
    </div>
  );
}
