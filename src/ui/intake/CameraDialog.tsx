import SwitchCamera from 'lucide-solid/icons/switch-camera';
import { type JSX, Show } from 'solid-js';
import { Dialog } from '../common/Dialog.tsx';
import { IconButton } from '../common/IconButton.tsx';
import { createCameraSession } from './camera-session.ts';

interface CameraDialogProps {
  readonly onPicture: (file: File) => void;
  /** Another way in, where the camera does not open. */
  readonly onChoose: () => void;
  readonly onClose: () => void;
}

/** A live preview with a shutter. The camera runs only while the dialog is open. */
export function CameraDialog(props: CameraDialogProps): JSX.Element {
  const camera = createCameraSession();
  return (
    <Dialog title="Camera" onClose={props.onClose} class="camera-dialog">
      <div
        class="camera-view"
        classList={{ mirrored: camera.facing() === 'user', dark: camera.failure() !== null }}
      >
        <video ref={camera.setVideo} muted playsinline aria-label="What the camera sees" />
        <Show when={camera.failure()}>
          {(text) => (
            <p class="camera-failure" role="alert">
              {text()}
            </p>
          )}
        </Show>
      </div>
      <div class="camera-controls">
        <button type="button" class="button" onClick={() => props.onClose()}>
          Close
        </button>
        <Show
          when={camera.failure()}
          fallback={<Shutter camera={camera} onPicture={props.onPicture} />}
        >
          <CameraFallback onPicture={props.onPicture} onRetry={camera.start} />
          <button type="button" class="button" onClick={() => props.onChoose()}>
            Choose a photo
          </button>
        </Show>
      </div>
    </Dialog>
  );
}

function Shutter(props: {
  readonly camera: ReturnType<typeof createCameraSession>;
  readonly onPicture: (file: File) => void;
}): JSX.Element {
  const shoot = async () => {
    const file = await props.camera.shoot();
    if (file) props.onPicture(file);
  };
  return (
    <>
      <button
        type="button"
        class="shutter"
        aria-label="Take the picture"
        disabled={!props.camera.running()}
        onClick={() => void shoot()}
      />
      <IconButton
        label="Turn the camera round"
        disabled={!props.camera.running()}
        onClick={() => props.camera.turn()}
      >
        <SwitchCamera />
      </IconButton>
    </>
  );
}

/** On phones and tablets the system's own camera works even where the page's may not. */
function CameraFallback(props: {
  readonly onPicture: (file: File) => void;
  readonly onRetry: () => void;
}): JSX.Element {
  const touch = window.matchMedia('(pointer: coarse)').matches;
  return (
    <Show
      when={touch}
      fallback={
        <button type="button" class="button" onClick={() => props.onRetry()}>
          Try again
        </button>
      }
    >
      <label class="button primary">
        Open the camera app
        <input
          type="file"
          class="visually-hidden"
          accept="image/*"
          capture="user"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) props.onPicture(file);
          }}
        />
      </label>
    </Show>
  );
}
