import type { Gray8 } from '../core/image/types.ts';
import type { AppContext, AppTurns } from './context.ts';
import {
  applyMask,
  featheredMask,
  keepMask,
  type MaskEditing,
  maskFile,
  openMask,
  originalMask,
  touchMask,
} from './maskEditing.ts';
import type { MaskCommands } from './model.ts';

/** The commands of mask editing, as the page calls them. */
export function makeMaskCommands(context: Promise<AppContext>, turns: AppTurns): MaskCommands {
  const editing: MaskEditing = { plain: new Map(), superseded: new Map() };
  return {
    async openMask(place) {
      let opened: Gray8 | null = null;
      await turns.now(async (ready) => {
        opened = await openMask(ready, editing, place);
      });
      return opened;
    },
    touchMask: (place) => {
      turns.now(async (ready) => touchMask(ready, place));
    },
    keepMask: (place, mask) => turns.now((ready) => keepMask(ready, editing, place, mask)),
    featheredMask: async (mask, sigma) => featheredMask(await context, mask, sigma),
    applyMask: (place, closed) => turns.now((ready) => applyMask(ready, editing, place, closed)),
    originalMask: (place) => turns.now((ready) => originalMask(ready, editing, place)),
    maskFile: async (place) => maskFile(await context, place),
  };
}
