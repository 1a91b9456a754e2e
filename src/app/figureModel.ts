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
}
