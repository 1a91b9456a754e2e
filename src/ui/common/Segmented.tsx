import { For, type JSX, Show } from 'solid-js';

export interface SegmentedOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: () => JSX.Element;
  readonly title?: string;
}

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly name: string;
  readonly options: readonly SegmentedOption<T>[];
  /** Null where none of the options holds. */
  readonly value: T | null;
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
}

/** One of a few: radio buttons that look like one control. Where there are icons, labels may hide. */
export function Segmented<T extends string>(props: SegmentedProps<T>): JSX.Element {
  return (
    <fieldset class="segmented" disabled={props.disabled}>
      <legend class="visually-hidden">{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label class="segment" title={option.title}>
            <input
              type="radio"
              class="visually-hidden"
              name={props.name}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            <span class="segment-face">
              <Show when={option.icon}>{(icon) => icon()()}</Show>
              <span class="segment-label" classList={{ spare: option.icon !== undefined }}>
                {option.label}
              </span>
            </span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
