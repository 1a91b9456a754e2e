import type { BinaryMask, Rgba8 } from '../core/image/types.ts';
import type { MetricId } from '../core/metrics/types.ts';

/** Two pictures whose metrics are known to be hard, made by rule: the same on every machine. */
export interface CheckPair {
  readonly name: string;
  readonly output: Rgba8;
  readonly groundTruth: Rgba8;
  readonly mask: BinaryMask | null;
  /** The metrics that the pair is for; null for all. */
  readonly only: readonly MetricId[] | null;
}

type Rgb = readonly [number, number, number];
type Rule = (x: number, y: number) => Rgb;

const POINTWISE: readonly MetricId[] = [
  'psnr',
  'psnr-y',
  'mae',
  'rmse',
  'deltae',
  'deltae76',
  'deltae2000',
];

function picture(width: number, height: number, rule: Rule): Rgba8 {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) {
    data.set([...rule(i % width, Math.floor(i / width)), 255], i * 4);
  }
  return { width, height, data };
}

/** Inside an ellipse that touches two edges. */
function ellipse(width: number, height: number): BinaryMask {
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const x = (2 * (i % width)) / width - 0.6;
    const y = (2 * Math.floor(i / width)) / height - 1;
    return x * x + y * y < 0.7 ? 1 : 0;
  });
  return { width, height, data };
}

/** A byte that depends on place and channel without any pattern: a 32-bit mix. */
function noiseAt(x: number, y: number, channel: number): number {
  let h =
    Math.imul(x + 1, 0x9e3779b1) ^
    Math.imul(y + 1, 0x85ebca6b) ^
    Math.imul(channel + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) & 255;
}

function noisy(rule: Rule, amplitude: number): Rule {
  return (x, y) => {
    const [r, g, b] = rule(x, y);
    const shift = (channel: number) => (noiseAt(x, y, channel) % (2 * amplitude + 1)) - amplitude;
    return [r + shift(0), g + shift(1), b + shift(2)];
  };
}

const noise: Rule = (x, y) => [noiseAt(x, y, 3), noiseAt(x, y, 4), noiseAt(x, y, 5)];
const grey =
  (level: number): Rule =>
  () => [level, level, level];
const checkerboard: Rule = (x, y) => grey((x + y) % 2 === 0 ? 255 : 0)(x, y);
const gradient: Rule = (x, y) => [x, y, (x + y) >> 1];
/** A dark and a bright half with texture, as a portrait before its background. */
const scene: Rule = (x, y) => {
  const light = 2 * x > y ? 170 : 8;
  return [light + (x % 24), light * 0.8 + (y % 16), light * 0.6 + ((x + y) % 8)];
};

function pair(
  name: string,
  [width, height]: readonly [number, number],
  output: Rule,
  groundTruth: Rule,
  only: readonly MetricId[] | null = null,
): CheckPair {
  return {
    name,
    output: picture(width, height, output),
    groundTruth: picture(width, height, groundTruth),
    mask: only === null ? ellipse(width, height) : null,
    only,
  };
}

/** Every colour of a 64 × 64 × 64 cube that covers the whole RGB cube, in an order given by `i`. */
function cubeColour(i: number): Rgb {
  const level = (shift: number) => Math.round((((i >> shift) & 63) * 255) / 63);
  return [level(0), level(6), level(12)];
}

/** The built-in pictures of the device check, quick ones first. */
export function checkPairs(): readonly CheckPair[] {
  const half =
    (left: Rule, right: Rule): Rule =>
    (x, y) =>
      (x < 40 ? left : right)(x, y);
  return [
    pair('one pixel', [1, 1], grey(3), grey(200)),
    pair('odd sizes', [61, 33], noisy(scene, 6), scene),
    pair('one column', [1, 130], noise, gradient),
    pair('flat', [70, 41], grey(128), grey(129)),
    pair('identical', [67, 45], noise, noise),
    pair('saturated edges', [83, 47], half(grey(250), checkerboard), half(grey(251), grey(0))),
    pair('opposite', [83, 47], checkerboard, (x, y) => checkerboard(x + 1, y)),
    pair('gradient', [179, 181], noisy(gradient, 2), gradient),
    pair('portrait', [176, 191], noisy(scene, 9), scene),
    pair('noise', [177, 176], noise, (x, y) => noise(y, x)),
    pair(
      'levels',
      [256, 256],
      (x) => [x, x, x],
      (_, y) => [y, y, y],
      POINTWISE,
    ),
    pair(
      'colours',
      [256, 256],
      (x, y) => cubeColour((y * 256 + x) * 4 + (y & 3)),
      (x, y) => cubeColour(((y * 256 + x) * 40_503) % 2 ** 18),
      POINTWISE,
    ),
  ];
}
