import { createSignal, onCleanup, onMount } from 'solid-js';
import {
  cameraRefusal,
  type Facing,
  openCamera,
  showStream,
  stopCamera,
  takePicture,
} from './camera.ts';

/** A camera that runs while the owner lives, shown by the video element it is given. */
export function createCameraSession() {
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
      if (closed || !video) return stopCamera(opened);
      stream = opened;
      await showStream(video, opened);
      setRunning(true);
    } catch (error) {
      if (!closed) setFailure(cameraRefusal(error));
    }
  };
  /** The picture of this moment; null, with the reason in `failure`, where it cannot be taken. */
  const shoot = async (): Promise<File | null> => {
    try {
      return video ? await takePicture(video, new Date()) : null;
    } catch {
      setFailure('The picture could not be taken. Try again, or choose a photo instead.');
      return null;
    }
  };
  const turn = () => {
    setFacing(facing() === 'user' ? 'environment' : 'user');
    void start();
  };
  const setVideo = (element: HTMLVideoElement) => {
    video = element;
  };
  onMount(() => void start());
  onCleanup(() => {
    closed = true;
    stop();
  });
  return { failure, running, facing, start: () => void start(), shoot, turn, setVideo };
}
