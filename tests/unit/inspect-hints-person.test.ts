import { describe, expect, it } from 'vitest';
import { labFromRgb } from '../../src/core/colour/lab.ts';
import { linearToSrgb, srgbToLinear } from '../../src/core/colour/srgb.ts';
import type { Rgba8 } from '../../src/core/image/types.ts';
import { displayed, NEUTRAL_DISPLAY } from '../../src/core/inspect/displayTransform.ts';
import { facialLight } from '../../src/core/inspect/hints/facialLight.ts';
import { halo } from '../../src/core/inspect/hints/halo.ts';
import {
  hueAngle,
  individualTypologyAngle,
  skinOf,
  turn,
} from '../../src/core/inspect/hints/skin.ts';
import {
  skinHue,
  skinLightness,
  skinTypologyAngle,
} from '../../src/core/inspect/hints/skinShift.ts';
import { textureKept } from '../../src/core/inspect/hints/textureKept.ts';
import { isShown } from '../../src/core/inspect/hints/types.ts';
import { whiteBalanceGap } from '../../src/core/inspect/hints/whiteBalance.ts';
import { pcg3d } from '../../src/core/methods/noise.ts';
import { found, isPerson, outsideDistance, PERSON, paint, scene } from '../helpers/inspectScene.ts';

type Colour = readonly [number, number, number];

const SKIN: Colour = [200, 150, 125];
const withSkin = (skin: Colour) => paint((x, y) => (isPerson(x, y) ? skin : 90));

/** Uniform noise, -1..1, the same everywhere and always. */
const grain = (x: number, y: number, seed = 1) => pcg3d(x, y, seed)[0] / 2 ** 31 - 1;

/** A picture as the input might show it: an eighth of the light. */
const darkened = (picture: Rgba8) => displayed(picture, { ...NEUTRAL_DISPLAY, exposure: -3 });

describe('skin', () => {
  it('is found by colour, within the person', () => {
    const skin = skinOf(withSkin(SKIN), PERSON);
    expect(skin.data).toEqual(PERSON.data);
    for (const other of [
      [90, 90, 90],
      [60, 90, 200],
      [255, 200, 180],
      [12, 8, 6],
    ] as const) {
      expect(Math.max(...skinOf(withSkin(other), PERSON).data)).toBe(0);
    }
  });

  it('shifts are those of its mean colour', () => {
    const after: Colour = [220, 175, 120];
    const pictures = scene(withSkin(after), { truth: withSkin(SKIN) });
    const [p, q] = [labFromRgb(...SKIN), labFromRgb(...after)];
    const lightness = found(skinLightness, pictures);
    expect(lightness.value).toBeCloseTo(q.L - p.L, 9);
    expect(lightness.against).toBe('truth');
    expect(lightness.place).toEqual({ x: 64, y: 48, width: 64, height: 80 });
    expect(lightness.numbers.map(({ value }) => value)).toEqual([
      expect.closeTo(p.L, 9),
      expect.closeTo(q.L, 9),
    ]);
    const ita = ({ L, b }: { L: number; b: number }) => (Math.atan((L - 50) / b) * 180) / Math.PI;
    expect(found(skinTypologyAngle, pictures).value).toBeCloseTo(ita(q) - ita(p), 9);
    const hue = (Math.atan2(q.b, q.a) - Math.atan2(p.b, p.a)) * (180 / Math.PI);
    expect(found(skinHue, pictures).value).toBeCloseTo(hue, 9);
    expect([skinLightness, skinHue].map((hint) => isShown(hint, found(hint, pictures)))).toEqual([
      true,
      true,
    ]);
  });

  it('does not shift where an input is only darker', () => {
    const output = withSkin(SKIN);
    for (const hint of [skinLightness, skinTypologyAngle, skinHue]) {
      const finding = found(hint, scene(output, { input: darkened(output) }));
      expect(finding.against).toBe('input');
      expect(Math.abs(finding.value)).toBeLessThan(2.5);
      expect(isShown(hint, finding)).toBe(false);
    }
  });

  it('is not measured where there is none, nor without mask or reference', () => {
    const grey = paint(() => 120);
    expect(skinLightness.measure(scene(grey, { truth: grey }))).toBeNull();
    const output = withSkin(SKIN);
    expect(skinHue.measure(scene(output))).toBeNull();
    expect(skinHue.measure(scene(output, { truth: output, mask: null }))).toBeNull();
  });

  it('has the angles of their definitions', () => {
    expect(individualTypologyAngle({ L: 70, a: 10, b: 20 })).toBeCloseTo(45, 12);
    expect(individualTypologyAngle({ L: 50, a: 10, b: 20 })).toBe(0);
    expect(hueAngle({ L: 50, a: 10, b: 10 })).toBeCloseTo(45, 12);
    expect([turn(170, -170), turn(-170, 170), turn(10, 30)]).toEqual([20, -20, 20]);
  });
});

