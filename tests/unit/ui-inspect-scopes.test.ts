import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { histogramOf } from '../../src/core/inspect/histogram.ts';
import { waveformOf } from '../../src/core/inspect/waveform.ts';
import { sampleSize } from '../../src/ui/inspect/sample.ts';
import { barHeights, histogramPicture, waveformPicture } from '../../src/ui/inspect/scopes.ts';

function picture(width: number, pixels: readonly (readonly number[])[]): Rgba8 {
  const data = new Uint8ClampedArray(pixels.flatMap((pixel) => [...pixel, 255]));
  return { width, height: pixels.length / width, data };
}

const at = ({ width, data }: Rgba8, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
];

describe('the bars of a histogram', () => {
  it('are as high as the square root of their counts', () => {
    const counts = new Float64Array(256);
    counts[10] = 100;
    counts[20] = 25;
    const heights = barHeights(counts, 80);
    expect([heights[10], heights[20], heights[30]]).toEqual([80, 40, 0]);
  });

  it('are not flattened by what is clipped', () => {
    const counts = new Float64Array(256);
    counts[0] = 10_000;
    counts[20] = 25;
    const heights = barHeights(counts, 80);
    expect([heights[0], heights[20]]).toEqual([80, 80]);
  });

  it('stand where everything is clipped, and nowhere where nothing is', () => {
    const counts = new Float64Array(256);
    expect(Math.max(...barHeights(counts, 80))).toBe(0);
    counts[255] = 3;
    expect(barHeights(counts, 80)[255]).toBe(80);
  });
});

describe('the drawings', () => {
  const flat = picture(2, [
    [200, 100, 100],
    [200, 100, 100],
  ]);

  it('show each channel in its own colour at its level, from the bottom up', () => {
    const drawn = histogramPicture(histogramOf(flat), 4);
    expect([drawn.width, drawn.height]).toEqual([256, 4]);
    const [red, ground] = [at(drawn, 200, 3), at(drawn, 10, 3)];
    expect(red[0]).toBeGreaterThan(100);
    expect(red.slice(1)).toEqual(ground.slice(1));
    const [, green = 0, blue = 0] = at(drawn, 100, 0);
    expect(Math.min(green, blue)).toBeGreaterThan(100);
  });

  it('show dark pixels at the bottom of the waveform, left ones left', () => {
    const drawn = waveformPicture(
      waveformOf(
        picture(2, [
          [0, 0, 0],
          [255, 255, 255],
        ]),
        2,
      ),
    );
    expect([drawn.width, drawn.height]).toEqual([2, 256]);
    expect(at(drawn, 0, 255)).toEqual([255, 255, 255]);
    expect(at(drawn, 1, 0)).toEqual([255, 255, 255]);
    expect(at(drawn, 1, 255)[0]).toBeLessThan(30);
  });
});

describe('the sample', () => {
  it('is a million pixels at most, in the shape of the picture', () => {
    expect(sampleSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 });
    const { width, height } = sampleSize({ width: 4000, height: 3000 });
    expect(width * height).toBeLessThanOrEqual(1_000_000);
    expect(width / height).toBeCloseTo(4 / 3, 2);
  });
});
