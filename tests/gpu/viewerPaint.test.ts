import { describe, expect, it } from 'vitest';
import type { OverlayView } from '../../src/app/model.ts';
import { NEUTRAL_DISPLAY } from '../../src/core/inspect/displayTransform.ts';
import type { Mix, Scene } from '../../src/ui/viewer/paint.ts';
import { panBy } from '../../src/ui/viewer/viewport.ts';
import {
  at,
  BLUE,
  bitmapOf,
  type Colour,
  clamp,
  each,
  enlarged,
  expectPixels,
  FOUR,
  FRAME,
  GREEN,
  GREY,
  layerOf,
  PANE,
  paint,
  RED,
  type Rule,
  sceneOf,
} from './viewerScene.ts';

describe('one picture', () => {
  it('is drawn pixel for pixel, at 1:1 and enlarged', async () => {
    const layer = await layerOf(RED);
    expectPixels(paint(sceneOf([layer])), enlarged(RED));
    const one = sceneOf([layer], { viewport: { ...FOUR, scale: 1 } });
    expectPixels(paint(one, FRAME), RED);
  });

  it('leaves the stage free where it is not', async () => {
    const scene = sceneOf([await layerOf(RED)], { viewport: { ...FOUR, scale: 1 } });
    const image = paint(scene, { width: 20, height: 14 });
    expectPixels(image, (x, y) =>
      x >= 2 && x < 18 && y >= 1 && y < 13 ? RED(x - 2, y - 1) : null,
    );
  });

  it('shows the same of the scene in another resolution', async () => {
    const double = await layerOf((x, y) => RED(x >> 1, y >> 1), { width: 32, height: 24 });
    expectPixels(paint(sceneOf([double])), enlarged(RED));
  });

  it('is averaged where it is shown smaller, by halves', async () => {
    const size = { width: 64, height: 48 };
    const noise: Rule = (x, y) => {
      const level = (x * 37 + y * 91 + ((x * y) % 11) * 23) % 256;
      return [level, 255 - level, (level * 3) % 256];
    };
    const layer = await layerOf(noise, size);
    for (const [scale, side] of [
      [0.5, 2],
      [0.25, 4],
    ] as const) {
      const pane = { width: 64 * scale, height: 48 * scale };
      const scene = sceneOf([layer], { frame: size, viewport: { ...FOUR, scale } });
      const mean: Rule = (x, y) => {
        const sum = [0, 0, 0];
        for (let i = 0; i < side * side; i += 1) {
          const colour = noise(x * side + (i % side), y * side + Math.floor(i / side));
          colour.forEach((value, c) => {
            sum[c] = (sum[c] ?? 0) + value / side ** 2;
          });
        }
        return [sum[0] ?? 0, sum[1] ?? 0, sum[2] ?? 0];
      };
      expectPixels(paint(scene, pane), mean, 1.5);
    }
  });

  it('is the same picture wherever it is moved to', async () => {
    const size = { width: 200, height: 160 };
    const layer = await layerOf((x, y) => [(x * 7) % 256, (y * 5) % 256, (x * y) % 256], size);
    const pane = { width: 60, height: 50 };
    for (const scale of [0.4, 0.61, 1, 3]) {
      const view = { fit: false, scale, x: 0.5, y: 0.5 };
      const still = paint(sceneOf([layer], { frame: size, viewport: view }), pane);
      const moved = panBy(view, size, pane, { x: 5, y: -3 });
      const after = paint(sceneOf([layer], { frame: size, viewport: moved }), pane);
      // What came in from the edges is left out.
      for (let i = 0; i < 40 * 30; i += 1) {
        const [x, y] = [10 + (i % 40), 10 + Math.floor(i / 40)];
        expect(at(after, x, y), `${scale}: ${x}, ${y}`).toEqual(at(still, x - 5, y + 3));
      }
    }
  });
});

