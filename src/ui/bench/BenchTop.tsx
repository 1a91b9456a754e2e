import FolderPlus from 'lucide-solid/icons/folder-plus';
import Plus from 'lucide-solid/icons/plus';
import { createSignal, type JSX, Show } from 'solid-js';
import { ConfirmDialog } from '../common/Dialog.tsx';
import type { BenchView } from './bench-view.ts';
import { ExportMenu } from './ExportMenu.tsx';
import type { Pickers } from './FilePickers.tsx';

/** More files, everything that leaves, and the way to start anew. */
export function BenchTop(props: {
  readonly view: BenchView;
  readonly pickers: Pickers;
}): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const { state, commands } = props.view.bench;
  return (
    <div class="bench-top">
      <button type="button" class="button" onClick={() => props.pickers.folder()}>
        <FolderPlus /> Add a folder
      </button>
      <button type="button" class="button" onClick={() => props.pickers.files()}>
        <Plus /> Add files
      </button>
      <ExportMenu view={props.view} onOpenWorkspace={() => props.pickers.files()} />
      <p class="bench-storage">{state.storageSentence}</p>
      <button type="button" class="link quiet" onClick={() => setAsking(true)}>
        Clear the set
      </button>
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
