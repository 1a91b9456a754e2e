import type { BinaryMask, Rgba8 } from '../../core/image/types.ts';
import { clippingOf, HIGHLIGHT_MARK, SHADOW_MARK } from '../../core/inspect/clipping.ts';
import { type DisplaySettings, displayed, isNeutral } from '../../core/inspect/displayTransform.ts';

/** How pictures are put on the screen; files and numbers know nothing of it. */
export interface ShownAs extends DisplaySettings {
  /** Mark pixels whose levels have run into an end of the scale. */
  readonly clipping: boolean;
}

/** Blue for lost shadows, red for lost highlights: told apart by lightness too. */
const MARKS: Readonly<Record<number, readonly [number, number, number]>> = {
  [SHADOW_MARK]: [40, 90, 255],
  [HIGHLIGHT_MARK]: [255, 60, 40],
};

/** Whether pictures are drawn as they are. */
export function isPlain(settings: ShownAs): boolean {
  return isNeutral(settings) && !settings.clipping;
}

function opaque({ width, height, data }: Rgba8): BinaryMask {
  const inside = Uint8Array.from({ length: width * height }, (_, i) =>
    data[i * 4 + 3] === 255 ? 1 : 0,
  );
  return { width, height, data: inside };
}

/**
 * A drawn picture as the settings show it. Clipping is looked for before exposure and gamma, in the
 * pixels on the screen; transparency stays.
 */
export function showAs(drawn: Rgba8, settings: ShownAs): Rgba8 {
  const shown = isNeutral(settings) ? drawn.data.slice() : displayed(drawn, settings).data;
  const marks = settings.clipping ? clippingOf(drawn, opaque(drawn)).marks : null;
  for (let i = 0; i < shown.length; i += 4) {
    shown[i + 3] = drawn.data[i + 3] ?? 0;
    const mark = MARKS[marks?.[i >> 2] ?? 0];
    if (mark) shown.set(mark, i);
  }
  return { width: drawn.width, height: drawn.height, data: shown };
}
