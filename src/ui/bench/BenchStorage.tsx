import { createSignal, type JSX, Show } from 'solid-js';
import type { BenchModel } from '../../app/bench/model.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';

/** What is kept of the set, in the footer, and the way to start anew. */
export function BenchStorage(props: { readonly bench: BenchModel }): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const { state, commands } = props.bench;
  return (
    <div class="storage bench-storage" data-testid="bench-storage">
      <Show when={Object.keys(state.files).length > 0}>
        <span>{state.storageSentence}</span>
        <button type="button" class="link" onClick={() => setAsking(true)}>
          Clear the set
        </button>
      </Show>
      <Show when={asking()}>
        <ConfirmDialog
          title="Clear the set?"
          text="Its list of files, all numbers, imports, tags and decisions are deleted. Your own files stay where they are."
          yes="Clear the set"
          no="Keep"
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            void commands.clear();
          }}
        />
      </Show>
    </div>
  );
}
