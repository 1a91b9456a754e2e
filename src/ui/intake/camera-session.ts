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

/** At most one stream that runs, shown by `video`; all it opens is stopped in the end. */
function createStream(video: () => HTMLVideoElement | undefined) {
  const [failure, setFailure] = createSignal<string | null>(null);
  const [running, setRunning] = createSignal(false);
  const [side, setSide] = createSignal<CameraSide | null>(null);
  let stream: MediaStream | null = null;
  /** The latest attempt: what an earlier one opens is not wanted any more. */
  let latest = 0;

  const stop = () => {
    latest += 1;
    if (stream) stopCamera(stream);
    stream = null;
    setRunning(false);
  };
  /** A camera that nobody sees must not go on. */
  const fail = (sentence: string) => {
    stop();
    setFailure(sentence);
  };
  const start = async (asked: Facing) => {
    stop();
    setFailure(null);
    const mine = latest;
    try {
      const opened = await openCamera(asked);
      const shownBy = video();
      if (mine !== latest || !shownBy) return stopCamera(opened);
      stream = opened;
      onCameraGone(opened, () => {
        if (mine === latest) fail(CAMERA_GONE);
      });
      setSide(sideOf(opened, asked, side()));
      await showStream(shownBy, opened);
      if (mine === latest) setRunning(true);
    } catch (error) {
      if (mine === latest) fail(cameraRefusal(error));
    }
  };
  return { failure, running, side, start, stop, fail };
}

/** A camera that runs while the owner lives, shown by the video element it is given. */
export function createCameraSession() {
  let video: HTMLVideoElement | undefined;
  const { failure, running, side, start, stop, fail } = createStream(() => video);
  let asked: Facing = 'user';
  /** What the picture really is, whatever was asked for. */
  const facing = (): Facing => side()?.facing ?? 'user';
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
    void start(asked);
  };
  const setVideo = (element: HTMLVideoElement) => {
    video = element;
  };
  onMount(() => void start(asked));
  onCleanup(stop);
  return { failure, running, facing, start: () => void start(asked), shoot, turn, setVideo };
}
