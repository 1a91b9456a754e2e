import { greyFromRgba, resizeNearest } from '../core/image/mask.ts';
import type { MaskPart, OverlayPictures } from '../protocol/codec.ts';
import type { StoredCase, StoredPicture } from '../storage/records.ts';
import { dropOverlay, referenceOf, resourcesOf } from './cases.ts';
import type { AppContext } from './context.ts';
import { keepIfRoom } from './keep.ts';
import { overlayRegionsOf } from './lookSettings.ts';
import type { ViewSettings } from './model.ts';
import { sentenceOf } from './sentences.ts';

/** Raised when the codec worker draws overlays differently: old ones are then drawn anew. */
const OVERLAY_VERSION = 1;

type OverlaySettings = Pick<ViewSettings, 'overlayRegion' | 'boundaryRadius'>;

/** What an overlay is drawn from. */
interface OverlaySource {
  readonly mask: StoredPicture;
  readonly part: MaskPart;
  /** Tells the parts of one mask apart in storage. */
  readonly name: string;
}

/** For the region that is asked for, else for the person; null where the case has no such mask. */
function sourceOf(record: StoredCase, settings: OverlaySettings): OverlaySource | null {
  const regions = overlayRegionsOf(record);
  const { overlayRegion: wanted, boundaryRadius: radius } = settings;
  const region = regions.includes(wanted) ? wanted : regions[0];
  const whole = { part: { kind: 'inside' }, name: '' } as const;
  if (region === undefined) return null;
  if (region !== 'person' && region !== 'background' && region !== 'boundary') {
    const mask = record.regionMasks[region];
    return mask === undefined ? null : { mask, ...whole };
  }
  if (record.mask === null) return null;
  if (region === 'person') return { mask: record.mask, ...whole };
  if (region === 'background') {
    return { mask: record.mask, part: { kind: 'outside' }, name: 'outside/' };
  }
  return { mask: record.mask, part: { kind: 'band', radius }, name: `band${radius}/` };
}

/** Draws an overlay at the size of the case's pictures, or finds the one drawn before. */
async function overlayFiles(
  context: AppContext,
  { mask, part }: OverlaySource,
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
  const drawn = await context.codec.call((api) => api.renderOverlay(grey, part));
  if (!drawn.ok) {
    context.store.notify('error', sentenceOf(drawn.error, mask.name));
    return null;
  }
  await keepIfRoom(context, `the overlay of ${mask.name}`, async () => {
    await context.storage.putFile('overlay', `${key}/tint`, drawn.value.tint);
    await context.storage.putFile('overlay', `${key}/contour`, drawn.value.contour);
  });
  return drawn.value;
}

/** What a case's overlay is to be now: where it is drawn from, and its name in storage. */
function wantedOf(context: AppContext, id: string) {
  const record = context.records.get(id);
  const size = record === undefined ? undefined : referenceOf(record)?.picture;
  const source = record === undefined ? null : sourceOf(record, context.store.state.view);
  if (size === undefined || source === null) return null;
  const { width, height } = size;
  const key = `${source.mask.sha256}/${width}x${height}/${source.name}v${OVERLAY_VERSION}`;
  return { source, size, key };
}

/** Lays the mask of the region that the view asks for over the pictures of the case on screen. */
export async function showOverlay(context: AppContext, id: string): Promise<void> {
  const wanted = wantedOf(context, id);
  const resources = resourcesOf(context, id);
  if (wanted !== null && resources.overlay?.key === wanted.key) return;
  // What is drawn for another region must not be taken for this one.
  dropOverlay(context, id);
  if (wanted === null) return;
  const { source, size, key } = wanted;
  const files = await overlayFiles(context, source, size, key);
  if (files === null) return;
  const { decodeBitmap } = context.platform;
  const bitmaps = await Promise.all([decodeBitmap(files.tint), decodeBitmap(files.contour)]).catch(
    () => null,
  );
  if (bitmaps === null) {
    const { name } = source.mask;
    context.store.notify(
      'error',
      `The overlay of “${name}” could not be drawn: memory may be short. Close other tabs and reload the page.`,
    );
    return;
  }
  const [tint, contour] = bitmaps;
  const stale = context.store.state.currentCaseId !== id || wantedOf(context, id)?.key !== key;
  if (stale || resources.overlay?.key === key) {
    tint.close();
    contour.close();
    return;
  }
  dropOverlay(context, id);
  resources.overlay = { key, bitmaps: [tint, contour] };
  context.store.patchCase(id, { overlay: { tint, contour } });
}
