import type { Gray8 } from '../core/image/types.ts';
import type { AppTurns } from './context.ts';
import {
  applyMask,
  featheredMask,
  keepMask,
  type MaskEditing,
  maskFile,
  openMask,
  originalMask,
  sweepMasks,
  touchMask,
} from './maskEditing.ts';
import type { MaskCommands } from './model.ts';

/** The commands of mask editing, as the page calls them. */
export function makeMaskCommands(turns: AppTurns): MaskCommands {
  const editing: MaskEditing = { plain: new Map(), superseded: new Map() };
  return {
    openMask: (place) =>
      turns.answered<Gray8 | null>((ready) => openMask(ready, editing, place), null),
    touchMask: (place) => {
      turns.now(async (ready) => touchMask(ready, place));
    },
    keepMask: (place, mask) => turns.now((ready) => keepMask(ready, editing, place, mask)),
    featheredMask: (mask, sigma) =>
      turns.answered<Gray8 | null>((ready) => featheredMask(ready, mask, sigma), null),
    applyMask: async (place, closed) => {
      await turns.now((ready) => applyMask(ready, place, closed));
      // The next mask need not wait for the jobs that this one set going.
      if (closed) turns.now((ready) => sweepMasks(ready, editing));
    },
    originalMask: (place) => turns.now((ready) => originalMask(ready, place)),
    maskFile: (place) => turns.answered<File | null>((ready) => maskFile(ready, place), null),
  };
}
