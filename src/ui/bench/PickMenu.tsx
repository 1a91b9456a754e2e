import { For, type JSX } from 'solid-js';

/** A menu that acts on choosing and stands at its first entry again. */
export function PickMenu(props: {
  readonly label: string;
  readonly first: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}): JSX.Element {
  return (
    <label class="fix-menu">
      <span class="choice-label">{props.label}</span>
      <select
        class="select"
        onChange={(event) => {
          const { value } = event.currentTarget;
          event.currentTarget.value = '';
          if (value !== '') props.onChoose(value);
        }}
      >
        <option value="">{props.first}…</option>
        <For each={props.options}>
          {({ value, label }) => <option value={value}>{label}</option>}
        </For>
      </select>
    </label>
  );
}
