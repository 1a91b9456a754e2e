export type Facing = 'user' | 'environment';

/** Asks for the camera at the best size it offers up to 4K. */
export function openCamera(facing: Facing): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) {
    return Promise.reject(new DOMException('no camera interface here', 'NotSupportedError'));
  }
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: facing, width: { ideal: 3840 }, height: { ideal: 2160 } },
  });
}

/** Lets `video` show the stream; resolves when the first picture is there. */
export async function showStream(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
  video.srcObject = stream;
  await video.play();
}

/** Which camera of the device shows, and whether it looks at the user. */
export interface CameraSide {
  readonly deviceId: string | undefined;
  readonly facing: Facing;
}

/**
 * Which side a stream's picture is from. A camera that does not say (webcams do not) is the one that
 * was asked for, unless it is the one from before: then there is no other.
 */
export function sideOf(stream: MediaStream, asked: Facing, before: CameraSide | null): CameraSide {
  const { facingMode, deviceId } = stream.getVideoTracks()[0]?.getSettings() ?? {};
  if (facingMode === 'user' || facingMode === 'environment')
    return { deviceId, facing: facingMode };
  const same = before !== null && deviceId !== undefined && deviceId === before.deviceId;
  return { deviceId, facing: same ? before.facing : asked };
}

/** Calls back when the camera goes by itself: unplugged, taken, or forbidden. */
export function onCameraGone(stream: MediaStream, gone: () => void): void {
  for (const track of stream.getTracks()) track.addEventListener('ended', gone);
}

export function stopCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What the camera sees now, as a PNG named after the moment. */
export async function takePicture(video: HTMLVideoElement, now: Date): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context');
  context.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the picture could not be encoded');
  return new File([blob], cameraFileName(now), { type: 'image/png' });
}

/** "camera-20261121-154512.png", in local time. */
export function cameraFileName(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `camera-${day}-${time}.png`;
}

const REFUSALS: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The camera was refused. Allow it in the browser’s address bar and try again, or choose a photo instead.',
  NotFoundError: 'No camera was found. Connect one and try again, or choose a photo instead.',
  NotReadableError:
    'The camera is in use by another program. Close that program and try again, or choose a photo instead.',
  NotSupportedError:
    'This page cannot use the camera here (it needs https or localhost). Choose a photo instead.',
};

/** The sentence for a camera that went while it ran. */
export const CAMERA_GONE =
  'The camera is gone: it was unplugged, or another program took it. Connect it and try again, or choose a photo instead.';

/** The sentence for a camera that did not open. */
export function cameraRefusal(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  return REFUSALS[name] ?? 'The camera did not start. Try again, or choose a photo instead.';
}
