import type { StoredPicture } from '../storage/records.ts';
import type { AppContext } from './context.ts';
import type { PictureView } from './model.ts';

/** A picture of a case as it is shown: with its bitmap where it is decoded and its case on screen. */
export function pictureView(
  context: AppContext,
  caseId: string,
  picture: StoredPicture | null,
): PictureView | null {
  if (picture === null) return null;
  const current = context.store.state.currentCaseId === caseId;
  const decoded = current ? context.pictures.peek(picture.sha256) : null;
  const transparent = decoded?.hasTransparency ? { transparent: true as const } : {};
  return { ...picture, ...transparent, bitmap: decoded?.bitmap ?? null };
}

/** Whether nothing would be drawn anew. */
export function samePicture(a: PictureView | null, b: PictureView | null): boolean {
  return (
    a?.sha256 === b?.sha256 &&
    a?.name === b?.name &&
    a?.bitmap === b?.bitmap &&
    a?.origin?.kind === b?.origin?.kind
  );
}
