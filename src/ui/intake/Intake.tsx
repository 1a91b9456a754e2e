import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import type { AppModel, Role } from '../../app/model.ts';
import { CameraDialog } from './CameraDialog.tsx';
import { DropZone } from './DropZone.tsx';
import { filesOfDrop } from './dropped-files.ts';
import { FileInput } from './FileInput.tsx';
import { RoleChooser } from './RoleChooser.tsx';
import './intake.css';

/** The two ways in that buttons open; drops and pastes come by themselves. */
export interface WaysIn {
  /** With a role, what is picked is that for the case on screen. */
  readonly openPicker: (role?: Role) => void;
  readonly openCamera: () => void;
}

interface WaysInState extends WaysIn {
  readonly cameraIsOpen: () => boolean;
  readonly closeCamera: () => void;
  readonly setPicker: (open: WaysIn['openPicker']) => void;
}

export function createWaysIn(): WaysInState {
  const [cameraIsOpen, setCamera] = createSignal(false);
  let picker: WaysIn['openPicker'] = () => {};
  return {
    openPicker: (role) => picker(role),
    openCamera: () => setCamera(true),
    cameraIsOpen,
    closeCamera: () => setCamera(false),
    setPicker: (open) => {
      picker = open;
    },
  };
}

/** Every way files come in, and the question what they are. */
export function Intake(props: {
  readonly model: AppModel;
  readonly ways: WaysInState;
  /** False behind a door that takes drops itself. */
  readonly takesDrops: boolean;
}): JSX.Element {
  const addFiles = (files: readonly File[], role?: Role) => {
    if (files.length > 0) void props.model.commands.addFiles(files, role);
  };
  createPaste(addFiles);
  return (
    <>
      <FileInput onFiles={addFiles} onReady={props.ways.setPicker} />
      <Show when={props.takesDrops}>
        <DropZone
          label="Drop to open"
          onDrop={(transfer) => void filesOfDrop(transfer).then(addFiles)}
        />
      </Show>
      <Show when={props.model.state.unclear.length > 0}>
        <RoleChooser files={props.model.state.unclear} onChoose={props.model.commands.chooseRole} />
      </Show>
      <Show when={props.ways.cameraIsOpen()}>
        <CameraDialog
          onClose={props.ways.closeCamera}
          onChoose={() => {
            props.ways.closeCamera();
            props.ways.openPicker();
          }}
          onPicture={(file) => {
            props.ways.closeCamera();
            void props.model.commands.addPhoto(file);
          }}
        />
      </Show>
    </>
  );
}

/** Takes pictures from the clipboard while the owner lives. */
function createPaste(onFiles: (files: readonly File[]) => void): void {
  const paste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };
  onMount(() => window.addEventListener('paste', paste));
  onCleanup(() => window.removeEventListener('paste', paste));
}
