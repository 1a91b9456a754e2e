import type { PictureView } from '../../app/model.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place extends Size {
  readonly x: number;
  readonly y: number;
}

/** Where everything of a before/after card lies, in whole pixels. */
export interface CardLayout extends Size {
  readonly before: Place;
  readonly after: Place;
  readonly divider: Place;
  /** Height of the labels' letters. */
  readonly letters: number;
}

/** Longer side of a card: as much as sites that pictures are shared on keep. */
export const CARD_SIDE = 2048;

/**
 * Two pictures of one scene side by side with a thin divider, as large as they are or reduced to
 * `CARD_SIDE`. The second, if it has another size, is brought to the first one's.
 */
export function cardLayout({ width, height }: Size): CardLayout {
  const dividerOf = (side: number) => Math.max(2, Math.round(side / 300));
  const whole = 2 * width + dividerOf(2 * width);
  const scale = Math.min(1, CARD_SIDE / Math.max(whole, height));
  const halfHeight = Math.max(1, Math.floor(height * scale));
  const divider = dividerOf(2 * width * scale);
  const halfWidth = Math.max(
    1,
    Math.min(Math.floor(width * scale), Math.floor((CARD_SIDE - divider) / 2)),
  );
  return {
    width: 2 * halfWidth + divider,
    height: halfHeight,
    before: { x: 0, y: 0, width: halfWidth, height: halfHeight },
    after: { x: halfWidth + divider, y: 0, width: halfWidth, height: halfHeight },
    divider: { x: halfWidth, y: 0, width: divider, height: halfHeight },
    letters: Math.max(11, Math.round(Math.min(halfWidth, halfHeight) / 32)),
  };
}

/** What stands in the two halves of a card: a dark picture that nobody took is called by what it is. */
export function cardLabels({ origin }: Pick<PictureView, 'origin'>): readonly [string, string] {
  return [origin?.kind === 'simulated' ? 'Before (simulated)' : 'Before', 'After'];
}

/** "001_input.jpg" gives "001_input_before-after.png". */
export function cardName(inputName: string): string {
  return `${inputName.replace(/\.[^.]+$/, '')}_before-after.png`;
}
