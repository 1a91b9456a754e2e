import type { CaseView, PictureRef } from '../app/model.ts';

/* How the page calls pictures that the user did not bring. */

/** "automatic" or "simulated" for a picture that was made here; null for a user's own file. */
export function originWord({ origin }: Pick<PictureRef, 'origin'>): string | null {
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

/** Where a person mask came from: "Automatic, by Person mask", or the user's file name. */
export function maskSource({ name, origin }: Pick<PictureRef, 'name' | 'origin'>): string {
  return origin?.kind === 'automatic' ? `Automatic, by the network “${origin.modelTitle}”` : name;
}
