import { addRecords } from './cases.ts';
import type { AppContext } from './context.ts';
import { refreshStorageLine } from './keep.ts';
import { openNetworks } from './learnedNetworks.ts';
import { showMetrics } from './measure.ts';
import { methodRef } from './methodRef.ts';
import { openRemarks } from './remarks.ts';
import { queueRestore } from './restore.ts';
import { showCase, showThumbnail } from './show.ts';
import { readView } from './state.ts';
import { releaseOfClosedTabs } from './tabs.ts';

/** The method chosen last time, unless the engine, which may be ready already, does not have it. */
function rememberedMethod(context: AppContext, stored: string | null): string | null {
  const { engine, selectedModelId } = context.store.state;
  if (stored === null) return selectedModelId;
  const known = engine.status !== 'ready' || methodRef(context, stored) !== null;
  return known ? stored : selectedModelId;
}

/**
 * Puts what was open when the page was closed back on screen, from storage alone; then goes on with
 * what was not finished.
 */
export async function openWorkspace(context: AppContext): Promise<void> {
  const { store, storage } = context;
  if (storage.trouble !== null) store.notify('warning', storage.trouble);
  await releaseOfClosedTabs(context).catch(() => undefined);
  const stored = await storage.readWorkspace();
  const { cases, damaged } = stored;
  const current = cases.find(({ id }) => id === stored.currentCaseId) ?? cases[0];
  store.set({
    view: readView(stored.view),
    selectedModelId: rememberedMethod(context, stored.selectedModelId),
    currentCaseId: current?.id ?? null,
  });
  await openNetworks(context, stored);
  addRecords(context, cases);
  await openRemarks(context, stored);
  store.set({ restoredWorkspace: true });
  if (damaged > 0) {
    store.notify(
      'warning',
      `${damaged === 1 ? 'One stored case is' : `${damaged} stored cases are`} damaged and could not be opened; the others are here. Drop the files again.`,
    );
  }
  if (current !== undefined) {
    await showMetrics(context, current.id);
    await showCase(context, current.id);
  }
  for (const { id } of cases) {
    await showThumbnail(context, id);
    if (id !== current?.id) await showMetrics(context, id);
  }
  for (const { id, pendingMethods } of cases) {
    for (const method of pendingMethods) {
      await queueRestore(context, id, { method, replaces: false, resumable: false });
    }
  }
  void refreshStorageLine(context);
}
