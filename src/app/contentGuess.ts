import type { Rgba8 } from '../core/image/types.ts';
import type { Role } from './model.ts';
import { type Scene, sameScene, sceneOf } from './sameScene.ts';

/** What a picture's content says about its role. */
export interface ContentHints {
  readonly width: number;
  readonly height: number;
  /** Nearly all pixels are black or white, and there is some of both. */
  readonly twoLevel: boolean;
  /** Mean of R, G and B, 0..255. */
  readonly brightness: number;
  readonly scene: Scene;
}

/** JPEG ringing around an edge stays within this distance from black and white, and of grey. */
const LEVEL_TOLERANCE = 24;
const TWO_LEVEL_SHARE = 0.97;
/** A dark photograph is not a mask: it has no white area. */
const LEAST_SHARE = 0.01;
const SAMPLES = 65_536;

/** Looks at up to 65,536 pixels, evenly spread. */
export function contentHints(picture: Rgba8): ContentHints {
  const { width, height, data } = picture;
  const count = width * height;
  const step = Math.max(1, Math.floor(count / SAMPLES));
  let looked = 0;
  let black = 0;
  let white = 0;
  let sum = 0;
  for (let pixel = 0; pixel < count; pixel += step) {
    const red = data[pixel * 4] ?? 0;
    const green = data[pixel * 4 + 1] ?? 0;
    const blue = data[pixel * 4 + 2] ?? 0;
    const least = Math.min(red, green, blue);
    const most = Math.max(red, green, blue);
    if (most <= LEVEL_TOLERANCE) black += 1;
    if (least >= 255 - LEVEL_TOLERANCE) white += 1;
    sum += red + green + blue;
    looked += 1;
  }
  return {
    width,
    height,
    twoLevel:
      black + white >= TWO_LEVEL_SHARE * looked && Math.min(black, white) >= LEAST_SHARE * looked,
    brightness: sum / (3 * looked),
    scene: sceneOf(picture),
  };
}

const sameSize = (a: ContentHints, b: ContentHints): boolean =>
  a.width === b.width && a.height === b.height;

/**
 * The likeliest role of a picture whose name tells nothing: black and white is a mask; of pictures of
 * one size and scene, the darkest is the input and a brighter one its ground truth.
 * @param others the other unclear pictures of the drop, and the input of the open case
 */
export function guessFromContent(picture: ContentHints, others: readonly ContentHints[]): Role {
  if (picture.twoLevel) return 'mask';
  const rivals = others.filter(
    (other) => !other.twoLevel && sameSize(other, picture) && sameScene(other.scene, picture.scene),
  );
  return rivals.some((rival) => rival.brightness < picture.brightness) ? 'gt' : 'input';
}
