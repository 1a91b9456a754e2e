import type { JSX } from 'solid-js';

/** A number that takes effect when it has been written, not while it is. */
export function NumberField(props: {
  readonly value: number | null;
  readonly onChange: (text: string) => void;
  readonly label?: string;
  readonly placeholder?: string;
}): JSX.Element {
  return (
    <input
      type="number"
      step="any"
      class="number-field"
      aria-label={props.label}
      placeholder={props.placeholder}
      value={props.value ?? ''}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
