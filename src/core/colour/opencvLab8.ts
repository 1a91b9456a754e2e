import { srgbToLinear } from './srgb.ts';

/*
 * OpenCV's 8-bit `COLOR_RGB2LAB` in integers, as its bit-exact path computes it: linear light with
 * 11 fractional bits scaled to 0..2040, XYZ over the D65 white with 12-bit coefficients, the cube
 * root looked up with 15 fractional bits. The results equal OpenCV's for all 2^24 colours.
 */

/** Steps of linear light between black and white: 255 << 3. */
const LINEAR_STEPS = 2040;

/** `g[i] = round(2040 * srgbToLinear(i / 255))`, i = 0..255. */
export const LINEAR_TABLE: Uint16Array<ArrayBuffer> = Uint16Array.from({ length: 256 }, (_, i) =>
  Math.round(LINEAR_STEPS * srgbToLinear(i / 255)),
);

/** CIE 1976 lightness function of a ratio to white, with OpenCV's constants below 216/24389. */
function labFunction(ratio: number): number {
  return ratio < 216 / 24389 ? (ratio * 841) / 108 + 16 / 116 : Math.cbrt(ratio);
}

/**
 * `T[i] = round(32768 * f(i / 2040))`, i = 0..2040. Two entries are one off from the rounded exact
 * value because OpenCV fills the table in single precision; they are set to what it holds.
 */
export const CUBE_ROOT_TABLE: Uint16Array<ArrayBuffer> = (() => {
  const table = Uint16Array.from({ length: LINEAR_STEPS + 1 }, (_, i) =>
    Math.round(32768 * labFunction(i / LINEAR_STEPS)),
  );
  table[49] = 9454;
  table[628] = 22126;
  return table;
})();

/** OpenCV's 8-bit Lab: `L` is L* x 255/100, `a` and `b` are a* + 128 and b* + 128; all 0..255. */
export interface Lab8 {
  readonly L: number;
  readonly a: number;
  readonly b: number;
}

/**
 * One sRGB colour (0..255 a channel) as OpenCV's `cvtColor(..., COLOR_RGB2LAB)` on 8 bits gives it.
 * With R, G, B from `LINEAR_TABLE` and T = `CUBE_ROOT_TABLE`:
 *
 *     fX = T[(1777 R + 1541 G +  778 B + 2048) >> 12]
 *     fY = T[( 871 R + 2929 G +  296 B + 2048) >> 12]
 *     fZ = T[(  73 R +  448 G + 3575 B + 2048) >> 12]
 *     L = (296 fY - 1336934 + 16384) >> 15
 *     a = (500 (fX - fY) + 4194304 + 16384) >> 15
 *     b = (200 (fY - fZ) + 4194304 + 16384) >> 15
 */
export function opencvLab8(red: number, green: number, blue: number): Lab8 {
  const R = LINEAR_TABLE[red] ?? 0;
  const G = LINEAR_TABLE[green] ?? 0;
  const B = LINEAR_TABLE[blue] ?? 0;
  const fX = CUBE_ROOT_TABLE[(1777 * R + 1541 * G + 778 * B + 2048) >> 12] ?? 0;
  const fY = CUBE_ROOT_TABLE[(871 * R + 2929 * G + 296 * B + 2048) >> 12] ?? 0;
  const fZ = CUBE_ROOT_TABLE[(73 * R + 448 * G + 3575 * B + 2048) >> 12] ?? 0;
  return {
    L: (296 * fY - 1336934 + 16384) >> 15,
    a: (500 * (fX - fY) + 4194304 + 16384) >> 15,
    b: (200 * (fY - fZ) + 4194304 + 16384) >> 15,
  };
}
