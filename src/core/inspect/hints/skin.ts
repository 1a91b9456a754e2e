import { type Lab, labFromRgb } from '../../colour/lab.ts';
import type { BinaryMask, Rgba8 } from '../../image/types.ts';
import { atPixel } from '../../metrics/perPixel.ts';
import { lumaLevel } from '../histogram.ts';

/** Fewer pixels than this are not taken for skin that can be measured. */
export const LEAST_SKIN = 64;
/** Below this luma the colour of a pixel is mostly noise. */
const DARKEST = 30;
const CLIPPED = 254;

/** BT.601 chroma of a pixel in studio range, 16..240, is within the box of Chai and Ngan. */
function hasSkinChroma(red: number, green: number, blue: number): boolean {
  const cb = 128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255;
  const cr = 128 + (112 * red - 93.786 * green - 18.214 * blue) / 255;
  return cb >= 77 && cb <= 127 && cr >= 133 && cr <= 173;
}

/**
 * The person's pixels that have the colour of skin: BT.601 Cb 77..127 and Cr 133..173, luma 30 or more,
 * no channel clipped. A rule of colour only: wood and warm cloth pass, skin in coloured light may not.
 * Source: Chai and Ngan, "Face segmentation using skin-color map in videophone applications", IEEE
 * TCSVT 9(4), 1999.
 * @param person of the picture's size
 */
export function skinOf(picture: Rgba8, person: BinaryMask): BinaryMask {
  const data = person.data.map((bit, i) => {
    if (bit !== 1) return 0;
    const skin = atPixel(picture, i, (r, g, b) => {
      return lumaLevel(r, g, b) >= DARKEST && Math.max(r, g, b) < CLIPPED && hasSkinChroma(r, g, b);
    });
    return skin ? 1 : 0;
  });
  return { ...person, data };
}

/** Mean CIE L*a*b* over a region and how many pixels that are; null where there are none. */
export function meanLab(picture: Rgba8, region: BinaryMask): (Lab & { pixels: number }) | null {
  let [L, a, b, pixels] = [0, 0, 0, 0];
  for (let i = 0; i < region.data.length; i += 1) {
    if (region.data[i] !== 1) continue;
    const lab = atPixel(picture, i, labFromRgb);
    L += lab.L;
    a += lab.a;
    b += lab.b;
    pixels += 1;
  }
  return pixels === 0 ? null : { L: L / pixels, a: a / pixels, b: b / pixels, pixels };
}

/**
 * Individual typology angle in degrees: `atan((L* - 50) / b*)`; above 55 very light, below -30 dark
 * skin. Source: Chardon, Cretois and Hourseau, "Skin colour typology and suntanning pathways", Int. J.
 * Cosmetic Science 13(4), 1991.
 */
export function individualTypologyAngle({ L, b }: Lab): number {
  return (Math.atan2(L - 50, b) * 180) / Math.PI;
}

/** Hue angle h_ab in degrees, -180..180. */
export function hueAngle({ a, b }: Lab): number {
  return (Math.atan2(b, a) * 180) / Math.PI;
}

/** From one angle to another along the shorter arc, -180..180. */
export function turn(from: number, to: number): number {
  return ((((to - from + 180) % 360) + 360) % 360) - 180;
}
