import { greyFromRgba, resizeNearest } from '../core/image/mask.ts';
import type { OverlayPictures } from '../protocol/codec.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import {
  dropErrorMap,
  dropOverlay,
  dropThumbnail,
  project,
  referenceOf,
  resourcesOf,
  setPreview,
} from './cases.ts';
import { type AppContext, releaseSoon } from './context.ts';
import { keep, keepIfRoom } from './keep.ts';
import { fileKindOf, viewedOutputs } from './outputs.ts';

/** Raised when the codec worker draws overlays differently: old ones are then drawn anew. */
const OVERLAY_VERSION = 1;

const isCurrent = (context: AppContext, id: string): boolean =>
  context.store.state.currentCaseId === id;

interface Viewed {
  readonly kind: 'picture' | 'output';
  readonly picture: StoredPicture;
}

/** What of a case is decoded while it is on screen, in the order in which it is. */
function picturesOf(record: StoredCase): Viewed[] {
  const { input, gt, mask } = record;
  const picture = (entry: StoredPicture | null): Viewed[] =>
    entry === null ? [] : [{ kind: 'picture', picture: entry }];
  const outputs = viewedOutputs(record).map((output) => ({
    kind: fileKindOf(output),
    picture: output.picture,
  }));
  const first = outputs.slice(0, 1);
  return [...picture(input), ...first, ...picture(gt), ...picture(mask), ...outputs.slice(1)];
}

/** Frees the decoded pictures of all other cases, and outputs beyond those that are viewed. */
export function trimPictures(context: AppContext): void {
  const record = context.records.get(context.store.state.currentCaseId ?? '');
  const wanted =
    record === undefined ? [] : picturesOf(record).map(({ picture }) => picture.sha256);
  context.pictures.retain(new Set(wanted));
  // Nothing on screen may hold a bitmap that was freed.
  if (record !== undefined) project(context, record.id);
}

/** Draws the overlay of a mask at the size of the case's pictures, or finds the one drawn before. */
async function overlayFiles(
  context: AppContext,
  mask: StoredPicture,
  size: StoredPicture,
  key: string,
): Promise<OverlayPictures | null> {
  const [tint, contour] = await Promise.all([
    context.storage.getFile('overlay', `${key}/tint`),
    context.storage.getFile('overlay', `${key}/contour`),
  ]);
  if (tint !== null && contour !== null) return { tint, contour };
  const decoded = await context.pictures.load('picture', mask);
  if (!decoded.ok) return null;
  const grey = resizeNearest(greyFromRgba(decoded.value.pixels), size.width, size.height);
  const drawn = await context.codec.call((api) => api.renderOverlay(grey));
  if (!drawn.ok) {
    context.store.notify('error', drawn.error.message);
    return null;
  }
  await keepIfRoom(context, `the overlay of ${mask.name}`, async () => {
    await context.storage.putFile('overlay', `${key}/tint`, drawn.value.tint);
    await context.storage.putFile('overlay', `${key}/contour`, drawn.value.contour);
  });
  return drawn.value;
}

async function showOverlay(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  const reference = record === undefined ? null : referenceOf(record);
  if (record === undefined || record.mask === null || reference === null) {
    dropOverlay(context, id);
    return;
  }
  const { width, height } = reference.picture;
  const key = `${record.mask.sha256}/${width}x${height}/v${OVERLAY_VERSION}`;
  const resources = resourcesOf(context, id);
  if (resources.overlay?.key === key) return;
  const files = await overlayFiles(context, record.mask, reference.picture, key);
  if (files === null) return;
  const { decodeBitmap } = context.platform;
  const bitmaps = await Promise.all([decodeBitmap(files.tint), decodeBitmap(files.contour)]).catch(
    () => null,
  );
  if (bitmaps === null) {
    const { name } = record.mask;
    context.store.notify('error', `The overlay of “${name}” could not be drawn by this browser.`);
    return;
  }
  const [tint, contour] = bitmaps;
  const stale = context.records.get(id)?.mask?.sha256 !== record.mask.sha256;
  if (stale || !isCurrent(context, id) || resources.overlay?.key === key) {
    tint.close();
    contour.close();
    return;
  }
  dropOverlay(context, id);
  resources.overlay = { key, bitmaps: [tint, contour] };
  context.store.patchCase(id, { overlay: { tint, contour } });
}

/** Shows the small picture of a case: the stored one, else made from what is decoded. */
export async function showThumbnail(context: AppContext, id: string): Promise<void> {
  const record = context.records.get(id);
  const reference = record === undefined ? null : referenceOf(record);
  if (reference === null) return;
  const { sha256, name } = reference.picture;
  const resources = resourcesOf(context, id);
  if (resources.thumbnail?.sha256 === sha256) return;
  let file = await context.storage.getFile('thumbnail', sha256);
  if (file === null) {
    const decoded = context.pictures.peek(sha256);
    if (decoded === null) return;
    // The filmstrip is a comfort: a browser that cannot draw it shows the name alone.
    const made = await context.platform.makeThumbnail(decoded.bitmap).catch(() => null);
    if (made === null) return;
    file = made;
    await keepIfRoom(context, `the small picture of ${name}`, () =>
      context.storage.putFile('thumbnail', sha256, made),
    );
  }
  if (!context.records.has(id) || resources.thumbnail?.sha256 === sha256) return;
  dropThumbnail(context, id);
  const url = URL.createObjectURL(file);
  resources.thumbnail = { sha256, url };
  context.store.patchCase(id, { thumbnailUrl: url });
}

/** Decodes what the case on screen shows and what is not decoded yet. A file that fails is named. */
export async function showCase(context: AppContext, id: string): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    // Looked at anew after each picture: the case may have changed meanwhile.
    const record = context.records.get(id);
    const next = (record === undefined ? [] : picturesOf(record)).find(
      ({ picture }) => !tried.has(picture.sha256),
    );
    if (next === undefined) break;
    tried.add(next.picture.sha256);
    const loaded = await context.pictures.load(next.kind, next.picture);
    if (!isCurrent(context, id)) return;
    if (loaded.ok) project(context, id);
    else context.store.notify('error', loaded.error.message);
  }
  trimPictures(context);
  await showThumbnail(context, id);
  if (isCurrent(context, id)) await showOverlay(context, id);
}

/** Puts a case on screen; the one before keeps its numbers and gives its pictures back. */
export async function select(context: AppContext, id: string | null): Promise<void> {
  const before = context.store.state.currentCaseId;
  if (before === id) return;
  context.store.set({ currentCaseId: id });
  if (before !== null) {
    project(context, before);
    dropOverlay(context, before);
    dropErrorMap(context, before);
    setPreview(context, before, null);
  }
  trimPictures(context);
  await keep(context, 'the open case', () => context.storage.putCurrentCase(id));
  if (id !== null) await showCase(context, id);
}

/** Frees an object URL that a component may still be showing. */
export function revokeSoon(url: string): void {
  releaseSoon(() => URL.revokeObjectURL(url));
}
