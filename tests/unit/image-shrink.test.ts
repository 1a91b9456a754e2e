import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyNth } from '../../src/core/image/everyNth.ts';
import { shrinkTo } from '../../src/core/image/shrink.ts';
import { lightingOf } from '../../src/core/methods/lighting.ts';
import { decodeInNode } from '../helpers/goldenNode.ts';
import { flat, picture } from '../helpers/pictures.ts';

const gradient = picture(90, 60, (i) => (i % 4 === 3 ? 255 : (i >> 2) % 90));

describe('shrinkTo', () => {
  it('brings the longer side to the size and keeps the shape', () => {
    const { width, height, data } = shrinkTo(gradient, 45);
    expect([width, height, data.length]).toEqual([45, 30, 45 * 30 * 4]);
    // Columns 0 and 1 average to one half, which is rounded up.
    expect([...data.subarray(0, 8)]).toEqual([1, 1, 1, 255, 3, 3, 3, 255]);
  });

  it('leaves what is small enough, and keeps a pixel of what is very long', () => {
    expect(shrinkTo(gradient, 90)).toBe(gradient);
    const { width, height } = shrinkTo(flat(500, 2, 9), 50);
    expect([width, height]).toEqual([50, 1]);
  });
});

describe('everyNth', () => {
  it('takes pixels as they are', () => {
    const { width, height, data } = everyNth(gradient, 30);
    expect([width, height]).toEqual([30, 20]);
    expect([...data.subarray(0, 12)]).toEqual([0, 0, 0, 255, 3, 3, 3, 255, 6, 6, 6, 255]);
    expect(everyNth(gradient, 46)).toBe(gradient);
  });

  it.each(['input', 'gt'])('tells how a %s is lit as the whole picture does', async (role) => {
    const file = `public/samples/studio/${role}.jpg`;
    const { pixels } = await decodeInNode(new Uint8Array(readFileSync(file)), file);
    const [all, some] = [lightingOf(pixels), lightingOf(everyNth(pixels, 256))];
    expect(Math.abs(all.average - some.average)).toBeLessThan(0.01);
    expect(Math.abs(all.highlights - some.highlights)).toBeLessThan(0.02);
  });
});
