import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

interface Dismissed {
  box: RefObject<HTMLElement | null>;
  /** What opened it: a press there is no press elsewhere, and it gets the focus back. */
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/**
 * Closes what floats when a press, or the focus, goes elsewhere. Gives what is to be called for Esc, and once
 * something was chosen: it closes too, and the focus is where it was before.
 */
export function useDismiss({ box, opener, onClose }: Dismissed): () => void {
  useEffect(() => {
    const press = ({ target }: Event): void => {
      const isInside =
        target instanceof Node && [box.current, opener.current].some((one) => one?.contains(target));
      if (!isInside) onClose();
    };
    document.addEventListener('pointerdown', press);
    document.addEventListener('focusin', press);
    return () => {
      document.removeEventListener('pointerdown', press);
      document.removeEventListener('focusin', press);
    };
  }, [box, opener, onClose]);
  return () => {
    opener.current?.focus();
    onClose();
  };
}
