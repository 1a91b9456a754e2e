import { linearToSrgb, srgbToLinear } from './srgb.ts';

/** CIE 1976 L*a*b* over D65: L* 0..100, a* and b* unbounded (about -86..98 and -108..95 for sRGB). */
export interface Lab {
  readonly L: number;
  readonly a: number;
  readonly b: number;
}

type Triple = readonly [number, number, number];

/** Linear sRGB (IEC 61966-2-1, D65) to the 2° observer's X, Y and Z. */
const X_ROW: Triple = [0.412453, 0.35758, 0.180423];
const Y_ROW: Triple = [0.212671, 0.71516, 0.072169];
const Z_ROW: Triple = [0.019334, 0.119193, 0.950227];

/** D65, 2° observer. */
const WHITE = { X: 0.95047, Y: 1, Z: 1.08883 } as const;

const dot = (p: Triple, q: Triple): number => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];

/** CIE 15: the cube root, and a line of slope (29/6)²/3 below (6/29)³. */
const THRESHOLD = 216 / 24389;
const SLOPE = 841 / 108;
const OFFSET = 16 / 116;

const labFunction = (ratio: number): number =>
  ratio > THRESHOLD ? Math.cbrt(ratio) : SLOPE * ratio + OFFSET;

const labFunctionInverse = (value: number): number =>
  value > 6 / 29 ? value ** 3 : (value - OFFSET) / SLOPE;

/** Linear light of every 8-bit level. */
const LINEAR = Float64Array.from({ length: 256 }, (_, level) => srgbToLinear(level / 255));

/**
 * An 8-bit sRGB colour in CIE L*a*b* (D65), in float64.
 * Source: CIE 15:2004 with the sRGB primaries of IEC 61966-2-1; white (0.95047, 1, 1.08883).
 */
export function labFromRgb(red: number, green: number, blue: number): Lab {
  const linear: Triple = [LINEAR[red] ?? 0, LINEAR[green] ?? 0, LINEAR[blue] ?? 0];
  const fX = labFunction(dot(X_ROW, linear) / WHITE.X);
  const fY = labFunction(dot(Y_ROW, linear) / WHITE.Y);
  const fZ = labFunction(dot(Z_ROW, linear) / WHITE.Z);
  return { L: 116 * fY - 16, a: 500 * (fX - fY), b: 200 * (fY - fZ) };
}

const cross = (p: Triple, q: Triple): Triple => [
  p[1] * q[2] - p[2] * q[1],
  p[2] * q[0] - p[0] * q[2],
  p[0] * q[1] - p[1] * q[0],
];

/** Columns of the inverse of the three rows: their cross products over the determinant. */
const INVERSE_COLUMNS = [cross(Y_ROW, Z_ROW), cross(Z_ROW, X_ROW), cross(X_ROW, Y_ROW)] as const;
const DETERMINANT = dot(X_ROW, INVERSE_COLUMNS[0]);

/**
 * sRGB code values of a CIE L*a*b* (D65) colour: R, G, B, each in [0, 1] where the colour is within
 * the sRGB gamut, outside [0, 1] where it is not. Inverse of `labFromRgb`.
 */
export function rgbFromLab({ L, a, b }: Lab): Triple {
  const fY = (L + 16) / 116;
  const X = labFunctionInverse(fY + a / 500) * WHITE.X;
  const Y = labFunctionInverse(fY) * WHITE.Y;
  const Z = labFunctionInverse(fY - b / 200) * WHITE.Z;
  const codeValue = (channel: 0 | 1 | 2): number => {
    const [x, y, z] = INVERSE_COLUMNS;
    return linearToSrgb((X * x[channel] + Y * y[channel] + Z * z[channel]) / DETERMINANT);
  };
  return [codeValue(0), codeValue(1), codeValue(2)];
}
