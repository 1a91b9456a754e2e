import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCameraSession } from '../../src/ui/intake/camera-session.ts';

class Track extends EventTarget {
  live = true;
  readonly settings: MediaTrackSettings;

  constructor(settings: MediaTrackSettings) {
    super();
    this.settings = settings;
  }

  getSettings(): MediaTrackSettings {
    return this.settings;
  }

  stop(): void {
    this.live = false;
  }
}

/** The device: what its cameras are, by the side that is asked for, and what was opened of them. */
let cameras: Readonly<Record<string, MediaTrackSettings>>;
let opened: Track[];
let play: () => Promise<void>;
let dispose = (): void => undefined;

const FRONT = { deviceId: 'a', facingMode: 'user' };
const BACK = { deviceId: 'b', facingMode: 'environment' };

beforeEach(() => {
  opened = [];
  play = async () => undefined;
  cameras = { user: FRONT, environment: BACK };
  const getUserMedia = async ({ video }: { video: { facingMode: string } }) => {
    const track = new Track(cameras[video.facingMode] ?? {});
    opened.push(track);
    return { getTracks: () => [track], getVideoTracks: () => [track] };
  };
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
});

afterEach(() => {
  dispose();
  vi.unstubAllGlobals();
});

function begun() {
  return createRoot((end) => {
    dispose = end;
    const camera = createCameraSession();
    camera.setVideo({ play: () => play() } as HTMLVideoElement);
    return camera;
  });
}

async function running() {
  const camera = begun();
  await vi.waitFor(() => expect(camera.running()).toBe(true));
  return camera;
}

const turned = async (camera: ReturnType<typeof begun>) => {
  camera.turn();
  expect(camera.running()).toBe(false);
  await vi.waitFor(() => expect(camera.running()).toBe(true));
  return camera.facing();
};

const live = () => opened.filter((track) => track.live).length;

describe('a camera', () => {
  it('that cannot be shown does not go on', async () => {
    play = () => Promise.reject(new DOMException('', 'NotReadableError'));
    const camera = begun();
    await vi.waitFor(() => expect(camera.failure()).toMatch(/in use.*try again/));
    expect([opened.length, live(), camera.running()]).toEqual([1, 0, false]);
  });

  it('whose picture cannot be taken does not go on behind the sentence', async () => {
    const camera = await running();
    expect(await camera.shoot()).toBeNull();
    expect(camera.failure()).toMatch(/could not be taken.*Try again/);
    expect(live()).toBe(0);
  });

  it('turns round and back', async () => {
    const camera = await running();
    expect(camera.facing()).toBe('user');
    expect(await turned(camera)).toBe('environment');
    expect(await turned(camera)).toBe('user');
    expect([opened.length, live()]).toEqual([3, 1]);
  });

  it.each([
    ['that says which side it is on', FRONT],
    ['that does not, like a webcam', { deviceId: 'a' }],
  ])('the only one, %s, stays mirrored', async (_, only) => {
    cameras = { user: only, environment: only };
    const camera = await running();
    expect(await turned(camera)).toBe('user');
  });

  it('that does not say its side is taken for the one that was asked for', async () => {
    cameras = { user: { deviceId: 'a' }, environment: { deviceId: 'b' } };
    expect(await turned(await running())).toBe('environment');
  });

  it('that is unplugged is said to be gone, and can be started again', async () => {
    const camera = await running();
    opened[0]?.dispatchEvent(new Event('ended'));
    expect(camera.failure()).toMatch(/gone.*Connect it and try again/);
    expect(camera.running()).toBe(false);
    camera.start();
    await vi.waitFor(() => expect(camera.running()).toBe(true));
    expect(camera.failure()).toBeNull();
    // One of before has no say any more.
    opened[0]?.dispatchEvent(new Event('ended'));
    expect(camera.running()).toBe(true);
  });

  it('that is asked for twice runs once, and not at all where the dialog is closed', async () => {
    const camera = await running();
    camera.start();
    camera.start();
    await vi.waitFor(() => expect(camera.running()).toBe(true));
    expect([opened.length, live()]).toEqual([3, 1]);
    camera.start();
    dispose();
    await vi.waitFor(() => expect([opened.length, live()]).toEqual([4, 0]));
  });
});
