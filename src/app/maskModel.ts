import type { RegionName } from '../core/dataset/roles.ts';
import type { Gray8 } from '../core/image/types.ts';

/*
 * The part of the contract between `src/app` and `src/ui` that speaks of masks that are changed by
 * hand.
 */

/** A mask that can be painted: the person's, or that of a named region. */
export type MaskTarget = 'person' | RegionName;

/** Which mask of which case. */
export interface MaskPlace {
  readonly caseId: string;
  readonly target: MaskTarget;
}

/** What of a case is shown while one of its masks is being changed. */
export interface MaskCommands {
  /**
   * A copy of a mask to be painted on, at the size of the case's pictures; empty where there is none
   * yet. Null where it cannot be read: a notice says why.
   */
  openMask(place: MaskPlace): Promise<Gray8 | null>;
  /** Marks the numbers that hang on a mask as those of the mask before: a stroke begins. */
  touchMask(place: MaskPlace): void;
  /**
   * Keeps a mask: it is the case's from then on, marked as edited; one that is equal to what it was
   * before all edits is that again. What hangs on it follows by `applyMask`.
   */
  keepMask(place: MaskPlace, mask: Gray8): Promise<void>;
  /**
   * The mask with its edge softened, worked out beside the page: large masks take most of a second. Null
   * where that failed: a notice says why.
   * @param sigma of the Gaussian, in pixels of the mask
   */
  featheredMask(mask: Gray8, sigma: number): Promise<Gray8 | null>;
  /**
   * Brings everything that hangs on a mask in line with it: numbers, error map, outputs of networks
   * that see it.
   * @param closed whether it is no longer painted on: its overlay is then drawn anew, too
   */
  applyMask(place: MaskPlace, closed: boolean): Promise<void>;
  /** Puts the mask back that was there before all edits; a notice offers the edited one again. */
  originalMask(place: MaskPlace): Promise<void>;
  /** A mask as an 8-bit grey PNG named after its case and region; null where there is none. */
  maskFile(place: MaskPlace): Promise<File | null>;
}
