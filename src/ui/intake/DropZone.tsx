import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { filesOfDrop } from './dropped-files.ts';

interface DropZoneProps {
  readonly onFiles: (files: readonly File[]) => void;
}

/** The whole window takes drops of files and folders, and pictures from the clipboard. */
export function DropZone(props: DropZoneProps): JSX.Element {
  const [over, setOver] = createSignal(false);

  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const dragOver = (event: DragEvent) => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const dragLeave = (event: DragEvent) => {
    if (event.relatedTarget === null) setOver(false);
  };
  const drop = async (event: DragEvent) => {
    setOver(false);
    if (!event.dataTransfer || !hasFiles(event)) return;
    event.preventDefault();
    const files = await filesOfDrop(event.dataTransfer);
    if (files.length > 0) props.onFiles(files);
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    props.onFiles(files);
  };

  onMount(() => {
    window.addEventListener('dragenter', dragOver);
    window.addEventListener('dragover', dragOver);
    window.addEventListener('dragleave', dragLeave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
  });
  onCleanup(() => {
    window.removeEventListener('dragenter', dragOver);
    window.removeEventListener('dragover', dragOver);
    window.removeEventListener('dragleave', dragLeave);
    window.removeEventListener('drop', drop);
    window.removeEventListener('paste', paste);
  });

  return (
    <Show when={over()}>
      <div class="drop-veil" aria-hidden="true">
        <div class="drop-frame crop-marks">Drop to open</div>
      </div>
    </Show>
  );
}
