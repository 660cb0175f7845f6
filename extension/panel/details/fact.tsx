import type { ComponentChildren } from 'preact';
import { usePanel } from '../parts/context.ts';
import { IconButton } from '../parts/icon-button.tsx';

interface FactProps {
  label: string;
  /** What its button copies; without one where there is nothing. */
  copied?: string;
  children: ComponentChildren;
}

/** One line of a `dl.kv`: what is asked, the answer, and a button that copies it. */
export function Fact({ label, copied = '', children }: FactProps) {
  const { desk, texts } = usePanel();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <div>{children}</div>
        {copied !== '' && (
          <IconButton
            icon="copy"
            isSmall
            label={texts.copy(label)}
            onClick={() => void desk.copy(copied, 'value')}
          />
        )}
      </dd>
    </div>
  );
}