describe('the grid between pixels', () => {
  it('is dark beside light from 1600 % on, a thin line from 800 % on, and not there below', async () => {
    const layer = await layerOf(GREY);
    const row = (scale: number) => {
      const pane = { width: FRAME.width * scale, height: FRAME.height * scale };
      const instruments = { mark: null };
      const scene = sceneOf([layer], { viewport: { ...FOUR, scale }, instruments });
      const image = paint(scene, pane);
      return (x: number) => at(image, x, 2.5 * scale)[0] ?? 0;
    };
    const level = (cell: number) => GREY(cell, 2)[0];
    const large = row(20);
    const small = row(8);
    const none = row(6);
    for (const cell of [1, 7, 14]) {
      expect(Math.abs(large(cell * 20) - 0.6 * level(cell))).toBeLessThan(1.5);
      const light = 0.8 * level(cell) + 0.2 * 255;
      expect(Math.abs(large(cell * 20 + 1) - light)).toBeLessThan(1.5);
      expect(large(cell * 20 + 10)).toBe(level(cell));
      const thin = 0.55 * level(cell) + 0.45 * 128;
      expect(Math.abs(small(cell * 8) - thin)).toBeLessThan(1.5);
      expect(small(cell * 8 + 1)).toBe(level(cell));
      expect(none(cell * 6)).toBe(level(cell));
    }
  });

  it('has white numbers on dark pixels and black ones on light pixels from where they are read', async () => {
    const layer = await layerOf((x) => (x < 8 ? [30, 30, 30] : [220, 220, 220]));
    const scene = sceneOf([layer], {
      viewport: { ...FOUR, scale: 40 },
      instruments: { mark: null },
    });
    const image = paint(scene, { width: 640, height: 480 });
    const levels = (from: number) =>
      Array.from({ length: 32 * 32 }, (_, i) => at(image, from + 4 + (i % 32), 164 + (i >> 5))[0]);
    expect(Math.max(...levels(40).map(Number))).toBeGreaterThan(220);
    expect(Math.min(...levels(40).map(Number))).toBe(30);
    expect(Math.min(...levels(400).map(Number))).toBeLessThan(60);
    expect(Math.max(...levels(400).map(Number))).toBe(220);
  });
});

describe('a split', () => {
  it('gives each of several pictures its columns', async () => {
    const layers = await Promise.all([RED, GREEN, BLUE, GREY].map((rule) => layerOf(rule)));
    const mix: Mix = { kind: 'split', lines: [0.25, 0.3, 0.75], into: 'columns' };
    expectPixels(paint(sceneOf(layers, { mix })), (x, y) => {
      if (x < 16) return enlarged(RED)(x, y);
      if (x < 19) return enlarged(GREEN)(x, y);
      return x < 48 ? enlarged(BLUE)(x, y) : enlarged(GREY)(x, y);
    });
  });

  it('gives each its rows, and nothing to one between two lines at one place', async () => {
    const layers = await Promise.all([RED, GREEN, BLUE].map((rule) => layerOf(rule)));
    const mix: Mix = { kind: 'split', lines: [0.5, 0.5], into: 'rows' };
    expectPixels(paint(sceneOf(layers, { mix })), (x, y) =>
      y < 24 ? enlarged(RED)(x, y) : enlarged(BLUE)(x, y),
    );
  });

  it('is divided within the picture where the picture does not fill the pane', async () => {
    const layers = [await layerOf(RED), await layerOf(BLUE)];
    const viewport = { ...FOUR, scale: 1 };
    const mix: Mix = { kind: 'split', lines: [0.25], into: 'columns' };
    // Centred in 64 by 48: from column 24 and row 18 on.
    expectPixels(paint(sceneOf(layers, { mix, viewport })), (x, y) => {
      if (x < 24 || x >= 40 || y < 18 || y >= 30) return null;
      return x < 28 ? RED(x - 24, y - 18) : BLUE(x - 24, y - 18);
    });
  });

  it('leaves the part of a missing picture free', async () => {
    const mix: Mix = { kind: 'split', lines: [0.5], into: 'columns' };
    const image = paint(sceneOf([null, await layerOf(GREEN)], { mix }));
    expectPixels(image, (x, y) => (x < 32 ? null : enlarged(GREEN)(x, y)));
  });
});

