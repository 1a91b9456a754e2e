/**
 * Between a picture's [0, 1] and a network's values, per channel in the order R, G, B:
 * `value = (x - mean) / std`.
 */
export interface Normalisation {
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** The ranges that networks are made for in practice. */
export type RangeId = 'unit' | 'signed' | 'byte' | 'imagenet';

const alike = (mean: number, std: number): Normalisation => ({
  mean: [mean, mean, mean],
  std: [std, std, std],
});

/** In the order in which they are met. */
export const NORMALISATIONS: Readonly<Record<RangeId, Normalisation>> = {
  /** [0, 1] */
  unit: alike(0, 1),
  /** [-1, 1] */
  signed: alike(0.5, 0.5),
  /** [0, 255] */
  byte: alike(0, 1 / 255),
  /** Mean and deviation of the pictures of ImageNet in [0, 1], as torchvision's models take them. */
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
};

const TOLERANCE = 1e-6;

/** Whether two are the same but for rounding. */
export function sameNormalisation(a: Normalisation, b: Normalisation): boolean {
  const [mine, other] = [a, b].map(({ mean, std }) => [...mean, ...std]);
  return (mine ?? []).every((value, i) => Math.abs(value - (other?.[i] ?? 0)) < TOLERANCE);
}
