import { ciede2000 } from '../colour/ciede2000.ts';
import { type Lab, labFromRgb } from '../colour/lab.ts';
import { type Lab8, opencvLab8 } from '../colour/opencvLab8.ts';
import type { Rgba8 } from '../image/types.ts';
import { atPixel } from '../metrics/perPixel.ts';

/** What a pixel is. */
export interface PixelFacts {
  /** R, G, B, 0..255. */
  readonly rgb: readonly [number, number, number];
  /** CIE L*a*b* (D65). */
  readonly lab: Lab;
  /** OpenCV's 8-bit Lab. */
  readonly lab8: Lab8;
}

/** How far two pixels' colours lie apart. */
export interface PixelDifference {
  /** Second minus first, R, G, B, -255..255. */
  readonly rgb: readonly [number, number, number];
  /** Euclidean distance in L*a*b* (CIE 1976). */
  readonly deltaE76: number;
  /** CIEDE2000. */
  readonly deltaE2000: number;
  /** Euclidean distance of OpenCV's 8-bit Lab. */
  readonly deltaE8: number;
}

/** Null outside the picture. `x` and `y` are whole numbers from 0 at the top left. */
export function pixelFacts(picture: Rgba8, x: number, y: number): PixelFacts | null {
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return null;
  return atPixel(picture, y * picture.width + x, (red, green, blue) => ({
    rgb: [red, green, blue],
    lab: labFromRgb(red, green, blue),
    lab8: opencvLab8(red, green, blue),
  }));
}

const distance = (p: Lab, q: Lab): number => Math.hypot(p.L - q.L, p.a - q.a, p.b - q.b);

/** The differences that the metrics average, at one place. */
export function pixelDifference(first: PixelFacts, second: PixelFacts): PixelDifference {
  const [p, q] = [first.rgb, second.rgb];
  return {
    rgb: [q[0] - p[0], q[1] - p[1], q[2] - p[2]],
    deltaE76: distance(first.lab, second.lab),
    deltaE2000: ciede2000(first.lab, second.lab),
    deltaE8: distance(first.lab8, second.lab8),
  };
}
