import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { KeyCaps } from './key-caps.tsx';
import { useDismiss } from './use-dismiss.ts';

interface MenuProps {
  label: string;
  items: readonly { key: string; name: string; keys?: readonly (readonly string[])[]; onPick: () => void }[];
  /** Gets the focus back. */
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** A menu below its button: arrows go round, Enter takes, Esc and a press elsewhere close. */
export function Menu({ label, items, opener, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const leave = useDismiss({ box: menu, opener, onClose });
  // Before the next key is read, which is meant for what has it.
  useLayoutEffect(() => menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus(), []);

  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
      return;
    }
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = all.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };

  return (
    <div
      ref={menu}
      class="pop menu below end"
      role="menu"
      aria-label={label}
      data-keys="own"
      onKeyDown={move}
    >
      {items.map(({ key, name, keys, onPick }) => (
        <button
          key={key}
          type="button"
          role="menuitem"
          class="mi"
          tabIndex={-1}
          onClick={() => {
            leave();
            onPick();
          }}
        >
          {name}
          <span class="sp" />
          {keys && (
            <span aria-hidden="true">
              <KeyCaps groups={keys} />
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
