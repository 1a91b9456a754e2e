import type { MapId } from '../core/metrics/maps.ts';
import type { MethodId } from './modelsModel.ts';

/* The part of the contract between `src/app` and `src/ui` that figures for papers need. */

/** A picture of a case that a figure can show. */
export type FigurePicture =
  | { readonly kind: 'input' }
  | { readonly kind: 'gt' }
  | { readonly kind: 'output'; readonly method: MethodId }
  | { readonly kind: 'map'; readonly method: MethodId; readonly map: MapId };

export interface FigureCommands {
  /**
   * The caller's, to be closed; null where the case has no such picture, or it cannot be read, which a
   * notice then says.
   */
  figurePicture(caseId: string, picture: FigurePicture): Promise<ImageBitmap | null>;
  /** Cases of the bench's set that are not open here, which a figure can take in. Reactive. */
  benchCases(): readonly { readonly id: string; readonly title: string }[];
  /** Opens a case of the bench beside those that are open; what is on screen stays there. */
  takeFromBench(benchCase: string): Promise<void>;
}
