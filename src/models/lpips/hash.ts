import { concatBytes } from '../../core/bytes.ts';
import { sha256Hex } from '../sha256.ts';
import type { Weights } from './graph.ts';
import type { WeightShapes } from './weights.ts';

/**
 * Names the weights themselves, whatever file format carried them and whatever else was in the file:
 * the SHA-256 over every tensor of `shapes`, in that order, as the line `NAME SIDE×SIDE×…` in UTF-8,
 * a line feed, and its values as little-endian float32 in row-major order.
 */
export function weightsSha256(weights: Weights, shapes: WeightShapes): Promise<string> {
  const parts = Array.from(shapes.keys(), (name) => {
    const tensor = weights.get(name);
    if (!tensor) throw new Error(`no tensor ${name} to hash`);
    const { buffer, byteOffset, byteLength } = tensor.values;
    const header = new TextEncoder().encode(`${name} ${tensor.shape.join('×')}\n`);
    return [header, new Uint8Array(buffer, byteOffset, byteLength)];
  });
  return sha256Hex(concatBytes(parts.flat()));
}
