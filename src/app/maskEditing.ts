import { greyFromRgba, resizeNearest } from '../core/image/mask.ts';
import type { Gray8 } from '../core/image/types.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { referenceOf, titleOf, updateCase } from './cases.ts';
import type { AppContext } from './context.ts';
import { sha256Of } from './hash.ts';
import { keepMaskFile, maskIn, maskName, withMask } from './maskFiles.ts';
import { rerunForMask } from './maskRuns.ts';
import { showMetrics } from './measure.ts';
import { loadGrey, MeasureFailure } from './measured.ts';
import type { MaskPlace } from './model.ts';
import { regionTitle } from './regions.ts';
import { sentenceOf } from './sentences.ts';
import { showCase, trimPictures } from './show.ts';
import { letGo } from './tabs.ts';

/** What editing remembers beside the cases themselves, for one visit. */
export interface MaskEditing {
  /**
   * SHA-256 of the PNG that this page would write of an unedited mask, by the mask's own hash: a mask
   * whose edits were all taken back is known by it.
   */
  readonly plain: Map<string, string>;
  /** Edited masks that gave way to later ones. */
  readonly superseded: Map<string, StoredPicture>;
}

/** What a mask was before all edits; null where there was nothing. */
function originalOf(mask: StoredPicture | null): StoredPicture | null {
  return mask?.origin?.kind === 'edited' ? mask.origin.original : mask;
}

/** A mask's levels at the size of its case's pictures. @throws {MeasureFailure} */
async function levelsOf(
  context: AppContext,
  record: StoredCase,
  mask: StoredPicture | null,
): Promise<Gray8 | null> {
  const reference = referenceOf(record)?.picture;
  if (reference === undefined) return null;
  const { width, height } = reference;
  if (mask === null) return { width, height, data: new Uint8Array(width * height) };
  return resizeNearest(await loadGrey(context, mask), width, height);
}

async function notePlain(
  context: AppContext,
  { plain }: MaskEditing,
  record: StoredCase,
  original: StoredPicture | null,
): Promise<void> {
  if (original === null || plain.has(original.sha256)) return;
  const levels = await levelsOf(context, record, original);
  const png = levels && (await context.codec.call((api) => api.encodeGrey(levels)));
  if (png?.ok) plain.set(original.sha256, await sha256Of(png.value));
}

/** See `MaskCommands.openMask`. */
export async function openMask(
  context: AppContext,
  editing: MaskEditing,
  { caseId, target }: MaskPlace,
): Promise<Gray8 | null> {
  const record = context.records.get(caseId);
  if (record === undefined) return null;
  const mask = maskIn(record, target);
  try {
    const levels = await levelsOf(context, record, mask);
    await notePlain(context, editing, record, originalOf(mask));
    // Decoded pictures are shared: what is painted on is not.
    return levels && { ...levels, data: levels.data.slice() };
  } catch (error) {
    if (!(error instanceof MeasureFailure)) throw error;
    context.store.notify('error', error.message);
    return null;
  }
}

/** See `MaskCommands.touchMask`. */
export function touchMask({ store }: AppContext, { caseId, target }: MaskPlace): void {
  const metrics = store.state.cases.find(({ id }) => id === caseId)?.metrics;
  if (metrics?.status !== 'done') return;
  const regions = metrics.regions.map((region) =>
    region.id === target ? { ...region, stale: true as const } : region,
  );
  const whole = target === 'person' ? { stale: true as const } : {};
  store.patchCase(caseId, { metrics: { ...metrics, regions, ...whole } });
}

/** The picture that becomes the case's mask: the original again where all edits were taken back. */
async function pictureFor(
  context: AppContext,
  editing: MaskEditing,
  record: StoredCase,
  { target }: MaskPlace,
  mask: Gray8,
): Promise<StoredPicture | null> {
  const before = maskIn(record, target);
  const original = originalOf(before);
  if (original === null && !mask.data.some((level) => level > 0)) return null;
  const name = maskName(record, target);
  const kept = await keepMaskFile(context, mask, name, { kind: 'edited', original });
  if (!kept.ok) {
    context.store.notify('error', sentenceOf(kept.error, name));
    return before;
  }
  const { sha256 } = kept.value;
  const isOriginal = original !== null && editing.plain.get(original.sha256) === sha256;
  return isOriginal ? original : kept.value;
}

