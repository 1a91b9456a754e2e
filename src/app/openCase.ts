import { showAlignment } from './alignment.ts';
import type { AppContext } from './context.ts';
import { showHints } from './hints.ts';
import { showMethodNumbersOf } from './measureMethods.ts';
import { showMore } from './more.ts';
import { showOverlay } from './overlays.ts';
import { select } from './show.ts';
import { showErrorMap } from './showErrorMap.ts';

/** Puts a case on screen, with what only the case on screen has: further numbers, an error map. */
export async function openCase(context: AppContext, id: string | null): Promise<void> {
  await select(context, id);
  if (id !== null) await refreshCase(context, id);
}

/** Brings what the view's settings decide of the case on screen in line with them. */
export async function refreshCase(context: AppContext, id: string | null): Promise<void> {
  if (id === null) return;
  showErrorMap(context, id);
  await showOverlay(context, id);
  await showMethodNumbersOf(context, id);
  await showMore(context, id);
  showAlignment(context, id);
  await showHints(context, id);
}
