import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS } from '../../src/core/colour/colourMaps.ts';
import { type Figure, type FigurePlan, layOutFigure } from '../../src/core/inspect/figure.ts';
import { figurePng, figureSvgFile } from '../../src/ui/figure/figure-files.ts';
import { makeFigurePictures } from '../../src/ui/figure/figure-pictures.ts';

const [WIDTH, HEIGHT] = [60, 40];
const SOURCES: Readonly<Record<string, (x: number, y: number) => readonly number[]>> = {
  red: (x) => [200 + (x % 2) * 50, 10, 20],
  blue: (_, y) => [10, 20, 200 + (y % 2) * 50],
};

/** A picture whose pixels are made by a function of x and y. */
async function bitmapOf(name: string): Promise<ImageBitmap | null> {
  const rule = SOURCES[name];
  if (!rule) return null;
  const pixels = new ImageData(WIDTH, HEIGHT);
  for (let i = 0; i < WIDTH * HEIGHT; i += 1) {
    pixels.data.set([...rule(i % WIDTH, Math.floor(i / WIDTH)), 255], i * 4);
  }
  return createImageBitmap(pixels);
}

const source = (id: string) => ({ id, width: WIDTH, height: HEIGHT });
const PLAN: FigurePlan = {
  title: 'Crops',
  overviewLabel: 'Input',
  columns: ['Red', 'Blue', 'Gone'],
  cases: [
    {
      label: '001',
      overview: source('red'),
      pictures: [source('red'), source('blue'), null],
      boxes: [{ x: 10, y: 8, width: 20, height: 16 }],
    },
  ],
  colourBar: { map: 'viridis', turned: true, low: '0', high: '30', title: 'ΔE' },
  cropWidth: 100,
  pixelated: true,
};

interface Pixels {
  readonly at: (x: number, y: number) => readonly number[];
  readonly data: Uint8ClampedArray;
}

async function pixelsOf(file: Blob, { width, height }: Figure): Promise<Pixels> {
  const image = new Image();
  const url = URL.createObjectURL(file);
  image.src = url;
  await image.decode();
  URL.revokeObjectURL(url);
  const canvas = new OffscreenCanvas(width * 2, height * 2);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0, width * 2, height * 2);
  const { data } = context.getImageData(0, 0, width * 2, height * 2);
  return {
    data,
    at: (x, y) => {
      const from = (Math.floor(y * 2) * width * 2 + Math.floor(x * 2)) * 4;
      return [...data.subarray(from, from + 3)];
    },
  };
}

describe('the files of a figure', async () => {
  const figure = layOutFigure(PLAN);
  const pictures = makeFigurePictures(bitmapOf);
  const crops = await pictures.cut(figure, 2, () => false);
  if (!crops) throw new Error('nobody cut the crops');
  const made = await figurePng(figure, crops);
  if (!made) throw new Error('no PNG');
  const png = await pixelsOf(made, figure);
  const images = figure.items.filter((item) => item.kind === 'image');

  it('show the pixels of every crop where the layout has them, sharp and at twice the size', () => {
    expect(images.map((item) => item.source)).toEqual(['red', 'red', 'blue']);
    for (const { source: name, x, y, width, crop, pixelated } of images.filter(
      (item) => item.pixelated,
    )) {
      expect(pixelated).toBe(true);
      const unit = width / crop.width;
      for (const [dx, dy] of [
        [1, 1],
        [8, 5],
        [13, 14],
      ] as const) {
        const colour = SOURCES[name]?.(crop.x + dx, crop.y + dy);
        expect(png.at(x + (dx + 0.5) * unit, y + (dy + 0.5) * unit)).toEqual(colour);
      }
    }
  });

  it('have frames, a colour scale, and white paper elsewhere', () => {
    const [frame] = figure.items.filter((item) => item.kind === 'frame');
    if (!frame) throw new Error('no frame');
    const hex = (png.at(frame.x, frame.y + frame.height / 2) as number[])
      .map((value) => value.toString(16).padStart(2, '0'))
      .join('');
    expect(`#${hex}`).toBe(frame.colour);
    const [bar] = figure.items.filter((item) => item.kind === 'bar');
    if (!bar) throw new Error('no colour bar');
    const { table } = COLOUR_MAPS.viridis;
    const [left, right] = [
      png.at(bar.x + 0.5, bar.y + 5),
      png.at(bar.x + bar.width - 1, bar.y + 5),
    ];
    const off = (colour: readonly number[], step: number) =>
      Math.max(...colour.map((value, i) => Math.abs(value - (table[step * 3 + i] ?? 0))));
    expect([off(left, 255), off(right, 0)].every((distance) => distance < 4)).toBe(true);
    expect(png.at(figure.width - 2, 2)).toEqual([255, 255, 255]);
  });

  it('are the same picture as PNG and as SVG', async () => {
    const file = figureSvgFile(figure, crops);
    expect(await file.text()).not.toMatch(/(href|src)="(?!data:image\/png)/);
    const svg = await pixelsOf(file, figure);
    let sum = 0;
    for (let i = 0; i < png.data.length; i += 1) {
      sum += Math.abs((png.data[i] ?? 0) - (svg.data[i] ?? 0));
    }
    // Letters are smoothed a little differently.
    expect(sum / png.data.length).toBeLessThan(1.5);
    pictures.close();
  });

  it('are not waited for once another figure is wanted', async () => {
    const late = makeFigurePictures(bitmapOf);
    expect(await late.cut(figure, 2, () => true)).toBeNull();
    late.close();
  });
});
