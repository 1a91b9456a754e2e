import { createSignal, onCleanup, onMount } from 'solid-js';
import {
  CAMERA_GONE,
  type CameraSide,
  cameraRefusal,
  type Facing,
  onCameraGone,
  openCamera,
  showStream,
  sideOf,
  stopCamera,
  takePicture,
} from './camera.ts';

/** A camera that runs while the owner lives, shown by the video element it is given. */
export function createCameraSession() {
  const [failure, setFailure] = createSignal<string | null>(null);
  const [running, setRunning] = createSignal(false);
  const [side, setSide] = createSignal<CameraSide | null>(null);
  /** What the picture really is, whatever was asked for. */
  const facing = (): Facing => side()?.facing ?? 'user';
  let asked: Facing = 'user';
  let video: HTMLVideoElement | undefined;
  let stream: MediaStream | null = null;
  /** The latest attempt to start: what an earlier one opens is not wanted any more. */
  let latest = 0;

  const stop = () => {
    if (stream) stopCamera(stream);
    stream = null;
    setRunning(false);
  };
  const fail = (sentence: string) => {
    // A camera that nobody sees must not go on.
    stop();
    setFailure(sentence);
  };
  const start = async () => {
    stop();
    setFailure(null);
    latest += 1;
    const mine = latest;
    try {
      const opened = await openCamera(asked);
      if (mine !== latest || !video) return stopCamera(opened);
      stream = opened;
      onCameraGone(opened, () => {
        if (stream === opened) fail(CAMERA_GONE);
      });
      setSide(sideOf(opened, asked, side()));
      await showStream(video, opened);
      if (stream === opened) setRunning(true);
    } catch (error) {
      if (mine === latest) fail(cameraRefusal(error));
    }
  };
  /** The picture of this moment; null, with the reason in `failure`, where it cannot be taken. */
  const shoot = async (): Promise<File | null> => {
    try {
      return video ? await takePicture(video, new Date()) : null;
    } catch {
      fail('The picture could not be taken. Try again, or choose a photo instead.');
      return null;
    }
  };
  const turn = () => {
    asked = facing() === 'user' ? 'environment' : 'user';
    void start();
  };
  const setVideo = (element: HTMLVideoElement) => {
    video = element;
  };
  onMount(() => void start());
  onCleanup(() => {
    latest += 1;
    stop();
  });
  return { failure, running, facing, start: () => void start(), shoot, turn, setVideo };
}
