import { createEffect, createSignal, createUniqueId, For, type JSX } from 'solid-js';
import { movedTo } from './choice.ts';
import './palette.css';

interface ComboListProps<T> {
  /** What the text field is for. */
  readonly label: string;
  readonly placeholder: string;
  readonly maxLength?: number;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** What the list is of. */
  readonly listLabel: string;
  readonly options: readonly T[];
  /** Which option Enter takes before the arrows choose; -1: none. */
  readonly first: number;
  /** Undefined: Enter was pressed with none chosen. */
  readonly onTake: (option: T | undefined) => void;
  readonly optionClass?: string;
  /** What an option shows. */
  readonly children: (option: T) => JSX.Element;
}

/**
 * A text field over a list that it narrows: the field keeps the focus, and options are chosen by its keys
 * or with the pointer.
 */
export function ComboList<T>(props: ComboListProps<T>): JSX.Element {
  const id = createUniqueId();
  /** Null: the arrows have not chosen. */
  const [chosen, setChosen] = createSignal<number | null>(null);
  const at = () => chosen() ?? props.first;
  const optionId = (index: number) => `${id}-${index}`;
  createEffect(() => {
    if (!props.options[at()]) return;
    document.getElementById(optionId(at()))?.scrollIntoView({ block: 'nearest' });
  });
  const take = (option: T | undefined) => {
    setChosen(null);
    props.onTake(option);
  };
  const press = (event: KeyboardEvent) => {
    const next = movedTo(event.key, at(), props.options.length);
    if (event.key === 'Enter') take(props.options[at()]);
    else if (next !== null) setChosen(next);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        type="text"
        class="palette-query"
        role="combobox"
        aria-label={props.label}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={props.options[at()] ? optionId(at()) : undefined}
        placeholder={props.placeholder}
        autocomplete="off"
        spellcheck={false}
        maxlength={props.maxLength}
        autofocus
        value={props.query}
        onInput={(event) => {
          setChosen(null);
          props.onQuery(event.currentTarget.value);
        }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} class="palette-list" role="listbox" aria-label={props.listLabel}>
        <For each={props.options}>
          {(option, index) => (
            <div
              id={optionId(index())}
              class={`palette-option ${props.optionClass ?? ''}`}
              role="option"
              tabIndex={-1}
              aria-selected={index() === at()}
              // The field keeps the focus: taken, an option may be gone, and the focus with it.
              onMouseDown={(event) => event.preventDefault()}
              onPointerUp={() => take(option)}
            >
              {props.children(option)}
            </div>
          )}
        </For>
      </div>
    </>
  );
}
