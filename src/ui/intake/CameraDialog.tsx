import SwitchCamera from 'lucide-solid/icons/switch-camera';
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { Dialog } from '../common/Dialog.tsx';
import { IconButton } from '../common/IconButton.tsx';
import { cameraRefusal, type Facing, openCamera, stopCamera, takePicture } from './camera.ts';

interface CameraDialogProps {
  readonly onPicture: (file: File) => void;
  /** Another way in, where the camera does not open. */
  readonly onChoose: () => void;
  readonly onClose: () => void;
}

/** A live preview with a shutter. The camera runs only while the dialog is open. */
export function CameraDialog(props: CameraDialogProps): JSX.Element {
  const [failure, setFailure] = createSignal<string | null>(null);
  const [running, setRunning] = createSignal(false);
  const [facing, setFacing] = createSignal<Facing>('user');
  let video: HTMLVideoElement | undefined;
  let stream: MediaStream | null = null;
  let closed = false;

  const stop = () => {
    if (stream) stopCamera(stream);
    stream = null;
    setRunning(false);
  };
  const start = async () => {
    stop();
    setFailure(null);
    try {
      const opened = await openCamera(facing());
      if (closed || !video) {
        stopCamera(opened);
        return;
      }
      stream = opened;
      video.srcObject = opened;
      await video.play();
      setRunning(true);
    } catch (error) {
      if (!closed) setFailure(cameraRefusal(error));
    }
  };
  const shoot = async () => {
    if (!video) return;
    try {
      props.onPicture(await takePicture(video, new Date()));
    } catch {
      setFailure('The picture could not be taken. Try again, or choose a photo instead.');
    }
  };
  const turn = () => {
    setFacing(facing() === 'user' ? 'environment' : 'user');
    void start();
  };
  onMount(() => void start());
  onCleanup(() => {
    closed = true;
    stop();
  });

  return (
    <Dialog title="Camera" onClose={props.onClose} class="camera-dialog">
      <div
        class="camera-view"
        classList={{ mirrored: facing() === 'user', dark: failure() !== null }}
      >
        <video ref={video} muted playsinline aria-label="What the camera sees" />
        <Show when={failure()}>
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
          when={failure()}
          fallback={
            <button
              type="button"
              class="shutter"
              aria-label="Take the picture"
              disabled={!running()}
              onClick={() => void shoot()}
            />
          }
        >
          <CameraFallback onPicture={props.onPicture} onRetry={() => void start()} />
        </Show>
        <Show
          when={failure()}
          fallback={
            <IconButton label="Turn the camera round" disabled={!running()} onClick={turn}>
              <SwitchCamera />
            </IconButton>
          }
        >
          <button type="button" class="button" onClick={() => props.onChoose()}>
            Choose a photo
          </button>
        </Show>
      </div>
    </Dialog>
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
