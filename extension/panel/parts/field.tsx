import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

interface FieldProps {
  id: string;
  label: string;
  hint: string;
  value: Signal<string>;
  /** Not to be read over a shoulder. */
  secret?: boolean;
  /** What is wrong with what was entered; whoever entered it is brought back here. */
  problem?: string | undefined;
}

/** A text field with its label above, a hint, and what is wrong. */
export function Field({ id, label, hint, value, secret = false, problem }: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const isWrong = problem !== undefined;
  useEffect(() => {
    if (isWrong) input.current?.focus();
  }, [isWrong]);
  const kind = secret
    ? ({ type: 'password', class: 'inp m' } as const)
    : ({ type: 'text', class: 'inp', inputMode: 'url' } as const);
  return (
    <>
      <label class="step" for={id}>
        {label}
      </label>
      <p class="k2" id={`${id}-hint`}>
        {hint}
      </p>
      <input
        {...kind}
        ref={input}
        id={id}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={value.value}
        onInput={({ currentTarget }) => (value.value = currentTarget.value)}
        aria-describedby={isWrong ? `${id}-hint ${id}-problem` : `${id}-hint`}
        aria-invalid={isWrong}
      />
      {isWrong && (
        <p class="wrong" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