describe('two pictures in one place', () => {
  it('are mixed as an onion', async () => {
    const layers = [await layerOf(RED), await layerOf(BLUE)];
    const image = paint(sceneOf(layers, { mix: { kind: 'onion', opacity: 0.25 } }));
    expectPixels(
      image,
      each((a = 0, b = 0) => 0.75 * a + 0.25 * b, RED, BLUE),
      1,
    );
  });

  it('are subtracted, amplified and with their sign', async () => {
    const layers = [await layerOf(GREY), await layerOf(GREEN)];
    const difference = (gain: 1 | 4 | 16, signed: boolean) =>
      paint(sceneOf(layers, { mix: { kind: 'difference', settings: { gain, signed } } }));
    expectPixels(
      difference(1, false),
      each((a = 0, b = 0) => Math.abs(b - a), GREY, GREEN),
    );
    expectPixels(
      difference(4, false),
      each((a = 0, b = 0) => clamp(4 * Math.abs(b - a)), GREY, GREEN),
    );
    expectPixels(
      difference(16, true),
      each((a = 0, b = 0) => clamp(128 + 16 * (b - a)), GREY, GREEN),
    );
  });

  it('are compared in one channel alone, or in luma, as grey', async () => {
    const layers = [await layerOf(GREY), await layerOf(GREEN)];
    const luma = ([r, g, b]: Colour) => Math.floor((299 * r + 587 * g + 114 * b + 500) / 1000);
    const seen = (channel: 'green' | 'luma', signed: boolean) =>
      paint(
        sceneOf(layers, {
          mix: { kind: 'difference', settings: { gain: 2, signed } },
          shownAs: { ...NEUTRAL_DISPLAY, channel, clipping: false },
        }),
      );
    const grey = (level: (x: number, y: number) => number): Rule =>
      enlarged((x, y) => [level(x, y), level(x, y), level(x, y)]);
    expectPixels(
      seen('green', true),
      grey((x, y) => clamp(128 + 2 * (GREEN(x, y)[1] - GREY(x, y)[1]))),
    );
    expectPixels(
      seen('luma', false),
      grey((x, y) => clamp(2 * Math.abs(luma(GREEN(x, y)) - luma(GREY(x, y))))),
    );
  });

  it('are compared only where both are', async () => {
    const wide = await layerOf(() => [50, 60, 70], { width: 16, height: 6 });
    for (const signed of [false, true]) {
      const mix: Mix = { kind: 'difference', settings: { gain: 1, signed } };
      const image = paint(sceneOf([await layerOf(GREY), wide], { mix }));
      expect(at(image, 30, 5)[3]).toBe(0);
      expect(at(image, 30, 42)[3]).toBe(0);
      const [level = 0] = enlarged(GREY)(30, 24);
      expect(at(image, 30, 24)[0]).toBe(signed ? 128 + 50 - level : level - 50);
    }
  });

  it('are not compared before both are there', async () => {
    const mix: Mix = { kind: 'difference', settings: { gain: 1, signed: false } };
    expectPixels(paint(sceneOf([await layerOf(GREY), null], { mix })), () => null);
  });
});

/** IEC 61966-2-1. */
const toLinear = (level: number) =>
  level <= 0.04045 * 255 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4;
const toLevel = (light: number) =>
  255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);

describe('the display settings', () => {
  const brighter = { exposure: 1, gamma: 1, channel: 'rgb', clipping: false } as const;
  const stop = (level = 0) => clamp(toLevel(Math.min(1, 2 * toLinear(level))));

  it('double the light of every picture of a split with one stop', async () => {
    const layers = [await layerOf(GREY), await layerOf(BLUE)];
    const mix: Mix = { kind: 'split', lines: [0.5], into: 'columns' };
    const image = paint(sceneOf(layers, { mix, shownAs: brighter }));
    expectPixels(image, (x, y) => (x < 32 ? each(stop, GREY)(x, y) : each(stop, BLUE)(x, y)), 0.5);
  });

  it('leave the colours of an error map as they are', async () => {
    const layers = [await layerOf(GREY), { ...(await layerOf(GREEN)), map: true }];
    const mix: Mix = { kind: 'split', lines: [0.5], into: 'columns' };
    const image = paint(sceneOf(layers, { mix, shownAs: brighter }));
    expectPixels(image, (x, y) => (x < 32 ? each(stop, GREY)(x, y) : enlarged(GREEN)(x, y)), 0.5);
  });

  it('show one channel as grey, and mark what is clipped', async () => {
    const layer = await layerOf(BLUE);
    const alone = { ...brighter, exposure: 0, channel: 'green' } as const;
    expectPixels(
      paint(sceneOf([layer], { shownAs: alone })),
      enlarged((x, y) => [BLUE(x, y)[1], BLUE(x, y)[1], BLUE(x, y)[1]]),
    );
    const dark = await layerOf((x, y) => (x < 8 ? [0, 0, 0] : GREY(x, y)));
    const marked = paint(sceneOf([dark], { shownAs: { ...NEUTRAL_DISPLAY, clipping: true } }));
    expect(at(marked, 4, 4).slice(0, 3)).toEqual([40, 90, 255]);
    expect(at(marked, 60, 4)).toEqual([...enlarged(GREY)(60, 4), 255]);
  });
});

