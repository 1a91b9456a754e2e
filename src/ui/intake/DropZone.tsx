import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';

interface DropZoneProps {
  /** What a drop does, in large letters over the page. */
  readonly label: string;
  /** Must read the transfer while its event is being handled. */
  readonly onDrop: (transfer: DataTransfer) => void;
}

/** The whole window takes drops of files and folders. */
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
  const drop = (event: DragEvent) => {
    setOver(false);
    if (!event.dataTransfer || !hasFiles(event)) return;
    event.preventDefault();
    props.onDrop(event.dataTransfer);
  };

  onMount(() => {
    window.addEventListener('dragenter', dragOver);
    window.addEventListener('dragover', dragOver);
    window.addEventListener('dragleave', dragLeave);
    window.addEventListener('drop', drop);
  });
  onCleanup(() => {
    window.removeEventListener('dragenter', dragOver);
    window.removeEventListener('dragover', dragOver);
    window.removeEventListener('dragleave', dragLeave);
    window.removeEventListener('drop', drop);
  });

  return (
    <Show when={over()}>
      <div class="drop-veil" aria-hidden="true">
        <div class="drop-frame crop-marks">{props.label}</div>
      </div>
    </Show>
  );
}
