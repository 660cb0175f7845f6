import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';

interface SectionProps {
  name: string;
  note: ComponentChildren;
  isOpen: boolean;
  /** Beside the heading. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of the details that opens and closes; closed, it costs nothing. */
export function Section({ name, note, isOpen: isOpenAtFirst, actions, children }: SectionProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <section class="band">
      <div class="sect">
        <h3>
          <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
            {name}
            <span class="k3">{note}</span>
          </button>
        </h3>
        <span class="sp" />
        {actions}
      </div>
      {isOpen && children}
    </section>
  );
}
