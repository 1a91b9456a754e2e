import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  type JSX,
  Show,
} from 'solid-js';
import { Dialog } from '../common/Dialog.tsx';
import { movedTo } from './choice.ts';
import type { PaletteEntry } from './entries.ts';
import { fuzzyFilter } from './fuzzy.ts';
import './palette.css';

interface PaletteProps {
  readonly entries: readonly PaletteEntry[];
  readonly onClose: () => void;
}

/** A few letters find any action; arrows choose, Enter does it. */
export function Palette(props: PaletteProps): JSX.Element {
  const id = createUniqueId();
  const [query, setQuery] = createSignal('');
  const [at, setAt] = createSignal(0);
  const found = createMemo(() =>
    fuzzyFilter(query(), props.entries, ({ label, group }) => `${label} ${group}`),
  );
  const optionId = (index: number) => `${id}-${index}`;
  createEffect(() => {
    if (!found()[at()]) return;
    document.getElementById(optionId(at()))?.scrollIntoView({ block: 'nearest' });
  });
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    // Closed first: the focus goes back before the action may take it elsewhere.
    props.onClose();
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    const next = movedTo(event.key, at(), found().length);
    if (event.key === 'Enter') run(found()[at()]);
    else if (next !== null) setAt(next);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Commands" onClose={props.onClose} class="palette" testId="palette">
      <input
        type="text"
        class="palette-query"
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={found()[at()] ? optionId(at()) : undefined}
        placeholder="Type a few letters"
        autocomplete="off"
        spellcheck={false}
        autofocus
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} class="palette-list" role="listbox" aria-label="Commands">
        <For each={found()}>
          {(entry, index) => (
            <Option
              id={optionId(index())}
              entry={entry}
              chosen={index() === at()}
              onRun={() => run(entry)}
            />
          )}
        </For>
      </div>
      <p class="palette-count" aria-live="polite">
        <Show when={found().length > 0} fallback="No command has these letters in this order">
          {found().length} commands · ↑ ↓ choose, Enter does it, Esc leaves
        </Show>
      </p>
    </Dialog>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly chosen: boolean;
  readonly onRun: () => void;
}

/** The text field keeps the focus: options are chosen by its keys or with the pointer. */
function Option(props: OptionProps): JSX.Element {
  return (
    <div
      id={props.id}
      class="palette-option"
      role="option"
      tabIndex={-1}
      aria-selected={props.chosen}
      onPointerUp={() => props.onRun()}
    >
      <span>{props.entry.label}</span>
      <span class="palette-group">{props.entry.group}</span>
      <span class="palette-keys">
        <For each={props.entry.caps}>{(cap) => <kbd>{cap}</kbd>}</For>
      </span>
    </div>
  );
}
