import type { Lab } from './lab.ts';

const DEGREES = 180 / Math.PI;
const TO_25_7 = 25 ** 7;

const cosine = (degrees: number): number => Math.cos(degrees / DEGREES);
const sine = (degrees: number): number => Math.sin(degrees / DEGREES);

/** Hue angle in [0, 360); 0 for a neutral colour. */
function hueAngle(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const angle = Math.atan2(b, a) * DEGREES;
  return angle < 0 ? angle + 360 : angle;
}

/** From the first hue to the second along the shorter arc, in (-180, 180]; equation (10). */
function hueDifference(h1: number, h2: number, chromaProduct: number): number {
  if (chromaProduct === 0) return 0;
  const difference = h2 - h1;
  if (difference > 180) return difference - 360;
  if (difference < -180) return difference + 360;
  return difference;
}

/** The middle of the shorter arc; the sum where one of the colours is neutral; equation (14). */
function meanHue(h1: number, h2: number, chromaProduct: number): number {
  const sum = h1 + h2;
  if (chromaProduct === 0) return sum;
  if (Math.abs(h1 - h2) <= 180) return sum / 2;
  return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

/**
 * CIEDE2000 colour difference with kL = kC = kH = 1. Symmetric, not a metric (no triangle inequality).
 * Source: Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula: Implementation notes,
 * supplementary test data, and mathematical observations", Color Research and Application 30(1),
 * 2005; equations (2) to (22) in their order.
 */
export function ciede2000(first: Lab, second: Lab): number {
  const meanC7 = ((Math.hypot(first.a, first.b) + Math.hypot(second.a, second.b)) / 2) ** 7;
  const G = 0.5 * (1 - Math.sqrt(meanC7 / (meanC7 + TO_25_7)));
  const a1 = (1 + G) * first.a;
  const a2 = (1 + G) * second.a;
  const C1 = Math.hypot(a1, first.b);
  const C2 = Math.hypot(a2, second.b);
  const h1 = hueAngle(a1, first.b);
  const h2 = hueAngle(a2, second.b);

  const deltaL = second.L - first.L;
  const deltaC = C2 - C1;
  const deltaH = 2 * Math.sqrt(C1 * C2) * sine(hueDifference(h1, h2, C1 * C2) / 2);

  const meanL = (first.L + second.L) / 2;
  const meanC = (C1 + C2) / 2;
  const h = meanHue(h1, h2, C1 * C2);
  const T =
    1 -
    0.17 * cosine(h - 30) +
    0.24 * cosine(2 * h) +
    0.32 * cosine(3 * h + 6) -
    0.2 * cosine(4 * h - 63);
  const deltaTheta = 30 * Math.exp(-(((h - 275) / 25) ** 2));
  const RC = 2 * Math.sqrt(meanC ** 7 / (meanC ** 7 + TO_25_7));
  const SL = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2);
  const SC = 1 + 0.045 * meanC;
  const SH = 1 + 0.015 * meanC * T;
  const RT = -sine(2 * deltaTheta) * RC;

  const lightness = deltaL / SL;
  const chroma = deltaC / SC;
  const hue = deltaH / SH;
  return Math.sqrt(lightness ** 2 + chroma ** 2 + hue ** 2 + RT * chroma * hue);
}
