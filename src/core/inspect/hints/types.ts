import type { BinaryMask, Rgba8 } from '../../image/types.ts';
import type { Rectangle } from '../../metrics/regionRule.ts';

/** Columns and rows at which a new tile begins to show; see `seamsOf`. */
export interface Seams {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

/** What a hint may look at. Pictures of another size than the output are not used. */
export interface HintPictures {
  readonly output: Rgba8;
  readonly input: Rgba8 | null;
  readonly truth: Rgba8 | null;
  /** The person. */
  readonly mask: BinaryMask | null;
  readonly seams: Seams | null;
}

/** Which picture the output was compared with. */
export type Against = 'truth' | 'input' | null;

export interface HintNumber {
  readonly title: string;
  readonly value: number;
  readonly unit: string;
}

/** A measurement with its evidence; never a verdict. */
export interface Finding {
  /** In the hint's unit; finite. */
  readonly value: number;
  readonly against: Against;
  /** What the value was made from. */
  readonly numbers: readonly HintNumber[];
  /** Where it is strongest, or what was measured. */
  readonly place: Rectangle;
}

export interface Hint {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  /** What is measured, over what, against what; with the source of the method where it has one. */
  readonly definition: string;
  /** A finding is shown from here on: at or above, at or below, or at this size of either sign. */
  readonly shown: { readonly when: 'above' | 'below' | 'size'; readonly threshold: number };
  readonly needs: {
    /** `any`: ground truth or input. */
    readonly reference: 'none' | 'any' | 'truth';
    readonly mask: boolean;
    readonly seams: boolean;
  };
  /** Null where the pictures do not let it be measured. */
  measure(pictures: HintPictures): Finding | null;
}

/** Whether a finding is strong enough to be shown among the hints. */
export function isShown({ shown: { when, threshold } }: Hint, { value }: Finding): boolean {
  if (when === 'below') return value <= threshold;
  return (when === 'size' ? Math.abs(value) : value) >= threshold;
}
