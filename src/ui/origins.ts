import type { CaseView, PictureRef } from '../app/model.ts';

/* How the page calls pictures that the user did not bring. */

/** "edited", "edited automatic" or "painted", by what a mask was before. */
function editedWord(original: PictureRef | null): string {
  if (original === null) return 'painted';
  return original.origin?.kind === 'automatic' ? 'edited automatic' : 'edited';
}

/** "automatic", "simulated" or "edited" for a picture that was made here; null for a user's own file. */
export function originWord({ origin }: Pick<PictureRef, 'origin'>): string | null {
  if (origin?.kind === 'edited') return editedWord(origin.original);
  return origin?.kind ?? null;
}

/** The file's name, with the word for how it was made in front of it. */
export function madeName(picture: Pick<PictureRef, 'name' | 'origin'>): string {
  const word = originWord(picture);
  return word === null ? picture.name : `${word}: ${picture.name}`;
}

/** Whether a network found the person, so that every number by region rests on its mask. */
export function hasAutomaticMask({ mask }: Pick<CaseView, 'mask'>): boolean {
  return mask?.origin?.kind === 'automatic';
}

/** What kind of mask the person's numbers rest on; null for a user's own, and where there is none. */
export function maskWord({ mask }: Pick<CaseView, 'mask'>): string | null {
  return mask && originWord(mask);
}

/** Where a person mask came from: "Automatic, by the network “Person mask”", or the user's file name. */
export function maskSource({ name, origin }: Pick<PictureRef, 'name' | 'origin'>): string {
  if (origin?.kind === 'automatic') return `Automatic, by the network “${origin.modelTitle}”`;
  if (origin?.kind !== 'edited') return name;
  const { original } = origin;
  if (original === null) return 'Painted by hand';
  return original.origin?.kind === 'automatic'
    ? `Edited; found by the network “${original.origin.modelTitle}” before`
    : `Edited; ${original.name} before`;
}
