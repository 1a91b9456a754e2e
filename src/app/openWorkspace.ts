import { addRecords } from './cases.ts';
import type { AppContext } from './context.ts';
import { refreshStorageLine } from './keep.ts';
import { showMetrics } from './measure.ts';
import { queueRestore } from './restore.ts';
import { showCase, showThumbnail } from './show.ts';
import { readView } from './state.ts';
import { showLearned } from './weights.ts';

/** The model chosen last time, unless the engine, which may be ready already, does not have it. */
function rememberedModel({ store }: AppContext, stored: string | null): string | null {
  const { engine, selectedModelId } = store.state;
  if (stored === null) return selectedModelId;
  const known = engine.status !== 'ready' || engine.models.some(({ id }) => id === stored);
  return known ? stored : selectedModelId;
}

/**
 * Puts what was open when the page was closed back on screen, from storage alone; then goes on with
 * what was not finished.
 */
export async function openWorkspace(context: AppContext): Promise<void> {
  const { store, storage } = context;
  if (storage.trouble !== null) store.notify('warning', storage.trouble);
  const stored = await storage.readWorkspace();
  const { cases, damaged } = stored;
  const current = cases.find(({ id }) => id === stored.currentCaseId) ?? cases[0];
  store.set({
    view: readView(stored.view),
    selectedModelId: rememberedModel(context, stored.selectedModelId),
    currentCaseId: current?.id ?? null,
  });
  for (const [id, network] of stored.networks) context.networks.set(id, network);
  showLearned(context);
  addRecords(context, cases);
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
  for (const { id, restorePending } of cases) {
    if (restorePending) await queueRestore(context, id, { replaces: false, resumable: false });
  }
  await refreshStorageLine(context);
}
