import { describe, it } from 'vitest';
import { NEUTRAL_DISPLAY } from '../../src/core/inspect/displayTransform.ts';
import type { Layer } from '../../src/ui/viewer/layer.ts';
import type { Mix } from '../../src/ui/viewer/paint.ts';
import { drawDifference } from '../../src/ui/viewer/paint-difference.ts';
import { drawShownAs } from '../../src/ui/viewer/paint-shown.ts';
import { frameRect } from '../../src/ui/viewer/viewport.ts';
import {
  BLUE,
  clamp,
  each,
  enlarged,
  expectPixels,
  FOUR,
  FRAME,
  GREY,
  layerOf,
  PANE,
  paint,
  RED,
  sceneOf,
} from './viewerScene.ts';

function surfaceOf() {
  const canvas = Object.assign(document.createElement('canvas'), PANE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  const place = frameRect(FOUR, FRAME, PANE);
  return { context, pane: PANE, place, ratio: 1 };
}

const drawnOn = ({ context }: { readonly context: CanvasRenderingContext2D }) =>
  context.getImageData(0, 0, PANE.width, PANE.height);

const pairOf = async (): Promise<readonly [Layer, Layer]> => [
  await layerOf(GREY),
  await layerOf(RED),
];

// At four screen pixels for one, every second one lies in the same picture pixel.
describe('of every second pixel a side, twice as large', () => {
  it('is a difference', async () => {
    const surface = surfaceOf();
    const settings = { gain: 4, signed: false } as const;
    const pair = { layers: await pairOf(), settings, channel: 'rgb', smooth: true } as const;
    drawDifference(surface, pair, 2);
    expectPixels(
      drawnOn(surface),
      each((a = 0, b = 0) => clamp(4 * Math.abs(b - a)), GREY, RED),
    );
  });

  it('is a picture as the display settings show it, in its part of the pane', async () => {
    const surface = surfaceOf();
    const shownAs = { ...NEUTRAL_DISPLAY, channel: 'green', clipping: false } as const;
    const picture = {
      layer: await layerOf(BLUE),
      look: { smooth: true, colorSpace: 'srgb' },
      shownAs,
    } as const;
    drawShownAs(surface, picture, { x: 0, y: 0, width: 30, height: 48 }, 2);
    const green = enlarged((x, y) => [BLUE(x, y)[1], BLUE(x, y)[1], BLUE(x, y)[1]]);
    expectPixels(drawnOn(surface), (x, y) => (x < 30 ? green(x, y) : null));
  });
});

describe('what rests', () => {
  it('is whole', async () => {
    const layers = await pairOf();
    const mix: Mix = { kind: 'difference', settings: { gain: 1, signed: false } };
    const wanted = each((a = 0, b = 0) => Math.abs(b - a), GREY, RED);
    for (const moving of [true, false])
      expectPixels(paint(sceneOf(layers, { mix, moving })), wanted);
  });
});
