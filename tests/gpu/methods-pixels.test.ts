import { describe, expect, it } from 'vitest';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { type AffineGrid, applyAffineGrid } from '../../src/core/methods/affineGrid.ts';
import {
  applyClassical,
  CLASSICAL_METHODS,
  type ClassicalMethodId,
} from '../../src/core/methods/classical.ts';
import { applyLut, type Lut3d } from '../../src/core/methods/lut3d.ts';
import { mixByStrength } from '../../src/core/methods/strength.ts';
import { createStorage, createStorageFrom } from '../../src/gpu/buffers.ts';
import { createFaultCounters, readFaults } from '../../src/gpu/passes/blendPass.ts';
import { ClassicalPass } from '../../src/gpu/passes/classicalPass.ts';
import { GridPass } from '../../src/gpu/passes/gridPass.ts';
import { LutPass, uploadLut } from '../../src/gpu/passes/lutPass.ts';
import { StrengthPass } from '../../src/gpu/passes/strengthPass.ts';
import { largestBinding, makePicture, makeRandom, noisePicture, openDevice } from './helpers.ts';
import { expectTwin, runPass } from './twins.ts';

const context = await openDevice();
const { device } = context;

type Record = Parameters<typeof runPass>[2];
const run = (sources: readonly [Rgba8, ...Rgba8[]], record: Record) =>
  runPass(device, sources, record);

function randomLut(size: number, seed: number): Lut3d {
  const random = makeRandom(seed);
  const values = Float32Array.from({ length: 3 * size ** 3 }, () => random(10_001) / 10_000);
  return { size, domainMin: [0, 0, 0], domainMax: [1, 1, 1], values };
}

describe('3-D table pass', () => {
  const pass = new LutPass(context);

  async function throughTable(source: Rgba8, lut: Lut3d, bindingBytes?: number) {
    const table = uploadLut(device, lut);
    const counters = createFaultCounters(device);
    const result = await run([source], (encoder, [from], to) => {
      if (from) pass.record(encoder, from, table, to, counters, bindingBytes);
    });
    const faults = await readFaults(device, counters);
    for (const buffer of [table.buffer, counters]) buffer.destroy();
    return { result, faults };
  }

  it.each([2, 3, 17, 33, 64])('equals float64 but for ties: %i points a side', async (size) => {
    const source = noisePicture(301, 203, size);
    const lut = randomLut(size, 7);
    const { result, faults } = await throughTable(source, lut);
    expectTwin(result, applyLut(source, lut));
    expect(faults).toEqual({ notANumber: 0, outOfRange: 0 });
  });

  it('equals float64 with another domain', async () => {
    const source = noisePicture(128, 128, 3);
    const wide = { domainMin: [-0.5, 0.25, 0] as const, domainMax: [1.5, 0.75, 2] as const };
    const lut: Lut3d = { ...randomLut(9, 8), ...wide };
    expectTwin((await throughTable(source, lut)).result, applyLut(source, lut));
  });

  it('takes equal fractions to the same colour as float64', async () => {
    const source = makePicture(256, 3, (x, y) => [x, y === 1 ? 255 - x : x, y === 2 ? 77 : x]);
    const lut = randomLut(6, 9);
    expectTwin((await throughTable(source, lut)).result, applyLut(source, lut));
  });

  it('counts what is no number or out of range', async () => {
    const bad: Lut3d = { ...randomLut(2, 1), values: new Float32Array(24).fill(2) };
    bad.values.fill(Number.NaN, 0, 8);
    const source = noisePicture(40, 3, 1);
    const { result, faults } = await throughTable(source, bad);
    expect(faults).toEqual({ notANumber: 120, outOfRange: 240 });
    expect(result).toEqual(applyLut(source, bad));
  });

  it('does not change when the picture is bound in parts', async () => {
    const source = noisePicture(150, 333, 9);
    const lut = randomLut(5, 4);
    const limit = 150 * 4 * 60;
    const { result: whole } = await throughTable(source, lut);
    const bound = await largestBinding(device, async () => {
      expect((await throughTable(source, lut, limit)).result).toEqual(whole);
    });
    expect(bound).toBeLessThanOrEqual(limit);
  });

  it('refuses a target of another size', () => {
    const buffer = createStorage(device, 'never read', 16);
    const encoder = device.createCommandEncoder();
    const lut = { size: 2, domainMin: [0, 0, 0], domainMax: [1, 1, 1], buffer } as const;
    const from = { width: 2, height: 2, buffer };
    const record = () => pass.record(encoder, from, lut, { width: 4, height: 1, buffer }, buffer);
    expect(record).toThrow(RangeError);
    buffer.destroy();
  });
});

describe('affine grid pass', () => {
  const pass = new GridPass(context);

  it.each([
    [1, 1, 33, 21],
    [2, 3, 61, 40],
    [16, 16, 301, 203],
    [12, 7, 5, 3],
  ])(
    'equals float64 but for ties: %i × %i cells over %i × %i',
    async (rows, columns, width, height) => {
      const random = makeRandom(rows * 31 + columns);
      const values = Float32Array.from({ length: 12 * rows * columns }, (_, i) => {
        const plane = Math.floor(i / (rows * columns));
        return (random(2001) / 1000 - 1) * 0.2 + (plane % 5 === 0 && plane < 11 ? 0.8 : 0);
      });
      const grid: AffineGrid = { rows, columns, values };
      const source = noisePicture(width, height, 5);
      const buffer = createStorageFrom(device, 'grid', values);
      const counters = createFaultCounters(device);
      const result = await run([source], (encoder, [from], to) => {
        if (from) pass.record(encoder, from, { rows, columns, buffer }, to, counters);
      });
      expectTwin(result, applyAffineGrid(source, grid));
      const faults = await readFaults(device, counters);
      expect(faults.notANumber).toBe(0);
      for (const used of [buffer, counters]) used.destroy();
    },
  );
});

describe('classical methods pass', () => {
  const pass = new ClassicalPass(context);
  const ids = Object.keys(CLASSICAL_METHODS) as ClassicalMethodId[];
  const portrait = makePicture(203, 151, (x, y) => [
    ((x * 5 + y * 3) % 60) + 9,
    ((x + y) % 50) + 4,
    (x * y) % 40,
  ]);

  it.each(ids)('%s equals its CPU twin to the last bit', async (id) => {
    for (const source of [portrait, noisePicture(301, 203, 4), noisePicture(3, 2, 4)]) {
      const plan = CLASSICAL_METHODS[id].plan(source);
      let release: (() => void) | undefined;
      const result = await run([source], (encoder, [from], to) => {
        if (from) release = pass.record(encoder, from, plan, to);
      });
      release?.();
      expect(result).toEqual(applyClassical(source, plan));
    }
  });
});

describe('strength pass', () => {
  const pass = new StrengthPass(context);
  const before = makePicture(256, 256, (x) => [x, x, 255 - x]);
  const after = makePicture(256, 256, (_, y) => [y, 255 - y, y]);
  const mix = (strength: number) =>
    run([before, after], (encoder, [from, restored], to) => {
      if (from && restored) pass.record(encoder, from, restored, strength, to);
    });

  it('gives the picture at 0 and the restored one at 1, byte for byte, for all pairs', async () => {
    expect(await mix(0)).toEqual(before);
    expect(await mix(1)).toEqual(after);
  });

  it.each([0.01, 0.25, 0.5, 0.77])('equals float64 but for ties at %f', async (strength) => {
    expectTwin(await mix(strength), mixByStrength(before, after, strength));
  });
});
