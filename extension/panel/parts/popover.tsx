import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useDismiss } from './use-dismiss.ts';

interface PopoverProps {
  label: string;
  /** Gets the focus back. */
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ComponentChildren;
}

/** A small dialog below what opened it. */
export function Popover({ label, opener, onClose, children }: PopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  const leave = useDismiss({ box, opener, onClose });
  // Before the next key is read, which is meant for what has it.
  useLayoutEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      class="pop below"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      data-keys="own"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        leave();
      }}
    >
      {children}
    </div>
  );
}