describe('a mask over the pictures', () => {
  const inside = (x: number, y: number) => x >= 4 && x < 12 && y >= 3 && y < 9;
  const edge = (x: number, y: number) => inside(x, y) && !inside(x - 1, y);
  const onScreen = (x: number, y: number) => inside(Math.floor(x / 4), Math.floor(y / 4));
  const overlayOf = async (): Promise<OverlayView> => ({
    tint: await bitmapOf(FRAME, (x, y) => [255, 255, 255, inside(x, y) ? 255 : 0]),
    contour: await bitmapOf(FRAME, (x, y) => [255, 255, 255, edge(x, y) ? 255 : 0]),
  });
  const overlaid = async (
    overlayStyle: Scene['overlayStyle']['overlayStyle'],
    change: Partial<Scene> = {},
  ) =>
    paint(
      sceneOf(change.layers ?? [await layerOf(GREY)], {
        overlay: await overlayOf(),
        overlayStyle: { overlayStyle, overlayOpacity: 0.5 },
        ...change,
      }),
    );

  it('cuts its region out: the stage is seen around it, pixel for pixel', async () => {
    expectPixels(await overlaid('cut-out'), (x, y) =>
      onScreen(x, y) ? enlarged(GREY)(x, y) : null,
    );
  });

  it('cuts out of differences and splits too', async () => {
    const layers = [await layerOf(GREY), await layerOf(GREEN)];
    const mix: Mix = { kind: 'difference', settings: { gain: 1, signed: true } };
    expectPixels(await overlaid('cut-out', { layers, mix }), (x, y) =>
      onScreen(x, y) ? each((a = 0, b = 0) => clamp(128 + b - a), GREY, GREEN)(x, y) : null,
    );
  });

  it('tints its region and nothing else', async () => {
    const image = await overlaid('tint');
    // The tint's edge is smoothed: two device pixels on either side are left out.
    const isNearEdge = (x: number, y: number) =>
      [-3, 0, 3].some((dx) => [-3, 0, 3].some((dy) => onScreen(x + dx, y + dy) !== onScreen(x, y)));
    const wanted: Rule = (x, y) => {
      const [grey] = enlarged(GREY)(x, y);
      const mixed: Colour = [grey / 2, (grey + 214) / 2, (grey + 220) / 2];
      return onScreen(x, y) ? mixed : [grey, grey, grey];
    };
    const checked = new Set<boolean>();
    for (let i = 0; i < PANE.width * PANE.height; i += 1) {
      const [x, y] = [i % PANE.width, Math.floor(i / PANE.width)];
      if (isNearEdge(x, y)) continue;
      checked.add(onScreen(x, y));
      wanted(x, y).forEach((value, c) => {
        expect(Math.abs((at(image, x, y)[c] ?? 0) - value)).toBeLessThanOrEqual(2);
      });
    }
    expect(checked.size).toBe(2);
  });

  it('draws its edge in one colour between dark ones', async () => {
    const image = await overlaid('contour');
    // The middle of the edge's pixels, which are the sixteenth to nineteenth column.
    const [red = 255, green = 0, blue = 0] = at(image, 18, 24);
    expect(red).toBeLessThan(10);
    expect(Math.min(green, blue)).toBeGreaterThan(180);
    const beside = [8, 9, 10, 11, 12, 13, 14].map((x) => at(image, x, 24)[1] ?? 255);
    expect(Math.min(...beside)).toBeLessThan(50);
    expect(at(image, 40, 24)).toEqual([...enlarged(GREY)(40, 24), 255]);
  });
});
