import { areaThumbnail } from '../core/image/thumbnail.ts';
import type { Rgba8 } from '../core/image/types.ts';

const SIDE = 48;
/**
 * Measured on 14 pairs of weak-flash inputs and ground truths: 0.79 to 0.98 within a pair, at most
 * 0.37 between different scenes.
 */
const THRESHOLD = 0.6;

/** Where the edges of a picture are, to be compared with another one's. */
export type Scene = Float64Array;

/** Brightness as the eye sees it, on a small grid; a dark and a bright exposure come close together. */
function lightness(picture: Rgba8): Float64Array {
  const planes = areaThumbnail(picture, SIDE, SIDE);
  const count = SIDE * SIDE;
  return Float64Array.from({ length: count }, (_, i) =>
    Math.log(0.01 + (planes[i] ?? 0) + (planes[count + i] ?? 0) + (planes[2 * count + i] ?? 0)),
  );
}

/** Horizontal and vertical differences: edges stay where they are, whatever the light does. */
function edges(values: Float64Array): Float64Array {
  const result = new Float64Array(2 * SIDE * SIDE);
  for (let y = 0; y < SIDE - 1; y += 1) {
    for (let x = 0; x < SIDE - 1; x += 1) {
      const i = y * SIDE + x;
      const here = values[i] ?? 0;
      result[2 * i] = (values[i + 1] ?? 0) - here;
      result[2 * i + 1] = (values[i + SIDE] ?? 0) - here;
    }
  }
  return result;
}

/** How well the edges of two pictures coincide, -1..1: the cosine between them; 0 where one has none. */
export function edgeAgreement(a: Scene, b: Scene): number {
  let product = 0;
  let normA = 0;
  let normB = 0;
  for (let i = 0; i < a.length; i += 1) {
    const left = a[i] ?? 0;
    const right = b[i] ?? 0;
    product += left * right;
    normA += left * left;
    normB += right * right;
  }
  return normA === 0 || normB === 0 ? 0 : product / Math.sqrt(normA * normB);
}

/** What of a picture stays the same in any light. */
export function sceneOf(picture: Rgba8): Scene {
  return edges(lightness(picture));
}

/** Whether two pictures of one size show the same scene from the same place, in any light. */
export function sameScene(a: Scene, b: Scene): boolean {
  return edgeAgreement(a, b) >= THRESHOLD;
}