describe('texture kept', () => {
  const textured = (strength: number) =>
    paint((x, y) => 120 + strength * grain(x >> 1, y >> 1) * (isPerson(x, y) ? 30 : 60));

  it('is the ratio of contrasts', () => {
    const truth = textured(1);
    expect(found(textureKept, scene(truth, { truth })).value).toBe(1);
    const half = found(textureKept, scene(textured(0.5), { truth }));
    expect(half.value).toBeCloseTo(0.5, 2);
    expect(isShown(textureKept, half)).toBe(true);
    expect(isPerson(half.place.x + half.place.width / 2, half.place.y + 16)).toBe(true);
  });

  it('does not count brightness, nor what lies outside the person', () => {
    const truth = textured(1);
    const brighter = paint((x, y) => {
      const inside = isPerson(x, y);
      return inside ? 1.5 * (120 + 30 * grain(x >> 1, y >> 1)) : 90;
    });
    expect(found(textureKept, scene(brighter, { truth })).value).toBeCloseTo(1, 1);
  });

  it('is not measured where the reference has none', () => {
    const plain = paint(() => 100);
    expect(textureKept.measure(scene(textured(1), { truth: plain }))).toBeNull();
  });
});

describe('facial light', () => {
  /** Light that falls from left to right over the person by so many stops. */
  const lit = (stops: number, light = 0.3) =>
    paint((x, y) => {
      if (!isPerson(x, y)) return 60;
      const factor = light * 2 ** (stops * ((96 - x) / 64));
      const level = (share: number) => 255 * linearToSrgb(factor * share);
      return [level(1), level(0.55), level(0.38)];
    });

  it('is half where half the stops are left, at any exposure', () => {
    for (const light of [0.3, 0.15]) {
      const finding = found(facialLight, scene(lit(1, light), { truth: lit(2) }));
      expect(finding.value).toBeCloseTo(0.5, 1);
      expect(isShown(facialLight, finding)).toBe(true);
    }
    const same = found(facialLight, scene(lit(2), { input: lit(2, 0.15) }));
    expect(Math.abs(same.value - 1)).toBeLessThan(0.06);
  });

  it('is not measured where the reference has no light and shadow', () => {
    expect(facialLight.measure(scene(lit(1), { truth: lit(0) }))).toBeNull();
  });
});

describe('white-balance gap', () => {
  /** Grey texture whose light is tinted inside and outside the person. */
  const tinted = (inside: Colour, outside: Colour) =>
    paint((x, y) => {
      const light = srgbToLinear((110 + 60 * grain(x, y)) / 255);
      const tint = isPerson(x, y) ? inside : outside;
      const level = (factor: number) => 255 * linearToSrgb(light * factor);
      return [level(tint[0]), level(tint[1]), level(tint[2])];
    });
  const plain = tinted([1, 1, 1], [1, 1, 1]);

  it('is the ratio of the lights in stops', () => {
    const output = tinted([1.3, 1, 1], [1, 1, 0.8]);
    const finding = found(whiteBalanceGap, scene(output, { truth: plain }));
    expect(finding.against).toBe('truth');
    expect(finding.numbers[0]?.value).toBeCloseTo(Math.log2(1.3), 1);
    expect(finding.numbers[1]?.value).toBeCloseTo(-Math.log2(0.8), 1);
    expect(finding.value).toBeCloseTo(Math.hypot(Math.log2(1.3), Math.log2(0.8)), 1);
    expect(isShown(whiteBalanceGap, finding)).toBe(true);
  });

  it('is none where both change alike, or nothing does', () => {
    const warmer = tinted([1.3, 1, 1], [1.3, 1, 1]);
    expect(found(whiteBalanceGap, scene(warmer, { truth: plain })).value).toBeLessThan(0.05);
    const truth = tinted([1.3, 1, 0.9], [1, 1, 1]);
    expect(found(whiteBalanceGap, scene(truth, { truth })).value).toBe(0);
    const levelled = found(whiteBalanceGap, scene(plain, { input: truth }));
    expect(levelled.value).toBeCloseTo(Math.hypot(Math.log2(1.3), Math.log2(0.9)), 1);
  });

  it('is not measured on flat pictures, nor alone', () => {
    const grey = paint(() => 100);
    expect(whiteBalanceGap.measure(scene(grey, { truth: plain }))).toBeNull();
    expect(whiteBalanceGap.measure(scene(plain))).toBeNull();
  });
});

describe('halo', () => {
  const rimmed = (levels: number) =>
    paint((x, y) => {
      const distance = outsideDistance(x, y);
      return isPerson(x, y) ? 150 : distance <= 3 ? 80 + levels : 80;
    });

  it('is the rim’s height above what is further away', () => {
    const light = found(halo, scene(rimmed(12), { truth: rimmed(0) }));
    expect(light.value).toBeCloseTo(12, 9);
    expect(light.numbers.map(({ value }) => value)).toEqual([expect.closeTo(12, 9), 0]);
    expect(isShown(halo, light)).toBe(true);
    expect(found(halo, scene(rimmed(-9), { truth: rimmed(0) })).value).toBeCloseTo(-9, 9);
  });

  it('is none where the reference has it too, or is only darker', () => {
    expect(found(halo, scene(rimmed(12), { truth: rimmed(12) })).value).toBe(0);
    const input = darkened(rimmed(0));
    expect(Math.abs(found(halo, scene(rimmed(0), { input })).value)).toBeLessThan(0.5);
    expect(halo.measure(scene(rimmed(12)))).toBeNull();
  });
});
