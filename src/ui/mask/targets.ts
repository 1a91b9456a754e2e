import type { MaskTarget } from '../../app/model.ts';

/** Masks that can be painted, the person's first. */
export const MASK_TARGETS: readonly MaskTarget[] = ['person', 'hair', 'skin', 'face-skin', 'sky'];

const TITLES: Readonly<Record<MaskTarget, string>> = {
  person: 'Person',
  hair: 'Hair',
  skin: 'Skin',
  'face-skin': 'Face',
  sky: 'Sky',
};

/** What a mask is called in lists. */
export const targetTitle = (target: MaskTarget): string => TITLES[target];
