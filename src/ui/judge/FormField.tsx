import { createUniqueId, type JSX, Show } from 'solid-js';

interface FieldProps {
  readonly label: string;
  readonly note?: string | undefined;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly testId?: string;
}

/** A labelled line: text takes effect as it is written, numbers and lists when they have been. */
export function TextField(
  props: FieldProps & { readonly number?: boolean; readonly list?: boolean },
): JSX.Element {
  const note = createUniqueId();
  return (
    <label class="form-field">
      <span class="form-label">{props.label}</span>
      <input
        type={props.number ? 'number' : 'text'}
        min={props.number ? '0' : undefined}
        maxlength="200"
        class="text-field"
        data-testid={props.testId}
        aria-describedby={props.note ? note : undefined}
        value={props.value}
        onInput={(event) => {
          if (!props.number && !props.list) props.onChange(event.currentTarget.value);
        }}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <Show when={props.note}>
        <span class="section-note" id={note}>
          {props.note}
        </span>
      </Show>
    </label>
  );
}

/** A labelled text of several lines. */
export function TextArea(props: FieldProps): JSX.Element {
  return (
    <label class="form-field wide">
      <span class="form-label">{props.label}</span>
      <textarea
        class="text-field text-area"
        rows="3"
        maxlength="4000"
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </label>
  );
}

/** A box to tick. */
export function CheckField(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}): JSX.Element {
  return (
    <label class="check-row">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}
