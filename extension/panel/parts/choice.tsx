interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  options: readonly { value: V; label: string; lang?: string }[];
  onChange: (value: V) => void;
}

/** One of a few, side by side: radio buttons in the look of a switch. */
export function Choice<V extends string>({ label, value, options, onChange }: ChoiceProps<V>) {
  return (
    <fieldset class="opt">
      <legend>{label}</legend>
      <span class="seg">
        {options.map((option) => (
          <label key={option.value} {...(option.lang === undefined ? {} : { lang: option.lang })}>
            <input
              type="radio"
              name={label}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}
