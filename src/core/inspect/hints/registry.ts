import { banding } from './banding.ts';
import { clippedHighlights } from './clippedHighlights.ts';
import { facialLight } from './facialLight.ts';
import { flatNoise } from './flatNoise.ts';
import { fringes } from './fringes.ts';
import { halo } from './halo.ts';
import { moire } from './moire.ts';
import { skinHue, skinLightness, skinTypologyAngle } from './skinShift.ts';
import { textureKept } from './textureKept.ts';
import { tileSeam } from './tileSeam.ts';
import type { Hint } from './types.ts';
import { whiteBalanceGap } from './whiteBalance.ts';

/** Every hint, in the order they are shown: the person first, then the picture. */
export const HINTS: readonly Hint[] = [
  skinLightness,
  skinTypologyAngle,
  skinHue,
  textureKept,
  facialLight,
  halo,
  whiteBalanceGap,
  flatNoise,
  fringes,
  banding,
  moire,
  clippedHighlights,
  tileSeam,
];
