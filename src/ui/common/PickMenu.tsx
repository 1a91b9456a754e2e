import { createSignal, For, type JSX } from 'solid-js';
import './pick-menu.css';

interface PickMenuProps {
  readonly label: string;
  /** What stands in the menu before anything is chosen. */
  readonly first: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What the button does with the choice. */
  readonly action: string;
  readonly onChoose: (value: string) => void;
}

/** Longer menus are filled when they are about to be opened: a list of problems has one in each row. */
const SHORT = 40;

/** A menu whose choice takes effect with its button: arrow keys alone must change nothing. */
export function PickMenu(props: PickMenuProps): JSX.Element {
  const [chosen, setChosen] = createSignal('');
  const [wanted, setWanted] = createSignal(false);
  const options = () => (wanted() || props.options.length <= SHORT ? props.options : []);
  const fill = () => setWanted(true);
  return (
    <form
      class="fix-menu"
      onSubmit={(event) => {
        event.preventDefault();
        const value = chosen();
        setChosen('');
        if (value !== '') props.onChoose(value);
      }}
    >
      <label class="fix-menu">
        <span class="choice-label">{props.label}</span>
        <select
          class="select"
          onFocus={fill}
          onPointerEnter={fill}
          onPointerDown={fill}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <option value="" selected={chosen() === ''}>
            {props.first}…
          </option>
          <For each={options()}>
            {({ value, label }) => (
              <option value={value} selected={chosen() === value}>
                {label}
              </option>
            )}
          </For>
        </select>
      </label>
      <button type="submit" class="button small" disabled={chosen() === ''}>
        {props.action}
      </button>
    </form>
  );
}
