import { describe, expect, it } from 'vitest';
import { readContract } from '../../src/models/contractJson.ts';
import { FieldError } from '../../src/models/fields.ts';
import { fromHalf, toHalf } from '../../src/models/half.ts';

const picture = { layout: 'NCHW', channels: 'RGB', range: [0, 1] };
const input = { name: 'x', ...picture };
const output = { name: 'y', kind: 'image', ...picture };

const read = (change: Record<string, unknown>) =>
  readContract({ input, output, ...change }, 'contract');

describe('readContract', () => {
  it('turns a range into mean and std', () => {
    const signed = read({ input: { ...input, range: [-1, 1] } }).input.normalisation;
    expect(signed).toEqual({ mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] });
    const bytes = read({ input: { ...input, range: [0, 255] } }).input.normalisation;
    expect(bytes).toEqual({ mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] });
  });

  it('takes mean and std in the order of the channels', () => {
    const { range: _, ...rest } = input;
    const stated = { ...rest, channels: 'BGR', mean: [1, 2, 3], std: [4, 5, 6] };
    expect(read({ input: stated }).input).toMatchObject({
      channels: 'BGR',
      normalisation: { mean: [3, 2, 1], std: [6, 5, 4] },
    });
  });

  it('knows masks, pictures given twice, thumbnails and scales', () => {
    expect(read({ mask: 'channel4' }).mask).toEqual({ kind: 'channel' });
    expect(read({ mask: 'person' }).mask).toMatchObject({ kind: 'tensor', name: 'person' });
    expect(read({ input: { ...input, channels: 'RGBRGB' } }).input.copies).toBe(2);
    const thumbnail = { name: 'small', size: [64, 96] };
    expect(read({ thumbnail }).thumbnail).toEqual(thumbnail);
    expect(read({ region: { name: 'place' } }).region).toEqual({ name: 'place' });
    expect(read({})).not.toHaveProperty('region');
    expect(read({ output: { ...output, scale: 4 } }).output).toMatchObject({ scale: 4 });
  });

  it('squashes the picture for a network that gives a table', () => {
    const table = { name: 'y', kind: 'lut', range: [-1, 1] };
    const squashed = read({ output: table });
    expect(squashed.input.fixedSize).toEqual([256, 256]);
    expect(squashed.output).toEqual({ kind: 'lut', name: 'y', range: [-1, 1] });
    const stated = read({ output: table, input: { ...input, size: [32, 48] } });
    expect(stated.input.fixedSize).toEqual([32, 48]);
  });

  it('rounds the default tile up to the multiple', () => {
    const { tile } = read({ input: { ...input, sizeMultiple: 96 } });
    expect(tile).toEqual({ size: 1056, overlap: 64, whole: false });
  });

  it.each([
    ['input.layout', { input: { ...input, layout: 'CHW' } }],
    ['input.range', { input: { ...input, range: [1, 1] } }],
    ['input.std', { input: { ...input, mean: [0, 0, 0], std: [1, 0, 1] } }],
    ['input.sizeMultiple', { input: { ...input, sizeMultiple: 1.5 } }],
    ['input.sizeMultiple', { input: { ...input, sizeMultiple: 1e9 } }],
    ['output.scale', { output: { ...output, scale: 5 } }],
    ['output.kind', { output: { ...output, kind: 'sound' } }],
    ['thumbnail.size', { thumbnail: { name: 'small', size: [0, 4] } }],
    ['region.name', { region: {} }],
    ['tile', { tile: { size: 64, overlap: 40 } }],
    ['output', { output: null }],
  ])('names the field that is wrong: %s', (field, change) => {
    const wrong = () => read(change);
    expect(wrong).toThrow(FieldError);
    expect(wrong).toThrow(`contract.${field}`);
  });
});

describe('half precision', () => {
  it('holds every one of its numbers', () => {
    for (let bits = 0; bits < 65_536; bits += 1) {
      const value = fromHalf(bits);
      if (Number.isNaN(value)) expect(Number.isNaN(fromHalf(toHalf(value)))).toBe(true);
      else expect(toHalf(value)).toBe(bits);
    }
  });

  it('rounds to the nearest, ties to even, and overflows to infinity', () => {
    expect(fromHalf(toHalf(1 + 2 ** -11))).toBe(1);
    expect(fromHalf(toHalf(1 + 3 * 2 ** -11))).toBe(1 + 2 ** -9);
    expect(fromHalf(toHalf(1 + 2 ** -11 + 2 ** -20))).toBe(1 + 2 ** -10);
    expect(fromHalf(toHalf(65_519))).toBe(65_504);
    expect(fromHalf(toHalf(65_520))).toBe(Number.POSITIVE_INFINITY);
    expect(fromHalf(toHalf(2 ** -26))).toBe(0);
  });
});
