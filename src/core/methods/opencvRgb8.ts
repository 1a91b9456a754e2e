import { linearToSrgb } from '../colour/srgb.ts';

/*
 * OpenCV's 8-bit `COLOR_LAB2RGB` in integers, as its bit-exact path computes it: the inverse of
 * `opencvLab8`, equal to OpenCV's for all 2^24 triples of bytes.
 */

const BASE = 1 << 14;
/** f(X) reaches from here to `LEAST_ROOT + CUBE_TABLE.length - 1`, in units of 1 / 2^14. */
const LEAST_ROOT = -8145;

/** Steps of linear light that the sRGB curve is tabled at. */
const CURVE_STEPS = 4096;

/** Luminance Y of every L byte, and f(Y), both in units of 1 / 2^14. */
export const LIGHTNESS_TABLES: {
  readonly luminance: Int32Array<ArrayBuffer>;
  readonly root: Int32Array<ArrayBuffer>;
} = (() => {
  const root = (level: number): number =>
    level <= 20
      ? BASE * (16 / 116 + (level * 5) / (3 * 17 * 29))
      : (level * 100 * BASE) / (255 * 116) + (16 * BASE) / 116;
  const luminance = (level: number): number =>
    level <= 20 ? (level * BASE * 20 * 9) / (17 * 29 ** 3) : root(level) ** 3 / BASE ** 2;
  const table = (valueAt: (level: number) => number) =>
    Int32Array.from({ length: 256 }, (_, level) => Math.round(valueAt(level)));
  return { luminance: table(luminance), root: table(root) };
})();

/** X or Z over the white from f(X) or f(Z), both in units of 1 / 2^14; whole-number divisions. */
export const CUBE_TABLE: Int32Array<ArrayBuffer> = Int32Array.from(
  { length: (BASE * 9) / 4 },
  (_, i) => {
    const root = i + LEAST_ROOT;
    if (root <= 3390) return Math.trunc((root * 108) / 841) - 290;
    return Math.trunc((Math.trunc((root * root) / BASE) * root) / BASE);
  },
);

/** The sRGB byte of linear light in steps of 1 / 4096. */
export const CURVE_TABLE: Uint8Array<ArrayBuffer> = Uint8Array.from(
  { length: CURVE_STEPS },
  (_, step) => Math.round(255 * linearToSrgb(step / CURVE_STEPS)),
);

/** Linear light of a channel in units of 1 / 2^26, shifted to a step of the curve. */
function byteOf(light: number): number {
  const step = (light + (1 << 13)) >> 14;
  return CURVE_TABLE[Math.min(CURVE_STEPS - 1, Math.max(0, step))] ?? 0;
}

/**
 * R, G and B bytes of OpenCV's 8-bit Lab (L × 2.55, a + 128, b + 128), as
 * `cvtColor(..., COLOR_LAB2RGB)` on 8 bits gives them.
 */
export function opencvRgb8(L: number, a: number, b: number): readonly [number, number, number] {
  const y = LIGHTNESS_TABLES.luminance[L] ?? 0;
  const fY = LIGHTNESS_TABLES.root[L] ?? 0;
  const fX = fY + ((5 * a * 53687 + 128) >> 13) - 4194;
  const fZ = fY - (((b * 41943 + 16) >> 9) - 10484);
  const x = CUBE_TABLE[fX - LEAST_ROOT] ?? 0;
  const z = CUBE_TABLE[fZ - LEAST_ROOT] ?? 0;
  return [
    byteOf(12615 * x - 6296 * y - 2223 * z),
    byteOf(-3773 * x + 7684 * y + 185 * z),
    byteOf(217 * x - 836 * y + 4715 * z),
  ];
}
