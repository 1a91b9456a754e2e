import type { Alignment, Shift } from '../core/inspect/alignment.ts';
import type { Finding } from '../core/inspect/hints/types.ts';

/*
 * The part of the contract between `src/app` and `src/ui` that looks over a case's shown output: whether
 * it lies where its reference does, and hints.
 */

/** What an output was laid over. */
export type AlignedWith = 'gt' | 'input';

export type AlignmentView =
  /** Not looked at (yet), or there is nothing to lay the output over. */
  | { readonly status: 'unknown' }
  | { readonly status: 'checking'; readonly against: AlignedWith }
  | { readonly status: 'failed'; readonly message: string }
  | {
      readonly status: 'done';
      readonly against: AlignedWith;
      /** Where the output shows what the reference does; null where no shift stands out. */
      readonly found: Alignment | null;
      /** Whether the shift is so likely that it is said without being asked for. */
      readonly confident: boolean;
    };

/** Measurements by the hint's id; null: the pictures do not let it be measured. */
export type Findings = Readonly<Record<string, Finding | null>>;

export type HintsView =
  /** Not asked for, or there is no output. */
  | { readonly status: 'none' }
  | { readonly status: 'measuring'; readonly findings: Findings }
  | { readonly status: 'cancelled'; readonly findings: Findings }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'done'; readonly findings: Findings };

/** Of the case on screen; other cases have `unknown` and `none`. */
export interface ReviewView {
  readonly alignment: AlignmentView;
  /** What the shown output is compared with the ground truth under; null: as they are. */
  readonly shift: Shift | null;
  readonly hints: HintsView;
}

export interface ReviewCommands {
  /** Lays the shown output over the ground truth, else over the input, and says what shift is likely. */
  checkAlignment(): Promise<void>;
  /**
   * Compares the shown output with the ground truth under a shift, over what then overlaps: numbers and
   * error maps. Null: as they are. Remembered with the output.
   */
  setShift(shift: Shift | null): Promise<void>;
  /** Measures the hints of the case on screen, again where that was cancelled or failed. */
  measureHints(): Promise<void>;
}
