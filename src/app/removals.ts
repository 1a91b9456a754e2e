import type { StoredCase } from '../storage/records.ts';
import { forgetCase, isEmpty, pictureOf, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { refreshStorageLine } from './keep.ts';
import { rerunForMask } from './maskRuns.ts';
import { showMetrics } from './measure.ts';
import type { MethodId, Role } from './model.ts';
import { openCase } from './openCase.ts';
import { keepOutputs, outputOf } from './outputs.ts';
import { showCase, showThumbnail } from './show.ts';
import { noteRemoval } from './undo.ts';

/** Closes a case; its neighbour comes on screen. */
export async function removeCase(context: AppContext, id: string): Promise<void> {
  const ids = [...context.records.keys()];
  const index = ids.indexOf(id);
  const record = context.records.get(id);
  if (record === undefined) return;
  const isShown = context.store.state.currentCaseId === id;
  const neighbour = ids[index + 1] ?? ids[index - 1] ?? null;
  // Decoding the neighbour takes a while: the case leaves the list meanwhile.
  const opened = isShown ? openCase(context, neighbour) : Promise.resolve();
  await Promise.all([opened, forgetCase(context, id)]);
  await noteRemoval(context, `Case ${titleOf(record)}`, record, true);
  await refreshStorageLine(context);
}

/** Shows a case after something was taken out of it; an empty one closes. */
async function change(
  context: AppContext,
  before: StoredCase,
  what: string,
  without: Partial<StoredCase>,
): Promise<void> {
  const { id } = before;
  if (isEmpty({ ...before, ...without })) {
    await removeCase(context, id);
    return;
  }
  await updateCase(context, id, without);
  await noteRemoval(context, what, before, false);
  if (without.mask === null) await rerunForMask(context, id);
  await showThumbnail(context, id);
  if (context.store.state.currentCaseId === id) await showCase(context, id);
  await showMetrics(context, id);
}

/** Takes one picture out of a case. Restored outputs go with their input; an empty case closes. */
export async function removePicture(context: AppContext, id: string, role: Role): Promise<void> {
  const record = context.records.get(id);
  const picture = record === undefined ? null : pictureOf(record, role);
  if (record === undefined || picture === null) return;
  if (role === 'output') {
    await removeOutput(context, id, record.shownMethod ?? '');
    return;
  }
  const what = `“${picture.name}”`;
  if (role !== 'input') {
    await change(context, record, what, { [role]: null });
    return;
  }
  context.jobs.drop(id, 'restore');
  const dropped = record.outputs.filter(({ origin }) => origin.kind === 'dropped');
  // An automatic mask has nothing to stand for without the picture it was made from.
  const orphaned = record.gt === null && record.mask?.origin?.kind === 'automatic';
  const mask = orphaned ? { mask: null } : {};
  await change(context, record, what, { input: null, ...mask, ...keepOutputs(record, dropped) });
}

/** Takes one method's output out of a case. */
export async function removeOutput(
  context: AppContext,
  id: string,
  method: MethodId,
): Promise<void> {
  const record = context.records.get(id);
  const output = record === undefined ? null : outputOf(record, method);
  if (record === undefined || output === null) return;
  const rest = record.outputs.filter((other) => other !== output);
  await change(context, record, `“${output.picture.name}”`, keepOutputs(record, rest));
}
