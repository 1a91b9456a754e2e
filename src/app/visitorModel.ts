import type { WeakFlash } from '../core/methods/weakFlash.ts';
import type { PictureRef } from './model.ts';

/*
 * The part of the contract between `src/app` and `src/ui` that a visitor with one photograph of their
 * own needs: automatic person masks, strength, well-lit pictures, previews.
 */

/** Where a picture comes from that the user did not bring; a user's own file has none. */
export type PictureOrigin =
  /** A person mask that a network found. */
  | {
      readonly kind: 'automatic';
      readonly modelId: string;
      readonly modelTitle: string;
      readonly modelSha256: string;
    }
  /** A mask that was changed by hand, or begun by hand where there was none. */
  | {
      readonly kind: 'edited';
      /** The user's file, or what a network found; null where there was nothing before. */
      readonly original: PictureRef | null;
    }
  /** An input that a weak flash was simulated for. */
  | {
      readonly kind: 'simulated';
      /** Its seed among them. */
      readonly params: WeakFlash;
      /** SHA-256 of the well-lit picture, which became the ground truth. */
      readonly from: string;
    };

/** What a case shows of all this. */
export interface VisitorView {
  /**
   * Whether an input without ground truth looks lit well already: restoring it shows nothing, and
   * `simulateWeakFlash` is to be offered. Null with a ground truth, and before it is known.
   */
  readonly lighting: 'dark' | 'well-lit' | null;
  /** Of the shown output, in percent: 100 is what the method gave, 0 the input. */
  readonly strength: number;
  /** Whether a restoration of the case waits or runs, or a simulated flash, which ends in one. */
  readonly restoring: boolean;
  /** The strength that is being dragged or mixed at full size; null where the output has the wanted one. */
  readonly wantedStrength: number | null;
  /** False where the shown output cannot be mixed: dropped, or of another size than the input. */
  readonly strengthApplies: boolean;
  /**
   * To be shown in the output's place, stretched to the input's size, for as long as it is there: a
   * reduced restoration while the full one is computed, or the strength that is being dragged.
   */
  readonly preview: ImageBitmap | null;
}

/** Survives a reload. */
export interface VisitorSettings {
  /** Cases without a person mask get an automatic one; on by default. */
  readonly autoMask: boolean;
}

export interface VisitorCommands {
  /** A picture that the camera took: the input of a case of its own, whatever was taken before. */
  addPhoto(file: File): Promise<void>;
  /**
   * Gives the case on screen an automatic person mask, made from its ground truth, else from its
   * input. Never in place of a user's mask; an automatic one is made anew.
   */
  makeMask(): Promise<void>;
  /**
   * Mixes the shown output of a case with its input, in linear light.
   * @param value 0..100
   * @param final false while it is being dragged: only `preview` changes; true when it is released:
   * the mixture becomes the output that is shown, measured and downloaded. A drag has to end in it
   * @param caseId left out: the case on screen
   */
  setStrength(value: number, final: boolean, caseId?: string): Promise<void>;
  /** Resolves when the output of the case on screen has the strength that was last asked for. */
  strengthSettled(): Promise<void>;
  /**
   * Makes a dark input from the input of the case on screen, which becomes the ground truth, and
   * restores it. Undone by `undo`.
   */
  simulateWeakFlash(): Promise<void>;
}
