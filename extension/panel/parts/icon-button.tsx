import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface IconButtonProps {
  icon: IconName;
  label: string;
  /** Shown with the label as a tooltip. */
  keys?: string;
  isSmall?: boolean;
  onClick: () => void;
  /** `aria-expanded` and its like. */
  aria?: Record<`aria-${string}`, string | boolean>;
  children?: ComponentChildren;
}

/** A button that is a picture; its words are its name and its tooltip. */
export function IconButton({ icon, label, keys, isSmall = false, onClick, aria = {} }: IconButtonProps) {
  return (
    <button
      type="button"
      class={isSmall ? 'ib sm' : 'ib'}
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
      onClick={onClick}
      {...aria}
    >
      <Icon name={icon} {...(isSmall ? { look: 's' } : {})} />
    </button>
  );
}
