import FolderPlus from 'lucide-solid/icons/folder-plus';
import Plus from 'lucide-solid/icons/plus';
import type { JSX } from 'solid-js';
import type { BenchView } from './bench-view.ts';
import { ExportMenu } from './ExportMenu.tsx';
import type { Pickers } from './FilePickers.tsx';

/** More files, and everything that leaves. */
export function BenchTop(props: {
  readonly view: BenchView;
  readonly pickers: Pickers;
  readonly fromLook: JSX.Element;
}): JSX.Element {
  return (
    <div class="bench-top">
      <button type="button" class="button" onClick={() => props.pickers.folder()}>
        <FolderPlus /> Add a folder
      </button>
      <button type="button" class="button" onClick={() => props.pickers.files()}>
        <Plus /> Add files
      </button>
      {props.fromLook}
      <ExportMenu view={props.view} onOpenWorkspace={() => props.pickers.files()} />
    </div>
  );
}
