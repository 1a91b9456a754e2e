import { type Lab, labFromRgb } from '../colour/lab.ts';
import { lumaThousandths } from '../colour/luma.ts';
import type { Rgba8 } from '../image/types.ts';

/** What a part of a picture is like by itself, without anything to compare it with. */
export interface AreaStatistics {
  /** Means of R, G, B, 0..255. */
  readonly rgb: readonly [number, number, number];
  /** Means of the pixels' CIE L*, a*, b* (D65). */
  readonly lab: Lab;
  /** Standard deviation of BT.601 luma (population), in levels: noise, where the part is flat. */
  readonly deviation: number;
}

/** Null where the picture has no pixels. */
export function areaStatistics({ width, height, data }: Rgba8): AreaStatistics | null {
  const pixels = width * height;
  if (pixels === 0) return null;
  const sums = { red: 0, green: 0, blue: 0, L: 0, a: 0, b: 0, luma: 0, squares: 0 };
  for (let i = 0; i < pixels * 4; i += 4) {
    const [red, green, blue] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    const { L, a, b } = labFromRgb(red, green, blue);
    const luma = lumaThousandths(red, green, blue) / 1000;
    sums.red += red;
    sums.green += green;
    sums.blue += blue;
    sums.L += L;
    sums.a += a;
    sums.b += b;
    sums.luma += luma;
    sums.squares += luma * luma;
  }
  const mean = (sum: number) => sum / pixels;
  return {
    rgb: [mean(sums.red), mean(sums.green), mean(sums.blue)],
    lab: { L: mean(sums.L), a: mean(sums.a), b: mean(sums.b) },
    deviation: Math.sqrt(Math.max(0, mean(sums.squares) - mean(sums.luma) ** 2)),
  };
}
