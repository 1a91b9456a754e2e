import type { Rgba8 } from '../../core/image/types.ts';
import { CLIPPING_RULE } from '../../core/inspect/clipping.ts';
import {
  type DisplayChannel,
  type DisplaySettings,
  displayCurve,
  isNeutral,
} from '../../core/inspect/displayTransform.ts';
import { lumaLevel } from '../../core/inspect/histogram.ts';

/** How pictures are put on the screen; files and numbers know nothing of it. */
export interface ShownAs extends DisplaySettings {
  /** Mark pixels whose levels have run into an end of the scale. */
  readonly clipping: boolean;
}

/**
 * Pixels are handled as words of four bytes, alpha first: a byte at a time, a screen full of them would
 * not be ready within a frame. Every machine a browser runs on keeps the lowest byte first.
 */
const word = (red: number, green: number, blue: number): number =>
  ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** Blue for lost shadows, red for lost highlights: told apart by lightness too. */
const SHADOW = word(40, 90, 255);
const HIGHLIGHT = word(255, 60, 40);

/** Whether pictures are drawn as they are. */
export function isPlain(settings: ShownAs): boolean {
  return isNeutral(settings) && !settings.clipping;
}

/** A picture as the settings show it; see {@link showInPlace}. */
export function showAs({ width, height, data }: Rgba8, settings: ShownAs): Rgba8 {
  const shown = { width, height, data: new Uint8ClampedArray(data) };
  showInPlace(shown, settings);
  return shown;
}

/**
 * Turns drawn pixels into what the settings show. Clipping is looked for before exposure and gamma, in
 * the pixels on the screen; transparency stays, and transparent pixels are never marked.
 */
export function showInPlace(drawn: Rgba8, settings: ShownAs): void {
  const { data } = drawn;
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const marks = settings.clipping ? markClipped(words) : null;
  if (!isNeutral(settings)) {
    const curve = displayCurve(settings.exposure, settings.gamma);
    if (settings.channel === 'rgb') applyCurve(words, curve);
    else applyChannel(words, curve, settings.channel);
  }
  for (let i = 0; marks && i < marks.length; i += 1) {
    const mark = marks[i] ?? 0;
    if (mark !== 0) words[i] = mark;
  }
}

/** The colour of every clipped pixel, 0 where none is. */
function markClipped(words: Uint32Array): Uint32Array {
  const { shadow, highlight } = CLIPPING_RULE;
  const marks = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i += 1) {
    const pixel = words[i] ?? 0;
    if (pixel >>> 24 !== 255) continue;
    const greatest = Math.max(pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255);
    if (greatest >= highlight) marks[i] = HIGHLIGHT;
    else if (greatest <= shadow) marks[i] = SHADOW;
  }
  return marks;
}

function applyCurve(words: Uint32Array, curve: Uint8Array): void {
  for (let i = 0; i < words.length; i += 1) {
    const pixel = words[i] ?? 0;
    const red = curve[pixel & 255] ?? 0;
    const green = curve[(pixel >>> 8) & 255] ?? 0;
    const blue = curve[(pixel >>> 16) & 255] ?? 0;
    words[i] = (pixel & 0xff000000) | (blue << 16) | (green << 8) | red;
  }
}

const SHIFTS = { red: 0, green: 8, blue: 16 } as const;

function applyChannel(
  words: Uint32Array,
  curve: Uint8Array,
  channel: Exclude<DisplayChannel, 'rgb'>,
): void {
  const shift = channel === 'luma' ? null : SHIFTS[channel];
  for (let i = 0; i < words.length; i += 1) {
    const pixel = words[i] ?? 0;
    const level =
      shift === null
        ? lumaLevel(pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255)
        : (pixel >>> shift) & 255;
    words[i] = (pixel & 0xff000000) | ((curve[level] ?? 0) * 0x010101);
  }
}
