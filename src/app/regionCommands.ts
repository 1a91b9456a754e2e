import type { RegionName } from '../core/dataset/roles.ts';
import type { Rectangle } from '../core/metrics/regionRule.ts';
import type { DecodedPicture } from '../protocol/codec.ts';
import type { StoredCase } from '../storage/records.ts';
import { keepFile } from './attach.ts';
import { referenceOf, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { refreshCase } from './openCase.ts';
import { storedPictureOf } from './pictures.ts';
import { regionTitle } from './regions.ts';
import { fitInto } from './sizeRules.ts';
import { noteChange, noteRemoval } from './undo.ts';

/** A named mask that was read. */
interface RegionMaskFile {
  readonly file: File;
  readonly stem: string;
  readonly region: RegionName;
  readonly decoded: DecodedPicture;
}

/** The case a named mask belongs to: that of its name, else the one on screen. */
function caseFor(context: AppContext, stem: string): StoredCase | null {
  const records = [...context.records.values()].reverse();
  const named = records.find((record) => record.stem.toLowerCase() === stem.toLowerCase());
  return named ?? context.records.get(context.store.state.currentCaseId ?? '') ?? null;
}

/** Puts a named mask into its case; a notice says where it cannot be. */
export async function attachRegionMask(
  context: AppContext,
  { file, stem, region, decoded }: RegionMaskFile,
): Promise<void> {
  const { store } = context;
  const picture = storedPictureOf(decoded, file.name, file.size);
  const record = caseFor(context, stem);
  const reference = record === null ? null : referenceOf(record);
  if (record === null || reference === null) {
    store.notify('info', `“${file.name}” belongs to no case: drop it together with its pictures.`);
    return;
  }
  const there = record.regionMasks[region];
  if (there !== undefined && there.sha256 !== picture.sha256) {
    store.notify(
      'error',
      `“${file.name}” was not used: case ${titleOf(record)} already has the mask “${there.name}” (${regionTitle(region).toLowerCase()}). Remove that one first.`,
    );
    return;
  }
  const fit = fitInto('mask', picture, reference.picture, reference.role);
  if (!fit.fits) {
    store.notify('error', fit.reason);
    return;
  }
  if (fit.remark !== null) store.notify('info', fit.remark);
  await keepFile(context, file, picture);
  const now = context.records.get(record.id);
  if (now === undefined) return;
  await updateCase(context, record.id, { regionMasks: { ...now.regionMasks, [region]: picture } });
  await refreshCase(context, record.id);
}

/** Takes a named mask out of a case. */
export async function removeRegionMask(
  context: AppContext,
  id: string,
  region: RegionName,
): Promise<void> {
  const record = context.records.get(id);
  const mask = record?.regionMasks[region];
  if (record === undefined || mask === undefined) return;
  const { [region]: _, ...regionMasks } = record.regionMasks;
  await updateCase(context, id, { regionMasks });
  await noteRemoval(context, `“${mask.name}”`, record, false);
  await refreshCase(context, id);
}

/** Whole pixels within the picture; null where nothing of it is inside. */
function clampTo(
  { x, y, width, height }: Rectangle,
  picture: { readonly width: number; readonly height: number },
): Rectangle | null {
  const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
  const right = Math.min(picture.width, Math.round(x + width));
  const bottom = Math.min(picture.height, Math.round(y + height));
  if (!(right > left && bottom > top)) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

async function putRectangle(
  context: AppContext,
  id: string,
  rectangle: Rectangle | null,
): Promise<boolean> {
  await updateCase(context, id, { rectangle });
  await refreshCase(context, id);
  return true;
}

/** The rectangle of the case on screen; null takes it away. `undo` brings the one before back. */
export async function setRectangle(context: AppContext, wanted: Rectangle | null): Promise<void> {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  const reference = record === undefined ? null : referenceOf(record);
  if (record === undefined || reference === null) return;
  const rectangle = wanted && clampTo(wanted, reference.picture);
  const { id, rectangle: before } = record;
  if (JSON.stringify(rectangle) === JSON.stringify(before)) return;
  noteChange(context, 'The rectangle', id, () => putRectangle(context, id, before));
  await putRectangle(context, id, rectangle);
}
