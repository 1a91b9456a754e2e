import { describe, expect, it } from 'vitest';
import { METRICS } from '../../src/core/metrics/definitions.ts';
import {
  formatBytes,
  formatCount,
  formatMetric,
  formatSeconds,
  formatSize,
  formatTimeLeft,
  formatZoom,
  fractionDone,
} from '../../src/ui/format.ts';
import { cameraFileName, cameraRefusal } from '../../src/ui/intake/camera.ts';
import { better, noValueReason } from '../../src/ui/metrics/compare.ts';
import { wheelFactor } from '../../src/ui/viewer/gestures.ts';

describe('numbers as people read them', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [1_820_331, '1.8 MB'],
    [999_949_999, '999.9 MB'],
    [2_350_000_000, '2.35 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0.0841, '84 ms'],
    [0.42, '0.42 s'],
    [9.994, '9.99 s'],
    [9.996, '10.0 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 00 s'],
    [125, '2 min 05 s'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });

  it.each([
    [0.3, 'a moment left'],
    [14.2, 'about 14 s left'],
    [89, 'about 89 s left'],
    [170, 'about 3 min left'],
  ])('%d seconds to go are %s', (seconds, text) => {
    expect(formatTimeLeft(seconds)).toBe(text);
  });

  it.each([
    [1, '100 %'],
    [0.064, '6.4 %'],
    [0.5375, '54 %'],
    [64, '6400 %'],
  ])('a scale of %d is %s', (scale, text) => {
    expect(formatZoom(scale)).toBe(text);
  });

  it.each([
    [950, '950'],
    [12_400, '12.4 k'],
    [431_203, '0.43 M'],
    [20_000_000_000, '20.00 G'],
  ])('a count of %d is %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('shows a metric with the digits of its definition', () => {
    expect(formatMetric(100, METRICS.psnr.digits)).toBe('100.00');
    expect(formatMetric(0.78714, METRICS.ssim.digits)).toBe('0.7871');
  });

  it('shows sizes and parts of a whole', () => {
    expect(formatSize({ width: 656, height: 816 })).toBe('656 × 816');
    expect(fractionDone(2, 6)).toBeCloseTo(1 / 3, 12);
    expect(fractionDone(7, 6)).toBe(1);
    expect(fractionDone(0, 0)).toBeNull();
    expect(fractionDone(0, 1)).toBeNull();
  });
});

describe('the better of two values', () => {
  it('depends on the direction of the metric', () => {
    expect(better(23, 20, 'higher-is-better')).toBe('output');
    expect(better(23, 20, 'lower-is-better')).toBe('input');
    expect(better(19, 20, 'lower-is-better')).toBe('output');
  });

  it('is neither where one is missing or both are equal', () => {
    expect(better(null, 20, 'higher-is-better')).toBeNull();
    expect(better(20, null, 'higher-is-better')).toBeNull();
    expect(better(20, 20, 'higher-is-better')).toBeNull();
  });

  it('says why there is none', () => {
    expect(noValueReason('person', false)).toBe(
      'no value: there is no person mask for this picture',
    );
    expect(noValueReason('background', true)).toBe('no value: the mask leaves no background');
  });
});

describe('camera', () => {
  it('names a picture after the moment it was taken', () => {
    expect(cameraFileName(new Date(2026, 10, 2, 9, 5, 7))).toBe('camera-20261102-090507.png');
  });

  it('says what to do about a camera that does not open', () => {
    expect(cameraRefusal(new DOMException('', 'NotAllowedError'))).toMatch(/refused.*Allow it/);
    expect(cameraRefusal(new DOMException('', 'NotFoundError'))).toMatch(/No camera was found/);
    expect(cameraRefusal(new Error('?'))).toMatch(/did not start/);
  });
});

describe('the wheel', () => {
  it('zooms in when it is turned away and undoes it when it is turned back', () => {
    const away = wheelFactor({ deltaY: -120, deltaMode: 0, ctrlKey: false });
    const back = wheelFactor({ deltaY: 120, deltaMode: 0, ctrlKey: false });
    expect(away).toBeGreaterThan(1.2);
    expect(away * back).toBeCloseTo(1, 12);
  });

  it('counts lines like the pixels they stand for, and bounds a wild turn', () => {
    const lines = wheelFactor({ deltaY: 3, deltaMode: 1, ctrlKey: false });
    expect(lines).toBe(wheelFactor({ deltaY: 48, deltaMode: 0, ctrlKey: false }));
    expect(wheelFactor({ deltaY: -1e6, deltaMode: 0, ctrlKey: false })).toBeLessThan(2);
  });

  it('makes more of the small steps of a pinch', () => {
    const pinch = wheelFactor({ deltaY: -4, deltaMode: 0, ctrlKey: true });
    expect(pinch).toBeGreaterThan(wheelFactor({ deltaY: -4, deltaMode: 0, ctrlKey: false }));
  });
});
