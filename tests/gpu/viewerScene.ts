import { expect } from 'vitest';
import { NEUTRAL_DISPLAY } from '../../src/core/inspect/displayTransform.ts';
import type { Layer } from '../../src/ui/viewer/layer.ts';
import { type Mix, paintScene, type Scene } from '../../src/ui/viewer/paint.ts';
import type { Size, Viewport } from '../../src/ui/viewer/viewport.ts';

/* Scenes of a few pixels whose drawing can be computed, and a comparison with what is drawn. */

export type Colour = readonly [number, number, number];
export type Rule = (x: number, y: number) => Colour;

export const FRAME: Size = { width: 16, height: 12 };
/** Four device pixels for a pixel of the picture, which fills the pane exactly. */
export const PANE: Size = { width: 64, height: 48 };
export const FOUR: Viewport = { fit: false, scale: 4, x: 0.5, y: 0.5 };

/** Rules whose colours are all different, so that a pixel tells where it comes from. */
export const RED: Rule = (x, y) => [200 + 2 * x, 3 * y, 5];
export const GREEN: Rule = (x, y) => [x, 150 + 4 * y, 40 + 3 * x];
export const BLUE: Rule = (x, y) => [2 * y, 4 * x, 180 + x + y];
export const GREY: Rule = (x, y) => [90 + x + y, 90 + x + y, 90 + x + y];

export function bitmapOf(
  { width, height }: Size,
  rule: (x: number, y: number) => readonly number[],
) {
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i += 1) {
    const [r = 0, g = 0, b = 0, alpha = 255] = rule(i % width, Math.floor(i / width));
    image.data.set([r, g, b, alpha], i * 4);
  }
  return createImageBitmap(image, { premultiplyAlpha: 'premultiply' });
}

export const layerOf = async (rule: Rule, size: Size = FRAME): Promise<Layer> => ({
  bitmap: await bitmapOf(size, rule),
  dimmed: false,
  map: false,
});

const WHOLE: Mix = { kind: 'split', lines: [], into: 'columns' };

export function sceneOf(layers: readonly (Layer | null)[], change: Partial<Scene> = {}): Scene {
  return {
    frame: FRAME,
    viewport: FOUR,
    smooth: false,
    colorSpace: 'srgb',
    layers,
    mix: WHOLE,
    shownAs: { ...NEUTRAL_DISPLAY, clipping: false },
    overlay: null,
    overlayStyle: { overlayStyle: 'both', overlayOpacity: 0.5 },
    ...change,
  };
}

export function paint(scene: Scene, pane: Size = PANE): ImageData {
  const canvas = Object.assign(document.createElement('canvas'), pane);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  paintScene(context, pane, scene, 1);
  return context.getImageData(0, 0, pane.width, pane.height);
}

export const at = (image: ImageData, x: number, y: number) => [
  ...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4),
];

/** Every pixel of the screen against what it should be; null: nothing is drawn there. */
export function expectPixels(
  image: ImageData,
  wanted: (x: number, y: number) => Colour | null,
  tolerance = 0,
) {
  const wrong: string[] = [];
  for (let i = 0; i < image.width * image.height && wrong.length < 5; i += 1) {
    const [x, y] = [i % image.width, Math.floor(i / image.width)];
    const [r = 0, g = 0, b = 0, alpha] = at(image, x, y);
    const colour = wanted(x, y);
    const off = colour
      ? Math.max(Math.abs(r - colour[0]), Math.abs(g - colour[1]), Math.abs(b - colour[2]))
      : 0;
    if (off > tolerance || alpha !== (colour ? 255 : 0)) {
      wrong.push(`(${x}, ${y}) is ${[r, g, b, alpha]}, not ${colour}`);
    }
  }
  expect(wrong).toEqual([]);
}

/** A rule on the screen, where each pixel of the picture is four wide. */
export const enlarged =
  (rule: Rule): Rule =>
  (x, y) =>
    rule(Math.floor(x / 4), Math.floor(y / 4));

export const each = (rule: (...colours: number[]) => number, ...rules: readonly Rule[]): Rule =>
  enlarged((x, y) => {
    const colours = rules.map((one) => one(x, y));
    const channel = (c: 0 | 1 | 2) => rule(...colours.map((colour) => colour[c]));
    return [channel(0), channel(1), channel(2)];
  });

export const clamp = (value: number) => Math.min(255, Math.max(0, value));
