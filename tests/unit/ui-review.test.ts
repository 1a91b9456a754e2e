import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { rectangleInTruth } from '../../src/app/shifted.ts';
import { cropGrey, cropPicture } from '../../src/core/image/crop.ts';
import { HINTS } from '../../src/core/inspect/hints/registry.ts';
import type { Finding } from '../../src/core/inspect/hints/types.ts';
import { comparedUnder, shiftText } from '../../src/core/inspect/shiftWords.ts';
import {
  againstText,
  numberText,
  sortHints,
  thresholdText,
  valueText,
} from '../../src/ui/hints/hint-words.ts';
import { inFrame, outputPart, shiftedInFrame, viewOn } from '../../src/ui/inspect/review-state.ts';
import { seenIn } from '../../src/ui/viewer/panes.ts';
import { FIT } from '../../src/ui/viewer/viewport.ts';
import { TestBitmap } from '../helpers/appCodec.ts';
import { EMPTY_CASE, pictureNamed } from '../helpers/caseView.ts';

const finding = (value: number): Finding => ({
  value,
  against: 'input',
  numbers: [],
  place: { x: 0, y: 0, width: 8, height: 8 },
});

const hint = (id: string) => {
  const found = HINTS.find((known) => known.id === id);
  if (!found) throw new Error(`there is no hint ${id}`);
  return found;
};

describe('hints in words', () => {
  it('stand apart by what was measured, and by what is to be shown', () => {
    const { shown, quiet, none } = sortHints({
      'skin-hue': finding(-9),
      'texture-kept': finding(0.9),
      halo: null,
    });
    expect(shown.map(({ hint: { id } }) => id)).toEqual(['skin-hue']);
    expect(quiet.map(({ hint: { id } }) => id)).toEqual(['texture-kept']);
    expect(none.map(({ id }) => id)).toEqual(['halo']);
  });

  it('carry value, threshold and what they compare with', () => {
    expect(valueText(-9.4, 0, '°')).toBe('−9°');
    expect(valueText(0.623, 2, '×')).toBe('0.62 ×');
    expect(thresholdText(hint('skin-hue'))).toBe('shown from 6° either way');
    expect(thresholdText(hint('texture-kept'))).toBe('shown up to 0.60 ×');
    expect(thresholdText(hint('tile-seam'))).toBe('shown from 0.70 levels');
    expect(againstText(finding(1))).toBe('against the input');
    expect(numberText({ title: '', value: 768, unit: 'px' })).toBe('768 px');
    expect(numberText({ title: '', value: 12.345, unit: '%' })).toBe('12.3 %');
  });
});

describe('the place of a hint', () => {
  const frame = { width: 1000, height: 800 };
  const pane = { width: 500, height: 400 };

  it('is looked at from near enough, with room around it', () => {
    expect(viewOn({ x: 100, y: 200, width: 200, height: 200 }, frame, pane)).toEqual({
      fit: false,
      scale: expect.closeTo(2 / 3, 12),
      x: 0.2,
      y: 0.375,
    });
    expect(viewOn({ x: 0, y: 0, width: 4, height: 4 }, frame, pane)).toMatchObject({ scale: 8 });
    expect(viewOn({ x: 0, y: 0, width: 1000, height: 800 }, frame, pane)).toBe(FIT);
  });

  it('is in pixels of the frame, whatever the size of the output', () => {
    const part = { x: 20, y: 40, width: 8, height: 8 };
    expect(inFrame(part, { width: 2000, height: 1600 }, frame)).toEqual({
      x: 10,
      y: 20,
      width: 4,
      height: 4,
    });
  });
});

describe('an output that is shown under a shift', () => {
  const shift = { dx: 3, dy: -2 };
  const size = { width: 40, height: 30 };

  it('has the place of a hint where the ground truth shows the same', () => {
    const part = { x: 13, y: 8, width: 4, height: 4 };
    expect(shiftedInFrame(part, shift, size, size)).toEqual({ ...part, x: 10, y: 10 });
    const double = { width: 80, height: 60 };
    expect(shiftedInFrame(part, shift, size, double)).toEqual({
      x: 20,
      y: 20,
      width: 8,
      height: 8,
    });
  });

  it('has that place where the shift puts it, and where it was when the shift is taken back', () => {
    const picture = { ...pictureNamed('a'), ...size };
    const item = { output: { picture, origin: { kind: 'dropped' } }, gt: picture } as const;
    const part = { x: 13, y: 8, width: 4, height: 4 };
    expect(outputPart(part, { ...item, shift }, size)).toEqual({ ...part, x: 10, y: 10 });
    expect(outputPart(part, { ...item, shift: null }, size)).toEqual(part);
    expect(outputPart(part, { ...item, output: null, shift: null }, size)).toBeNull();
  });

  it('stands as it is where the browser has no canvas to move it on', () => {
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        getContext = () => null;
      },
    );
    onTestFinished(() => void vi.unstubAllGlobals());
    const bitmap = new TestBitmap(8, 8);
    const picture = { ...pictureNamed('a'), bitmap };
    const output = { picture, origin: { kind: 'dropped' } } as const;
    const own = { methodId: 'a', title: 'A', output, strength: 100, shift, values: null };
    const item = { ...EMPTY_CASE, gt: picture, methods: [own], shownMethod: 'a', output, shift };
    const seen = seenIn(item, 'output');
    expect(seen).toEqual({ bitmap, source: bitmap, offset: { x: 0, y: 0 }, preview: false });
  });

  it('has a rectangle measured where it is seen, over the ground truth', () => {
    const seen = { x: 10, y: 6, width: 4, height: 8 };
    expect(rectangleInTruth(seen, size, size)).toEqual(seen);
    const half = { width: 20, height: 15 };
    expect(rectangleInTruth(seen, size, half)).toEqual({ x: 5, y: 3, width: 2, height: 4 });
    // Wider than the reference, it is fitted by its width and centred.
    const wide = { width: 80, height: 30 };
    expect(rectangleInTruth(seen, size, wide)).toEqual({ x: 20, y: -3, width: 8, height: 16 });
  });
});

describe('a shift in words', () => {
  it('says how much is compared', () => {
    const size = { width: 1024, height: 768 };
    expect(shiftText({ dx: 3, dy: -2 })).toBe('(3, −2)');
    expect(comparedUnder({ dx: 3, dy: -2 }, size, size)).toBe(
      'shifted by (3, −2); 1021×766 pixels compared',
    );
  });
});

describe('a part of a picture', () => {
  const data = Uint8ClampedArray.from({ length: 4 * 3 * 4 }, (_, i) => i);
  const picture = { width: 4, height: 3, data };

  it('is cut out row by row', () => {
    const part = cropPicture(picture, { x: 1, y: 1, width: 2, height: 2 });
    expect([...part.data]).toEqual([
      20, 21, 22, 23, 24, 25, 26, 27, 36, 37, 38, 39, 40, 41, 42, 43,
    ]);
    const grey = { width: 3, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
    expect([...cropGrey(grey, { x: 2, y: 0, width: 1, height: 2 }).data]).toEqual([3, 6]);
  });

  it('lies within the picture', () => {
    expect(() => cropPicture(picture, { x: 3, y: 0, width: 2, height: 1 })).toThrow(RangeError);
  });
});
