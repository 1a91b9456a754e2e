import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { Dialog } from '../common/Dialog.tsx';
import { ComboList } from './ComboList.tsx';
import type { PaletteEntry } from './entries.ts';
import { fuzzyFilter } from './fuzzy.ts';
import './palette.css';

interface PaletteProps {
  readonly entries: readonly PaletteEntry[];
  readonly onClose: () => void;
}

/** A few letters find any action; arrows choose, Enter does it. */
export function Palette(props: PaletteProps): JSX.Element {
  const [query, setQuery] = createSignal('');
  const found = createMemo(() =>
    fuzzyFilter(query(), props.entries, ({ label, group }) => `${label} ${group}`),
  );
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    // Closed first: the focus goes back before the action may take it elsewhere.
    props.onClose();
    entry.run();
  };
  return (
    <Dialog title="Commands" onClose={props.onClose} class="palette" testId="palette">
      <ComboList
        label="Find a command"
        placeholder="Type a few letters"
        query={query()}
        onQuery={setQuery}
        listLabel="Commands"
        options={found()}
        first={0}
        onTake={run}
      >
        {(entry) => (
          <>
            <span>{entry.label}</span>
            <span class="palette-group">{entry.group}</span>
            <span class="palette-keys">
              <For each={entry.caps}>{(cap) => <kbd>{cap}</kbd>}</For>
            </span>
          </>
        )}
      </ComboList>
      <p class="palette-count" aria-live="polite">
        <Show when={found().length > 0} fallback="No command has these letters in this order">
          {found().length} commands · ↑ ↓ choose, Enter does it, Esc leaves
        </Show>
      </p>
    </Dialog>
  );
}
