import type { Rgba8 } from '../image/types.ts';
import { autoGamma } from './autoGamma.ts';
import { applyClahe, type ClahePlan, clahe } from './clahe.ts';
import { globalTone } from './globalTone.ts';
import { percentileStretch } from './percentileStretch.ts';
import { applyCurves, type ToneCurves } from './toneCurves.ts';

/** What a classical method found out about a picture: all that its pixels are changed by. */
export type ClassicalPlan =
  | { readonly kind: 'curves'; readonly curves: ToneCurves }
  | { readonly kind: 'clahe'; readonly clahe: ClahePlan };

interface ClassicalMethod {
  readonly title: string;
  /** Raise when the method gives other bytes for the same picture. */
  readonly version: number;
  /** One sentence for the method's card. */
  readonly description: string;
  readonly plan: (picture: Rgba8) => ClassicalPlan;
}

/** The built-in baselines, by the ids that results are kept under. */
export const CLASSICAL_METHODS = {
  'auto-gamma': {
    title: 'Auto gamma',
    version: 1,
    description: 'One power for all channels that would bring the mean code value to .42.',
    plan: (picture) => ({ kind: 'curves', curves: autoGamma(picture) }),
  },
  'percentile-stretch': {
    title: 'Percentile stretch',
    version: 1,
    description:
      'The levels between the 1st and the 99th percentile stretched to the full range, then to the power .75.',
    plan: (picture) => ({ kind: 'curves', curves: percentileStretch(picture) }),
  },
  clahe: {
    title: 'CLAHE',
    version: 1,
    description:
      'Contrast-limited adaptive histogram equalisation of L in OpenCV’s 8-bit Lab, 8 × 8 tiles, clip limit 4.',
    plan: (picture) => ({ kind: 'clahe', clahe: clahe(picture) }),
  },
  'global-tone': {
    title: 'Global tone',
    version: 1,
    description:
      'A quarter of the way to grey world, then exposure and Reinhard’s curve in linear light that bring the log-average luminance to .125.',
    plan: (picture) => ({ kind: 'curves', curves: globalTone(picture) }),
  },
} as const satisfies Readonly<Record<string, ClassicalMethod>>;

export type ClassicalMethodId = keyof typeof CLASSICAL_METHODS;

/** A picture changed as planned; the twin of the GPU's `ClassicalPass`. */
export function applyClassical(picture: Rgba8, plan: ClassicalPlan): Rgba8 {
  return plan.kind === 'curves'
    ? applyCurves(picture, plan.curves)
    : applyClahe(picture, plan.clahe);
}
