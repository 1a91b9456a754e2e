import type { Bytes } from '../../core/bytes.ts';
import { linearToSrgb } from '../../core/colour/srgb.ts';
import { type IccProfile, readIccProfile, type ToneCurve, type Xyz } from './icc.ts';

/** An embedded profile that changes how a picture must be shown. */
export interface EmbeddedProfile {
  readonly name: string;
  readonly icc: Bytes;
}

/** Columns of the sRGB matrix adapted to D50 (IEC 61966-2-1 with the Bradford transform). */
const SRGB_PRIMARIES: readonly Xyz[] = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
];

/** Of Display P3 likewise: the primaries of SMPTE EG 432-1 with sRGB's white and curve. */
const P3_PRIMARIES: readonly Xyz[] = [
  [0.51512, 0.2412, -0.00105],
  [0.29198, 0.69225, 0.04189],
  [0.1571, 0.06657, 0.78407],
];

/** sRGB profiles differ by about 0.001 among themselves, the next colour space by 0.08. */
const PRIMARIES_TOLERANCE = 0.003;
/** In code values of [0, 1]; a pure gamma of 2.2 is off by 0.03. */
const CURVE_TOLERANCE = 0.006;

const areNear = (columns: readonly Xyz[], wanted: readonly Xyz[]) =>
  columns.every((column, i) =>
    column.every((value, k) => Math.abs(value - (wanted[i]?.[k] ?? 0)) <= PRIMARIES_TOLERANCE),
  );

const isSrgbCurve = (curve: ToneCurve) =>
  Array.from({ length: 33 }, (_, i) => i / 32).every(
    (value) => Math.abs(linearToSrgb(curve(value)) - value) <= CURVE_TOLERANCE,
  );

/** True where the profile means sRGB: by its numbers, or by its name where it has tables only. */
function isSrgb({ name, matrix }: IccProfile): boolean {
  if (!matrix) return /^sRGB\b/i.test(name);
  return areNear(matrix.primaries, SRGB_PRIMARIES) && matrix.curves.every(isSrgbCurve);
}

/** True where a profile means Display P3, by its numbers: a canvas knows it without the profile. */
export function isDisplayP3(icc: Bytes): boolean {
  const matrix = readIccProfile(icc)?.matrix ?? null;
  if (!matrix) return false;
  return areNear(matrix.primaries, P3_PRIMARIES) && matrix.curves.every(isSrgbCurve);
}

/**
 * The profile to honour, or null where the pixels can be taken as sRGB: no profile, a damaged one,
 * sRGB itself, or one that is not for RGB (a grey or CMYK profile cannot tag RGB pixels).
 */
export function embeddedProfile(icc: Bytes | null): EmbeddedProfile | null {
  const profile = icc && readIccProfile(icc);
  if (!icc || !profile || profile.space !== 'RGB ' || isSrgb(profile)) return null;
  return { name: profile.name, icc };
}
