import fc from 'fast-check';
import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { PictureRef } from '../../src/app/model.ts';
import { createBrush, steppedSize } from '../../src/ui/mask/brush-state.ts';
import { fromSlider, SLIDER_END, toSlider } from '../../src/ui/mask/slider.ts';
import { madeName, maskSource, maskWord } from '../../src/ui/origins.ts';
import { firstOf } from '../../src/ui/viewer/gestures.ts';

const brushFor = (width: number, height: number) =>
  createRoot(() => createBrush(() => ({ width, height })));

describe('a brush', () => {
  it('begins at a part of the picture and stays within it', () => {
    const brush = brushFor(4000, 3000);
    expect([brush.size(), brush.largest()]).toEqual([180, 3000]);
    brush.setSize(1e9);
    expect(brush.size()).toBe(3000);
    brush.setSize(Number.NaN);
    expect(brush.size()).toBe(1);
    expect(brushFor(1, 1).size()).toBe(1);
  });

  it('changes by a fixed ratio, by at least a pixel', () => {
    expect([steppedSize(1, 1), steppedSize(2, 1), steppedSize(100, 1)]).toEqual([2, 3, 125]);
    expect([steppedSize(125, -1), steppedSize(2, -1)]).toEqual([100, 1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), (size) => {
        expect(steppedSize(size, 1)).toBeGreaterThan(size);
        expect(steppedSize(size + 1, -1)).toBeLessThan(size + 1);
      }),
    );
  });

  it('adds, takes away, and the lasso does both', () => {
    const brush = brushFor(100, 100);
    expect([brush.tool(), brush.side()]).toEqual(['brush', 'add']);
    brush.turn();
    expect([brush.tool(), brush.side()]).toEqual(['eraser', 'erase']);
    brush.setTool('lasso');
    expect(brush.side()).toBe('add');
    brush.turn();
    expect([brush.tool(), brush.side()]).toEqual(['lasso', 'erase']);
    brush.setTool('brush');
    expect(brush.side()).toBe('add');
  });

  it('is thinner under a light pen, and never gone', () => {
    const brush = brushFor(1000, 1000);
    brush.setSize(40);
    brush.setSoftness(25);
    expect(brush.shape(1)).toEqual({ radius: 20, hardness: 0.75 });
    expect(brush.shape(0.5).radius).toBe(10);
    expect(brush.shape(0).radius).toBeCloseTo(3);
    brush.stepSoftness(-1);
    brush.stepSoftness(-1);
    brush.stepSoftness(-1);
    expect(brush.shape(1).hardness).toBe(1);
  });

  it('stands on its slider where it is, to a few percent', () => {
    expect([fromSlider(0, 3000), fromSlider(SLIDER_END, 3000)]).toEqual([1, 3000]);
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 3000 }), (size) => {
        const off = fromSlider(toSlider(size, 3000), 3000) / size - 1;
        expect(Math.abs(off)).toBeLessThan(0.08);
      }),
    );
  });
});

describe('several tools on one pointer', () => {
  it('give a drag to the first that wants it, to its end', () => {
    const told: string[] = [];
    let wants = true;
    const tool = (name: string, takes: () => boolean) => ({
      begin: () => takes(),
      move: () => told.push(`${name} moves`),
      end: (keep: boolean) => told.push(`${name} ${keep ? 'ends' : 'gives up'}`),
    });
    const both = firstOf([tool('first', () => wants), tool('second', () => true)]);
    expect(both.begin({ x: 0, y: 0 })).toBe(true);
    wants = false;
    both.move({ x: 1, y: 0 });
    both.end(false);
    both.begin({ x: 0, y: 0 });
    both.end(true);
    expect(told).toEqual(['first moves', 'first gives up', 'second ends']);
    expect(firstOf([]).begin({ x: 0, y: 0 })).toBe(false);
  });
});

describe('an edited mask', () => {
  const picture = (origin?: PictureRef['origin']): PictureRef => ({
    sha256: '00',
    name: '001_mask.png',
    bytes: 1,
    width: 1,
    height: 1,
    format: 'png',
    bitDepth: 8,
    exact: true,
    profileName: null,
    ...(origin && { origin }),
  });
  const automatic = picture({
    kind: 'automatic',
    modelId: 'm',
    modelTitle: 'Person mask',
    modelSha256: '00',
  });
  const edited = (original: PictureRef | null) => picture({ kind: 'edited', original });

  it('says what it was before', () => {
    expect(madeName(edited(picture()))).toBe('edited: 001_mask.png');
    expect(madeName(edited(automatic))).toBe('edited automatic: 001_mask.png');
    expect(madeName(edited(null))).toBe('painted: 001_mask.png');
    expect(maskSource(edited(picture()))).toBe('Edited; 001_mask.png before');
    expect(maskSource(edited(automatic))).toContain('found by the network “Person mask” before');
    expect(maskSource(edited(null))).toBe('Painted by hand');
  });

  it('is marked where numbers rest on it', () => {
    const wordOf = (mask: PictureRef | null) =>
      maskWord({ mask: mask && { ...mask, bitmap: null } });
    expect([automatic, edited(automatic), picture(), null].map(wordOf)).toEqual([
      'automatic',
      'edited automatic',
      null,
      null,
    ]);
  });
});