/** See `MaskCommands.keepMask`. */
export async function keepMask(
  context: AppContext,
  editing: MaskEditing,
  place: MaskPlace,
  mask: Gray8,
): Promise<void> {
  const { caseId, target } = place;
  const before = context.records.get(caseId);
  if (before === undefined) return;
  const picture = await pictureFor(context, editing, before, place, mask);
  const now = context.records.get(caseId);
  const there = now === undefined ? null : maskIn(now, target);
  if (now === undefined || there?.sha256 === picture?.sha256) return;
  await updateCase(context, caseId, withMask(now, target, picture));
  if (there?.origin?.kind === 'edited') editing.superseded.set(there.sha256, there);
  trimPictures(context);
}

/** See `MaskCommands.featheredMask`. */
export async function featheredMask(
  { codec, store, records }: AppContext,
  mask: Gray8,
  sigma: number,
): Promise<Gray8 | null> {
  const softened = await codec.call((api) => api.featherMask(mask, sigma));
  if (softened.ok) return softened.value;
  const painted = records.get(store.state.currentCaseId ?? '');
  const name = painted === undefined ? 'mask' : titleOf(painted);
  store.notify('error', sentenceOf(softened.error, name));
  return null;
}

const namesOf = ({ mask, regionMasks }: StoredCase): string[] =>
  [mask, ...Object.values(regionMasks)].flatMap((picture) => picture?.sha256 ?? []);

/** Deletes the masks between the strokes, once no job can ask for them any more. */
export async function sweepMasks(context: AppContext, { superseded }: MaskEditing): Promise<void> {
  await context.jobs.idle();
  const removed = context.removals.flatMap((entry) => ('before' in entry ? [entry.before] : []));
  const records = [...context.records.values(), ...removed];
  const wanted = new Set(records.flatMap(namesOf));
  for (const sha256 of [...superseded.keys()]) {
    superseded.delete(sha256);
    if (!wanted.has(sha256)) await context.storage.removeFile('picture', sha256);
  }
}

/** See `MaskCommands.applyMask`. */
export async function applyMask(
  context: AppContext,
  { caseId, target }: MaskPlace,
  closed: boolean,
): Promise<void> {
  if (target === 'person') await rerunForMask(context, caseId);
  await showMetrics(context, caseId);
  if (closed && context.store.state.currentCaseId === caseId) await showCase(context, caseId);
}

/** Puts a mask into its case, with everything that hangs on it. */
async function place(context: AppContext, at: MaskPlace, mask: StoredPicture): Promise<void> {
  const record = context.records.get(at.caseId);
  if (record === undefined) return;
  await updateCase(context, at.caseId, withMask(record, at.target, mask));
  await applyMask(context, at, true);
}

/** Puts an edited mask back, unless it had to make room for something else meanwhile. */
async function placeAgain(
  context: AppContext,
  at: MaskPlace,
  edited: StoredPicture,
): Promise<void> {
  if ((await context.storage.getFile('picture', edited.sha256)) !== null) {
    await place(context, at, edited);
    return;
  }
  context.store.notify(
    'error',
    `The edits of “${edited.name}” are gone: the storage of this browser was full, and they made room for other files. Edit the mask again.`,
  );
}

/** See `MaskCommands.originalMask`. */
export async function originalMask(context: AppContext, at: MaskPlace): Promise<void> {
  const record = context.records.get(at.caseId);
  if (record === undefined) return;
  const edited = maskIn(record, at.target);
  const original = originalOf(edited);
  if (edited === null || original === null || original === edited) return;
  const whose = at.target === 'person' ? 'The person mask' : `The mask “${regionTitle(at.target)}”`;
  context.store.notify('info', `${whose} is again what it was before it was edited.`, {
    label: 'Undo',
    run: () => placeAgain(context, at, edited),
  });
  await place(context, at, original);
  await letGo(context, record, edited);
}

/** See `MaskCommands.maskFile`. */
export async function maskFile(
  context: AppContext,
  { caseId, target }: MaskPlace,
): Promise<File | null> {
  const record = context.records.get(caseId);
  const mask = record === undefined ? null : maskIn(record, target);
  if (record === undefined || mask === null) return null;
  const loaded = await context.pictures.load('picture', mask);
  trimPictures(context);
  const png = loaded.ok
    ? await context.codec.call((api) => api.encodeGrey(greyFromRgba(loaded.value.pixels)))
    : loaded;
  if (png.ok) return new File([png.value], maskName(record, target), { type: 'image/png' });
  context.store.notify('error', sentenceOf(png.error, mask.name));
  return null;
}
